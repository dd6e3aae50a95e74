package cti.bridge.phone.baresip;

import cti.bridge.BackOff;
import cti.bridge.phone.baresip.BaresipMessage.Response;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * The connection to baresip's ctrl_tcp: found again whenever it went away, one command at a time
 * (baresip 1.0 reads no second one before it has answered the first).
 */
final class BaresipLink implements AutoCloseable {
  private static final Logger log = System.getLogger(BaresipLink.class.getName());
  private static final Duration TO_CONNECT = Duration.ofSeconds(3);
  private static final Duration TO_ANSWER = Duration.ofSeconds(3);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  private final InetSocketAddress address;
  private final Listener listener;
  private final AtomicLong tokens = new AtomicLong();
  private final Map<String, CompletableFuture<Response>> pending = new ConcurrentHashMap<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Object sending = new Object();
  private volatile Socket socket;
  private volatile Optional<String> givenUp = Optional.empty();
  private boolean heard;
  private Thread thread;

  /** Told on the thread that reads: must neither block nor give commands. */
  interface Listener {
    void connected();

    void event(BaresipMessage.Event event, long nanos);

    /** It is not there, with one clear message; told once a fault. */
    void away(String why);
  }

  BaresipLink(InetSocketAddress address, Listener listener) {
    this.address = address;
    this.listener = listener;
  }

  void start() {
    // A thread of the system: a virtual one is woken by way of two others, while a phone rings.
    thread = Thread.ofPlatform().name("baresip").daemon().start(this::follow);
  }

  private void follow() {
    BackOff backOff = new BackOff(LONGEST_WAIT, RandomGenerator.getDefault());
    String before = "";
    while (closing.getCount() > 0) {
      Optional<String> why = Optional.empty();
      boolean connected = false;
      try (Socket open = new Socket()) {
        open.setTcpNoDelay(true);
        open.connect(address, Math.toIntExact(TO_CONNECT.toMillis()));
        connected = true;
        heard = false;
        givenUp = Optional.empty();
        socket = open;
        listener.connected();
        read(new BufferedInputStream(open.getInputStream()), backOff);
      } catch (Netstrings.GarbageException e) {
        why = Optional.of("what answers at " + shown() + " is no baresip: " + e.getMessage());
      } catch (RuntimeException e) {
        log.log(Level.DEBUG, "phone: not understood", e);
        why = Optional.of("what " + shown() + " sends is not understood: " + e);
      } catch (IOException e) {
        // A connection that broke is made again first: ctrl_tcp has room for one, and the phone
        // goes
        // on without it.
        why =
            connected
                ? givenUp
                : Optional.of(
                    "the softphone does not answer at " + shown() + ": " + e.getMessage());
      }
      if (connected && why.isEmpty() && !heard) {
        why = Optional.of("what answers at " + shown() + " says nothing and ends the connection");
      }
      socket = null;
      pending.values().forEach(one -> one.cancel(false));
      pending.clear();
      if (closing.getCount() > 0 && why.isPresent() && !why.get().equals(before)) {
        log.log(Level.WARNING, "phone: {0}; it is tried again", why.get());
        listener.away(why.get());
      }
      before = why.orElse("");
      if (pause(backOff.next())) {
        return;
      }
    }
  }

  private String shown() {
    return address.getHostString() + ":" + address.getPort();
  }

  private boolean pause(Duration wait) {
    try {
      return closing.await(wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private void read(InputStream in, BackOff backOff) throws IOException {
    for (String text = Netstrings.read(in); text != null; text = Netstrings.read(in)) {
      long nanos = System.nanoTime();
      heard = true;
      switch (BaresipMessage.read(text)) {
        case Response response -> {
          CompletableFuture<Response> asked = pending.remove(response.token());
          if (asked != null) {
            // Only what answers is baresip: a port that takes connections is not yet.
            backOff.succeeded();
            asked.complete(response);
          }
        }
        case BaresipMessage.Event event -> listener.event(event, nanos);
      }
    }
  }

  /**
   * Gives a command and waits for its answer.
   *
   * @throws NoAnswerException where it has not answered within 3 s
   * @throws IOException where baresip is away
   */
  Response ask(String command, Optional<String> params) throws IOException {
    synchronized (sending) {
      Socket open = socket;
      if (open == null) {
        throw new IOException("the softphone does not answer at " + shown());
      }
      String token = Long.toString(tokens.incrementAndGet());
      CompletableFuture<Response> answer = new CompletableFuture<>();
      pending.put(token, answer);
      try {
        OutputStream out = open.getOutputStream();
        out.write(Netstrings.frame(BaresipMessage.command(command, params, token)));
        out.flush();
        return answer.get(TO_ANSWER.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        throw new NoAnswerException(
            "the softphone at "
                + shown()
                + " has not answered to "
                + command
                + " within "
                + TO_ANSWER.toSeconds()
                + " s",
            e);
      } catch (ExecutionException | java.util.concurrent.CancellationException e) {
        throw new IOException("the softphone went away before it answered to " + command, e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      } finally {
        pending.remove(token);
      }
    }
  }

  /** It takes connections and says nothing: it counts as away, and is tried anew. */
  void giveUp(String why) {
    givenUp = Optional.of(why);
    cut();
  }

  private void cut() {
    Socket open = socket;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        log.log(Level.DEBUG, "phone: closing failed: {0}", e.getMessage());
      }
    }
  }

  /** It is there, and has not answered in time. */
  static final class NoAnswerException extends IOException {
    private static final long serialVersionUID = 1L;

    NoAnswerException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  @Override
  public void close() {
    closing.countDown();
    cut();
    if (thread != null) {
      thread.interrupt();
    }
  }
}
