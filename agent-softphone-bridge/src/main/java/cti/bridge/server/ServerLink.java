package cti.bridge.server;

import cti.bridge.BackOff;
import cti.bridge.pairing.Pairing;
import cti.bridge.pairing.PairingFile;
import cti.bridge.phone.Outcome;
import cti.bridge.server.ServerStatus.State;
import cti.bridge.server.StreamSession.Sign;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The one WebSocket to cti-server: resumed by sequence number after whatever broke it, with a wait
 * that grows. A token that was revoked is not tried again before the pairing changes. Frames are
 * handled one at a time, on the thread that they come on; the link's own thread connects, and hears
 * when nothing comes any more.
 */
public final class ServerLink implements AutoCloseable {
  private static final Logger log = System.getLogger(ServerLink.class.getName());
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
  private static final Duration TO_CONNECT = Duration.ofSeconds(10);

  /** The server pings every 15 s: after three misses nobody is there (a sleep, another network). */
  private static final Duration SILENT = Duration.ofSeconds(45);

  /**
   * How often it looks whether the computer slept: then the connection is dead, and waiting counts
   * no time that was slept through (CLOCK_MONOTONIC on Linux).
   */
  private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

  private static final Duration SLEPT = Duration.ofSeconds(20);

  private static final Duration TO_REPLY = Duration.ofSeconds(10);
  private static final int REVOKED = 4401;

  private final PairingFile pairings;
  private final ServerHttp http;
  private final ServerListener listener;
  private final InstantSource clock;
  private final Networks networks;
  private final AtomicLong ids = new AtomicLong();
  private final Map<String, CompletableFuture<Outcome>> asked = new ConcurrentHashMap<>();
  private volatile ServerStatus status = new ServerStatus(State.CONNECTING, "");
  private volatile Optional<Pairing> pairing = Optional.empty();
  private volatile AgentPicture picture;
  private volatile WebSocket socket;
  private volatile boolean closing;
  private final Object turn = new Object();

  /** Of whose frames there is a picture; guarded by {@code turn}. */
  private StreamSession current;

  private BackOff backOff;
  private Thread thread;

  public ServerLink(PairingFile pairings, ServerHttp http, ServerListener listener) {
    this(pairings, http, listener, InstantSource.system(), Networks::ofThisComputer);
  }

  ServerLink(
      PairingFile pairings,
      ServerHttp http,
      ServerListener listener,
      InstantSource clock,
      Networks networks) {
    this.pairings = pairings;
    this.http = http;
    this.listener = listener;
    this.clock = clock;
    this.networks = networks;
  }

  public void start() {
    thread = Thread.ofPlatform().name("server").daemon().start(this::follow);
  }

  public ServerStatus status() {
    return status;
  }

  /** Whom it acts for; empty where it is not paired. */
  public Optional<Pairing> pairing() {
    return pairing;
  }

  /** The agent's calls, as the server's call views. */
  public List<JsonNode> calls() {
    AgentPicture now = picture;
    return now == null ? List.of() : now.calls();
  }

  private void follow() {
    backOff = new BackOff(LONGEST_WAIT, RandomGenerator.getDefault());
    while (!closing) {
      try {
        Optional<Pairing> known = readPairing();
        if (known.isPresent()) {
          tryToStay(known.get());
        }
        TimeUnit.MILLISECONDS.sleep(backOff.next().toMillis());
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** Whatever comes, the next try begins anew. */
  private void tryToStay(Pairing with) throws InterruptedException {
    try {
      stay(with);
    } catch (RuntimeException e) {
      notUnderstood(e);
    }
  }

  private void notUnderstood(RuntimeException why) {
    URI server = pairing.orElseThrow().server();
    if (why instanceof JacksonException e) {
      say(State.AWAY, server + " sent what is no JSON: " + e.getOriginalMessage());
    } else {
      log.log(Level.DEBUG, "server: a frame was not understood", why);
      say(State.AWAY, "a frame of " + server + " was not understood: " + why);
    }
  }

  /** Empty where there is nothing to try: not paired, or revoked and not paired anew since. */
  private Optional<Pairing> readPairing() {
    Optional<Pairing> known;
    try {
      known = pairings.read();
    } catch (IOException e) {
      say(State.NOT_PAIRED, e.getMessage());
      return Optional.empty();
    }
    if (known.isEmpty()) {
      say(State.NOT_PAIRED, "this computer is not paired; expected the command pair before");
      pairing = known;
      return known;
    }
    if (known.equals(pairing)) {
      return status.state() == State.REVOKED ? Optional.empty() : known;
    }
    pairing = known;
    picture = new AgentPicture(known.get().agent(), listener);
    return known;
  }

  private void stay(Pairing with) throws InterruptedException {
    if (status.state() != State.AWAY) {
      say(State.CONNECTING, with.server().toString());
    }
    StreamSession session = new StreamSession(this::heard);
    synchronized (turn) {
      current = session;
    }
    try {
      WebSocket open =
          http.client()
              .newWebSocketBuilder()
              .connectTimeout(TO_CONNECT)
              .header("Authorization", "Bearer " + with.token())
              .buildAsync(stream(with.server()), session)
              .join();
      socket = open;
      open.sendText(ServerHttp.JSON.writeValueAsString(picture.subscription()), true).join();
      listen(open, session);
    } catch (CompletionException e) {
      refused(with, e.getCause() == null ? e : e.getCause());
    } finally {
      leave();
      WebSocket open = socket;
      socket = null;
      if (open != null) {
        open.abort();
      }
      asked.values().forEach(one -> one.complete(away()));
      asked.clear();
    }
  }

  /** From here on no frame of what came before counts. */
  private void leave() {
    synchronized (turn) {
      current = null;
    }
  }

  private void heard(StreamSession from, String text, long nanos) {
    synchronized (turn) {
      if (from == current) {
        take(text, nanos);
      }
    }
  }

  private static URI stream(URI server) {
    return URI.create(server.toString().replaceFirst("^http", "ws") + "/api/v1/stream");
  }

  private void refused(Pairing with, Throwable why) {
    if (why instanceof WebSocketHandshakeException answered) {
      int code = answered.getResponse().statusCode();
      if (code == 401) {
        revoked(with);
      } else {
        say(State.AWAY, with.server() + " answered " + code + " instead of a stream");
      }
    } else {
      say(State.AWAY, ServerHttp.why(with.server(), why));
    }
  }

  private void revoked(Pairing with) {
    say(
        State.REVOKED,
        "the pairing with "
            + with.server()
            + " was revoked; expected the command pair with a new code");
  }

  private void listen(WebSocket open, StreamSession session) throws InterruptedException {
    long heardAt = System.nanoTime();
    NetworkWatch network = new NetworkWatch(open);
    while (!closing) {
      Instant before = clock.instant();
      Sign sign = session.signs().poll(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
      Optional<String> gone = Optional.empty();
      if (sign == null) {
        gone = gone(before, heardAt).or(network::look);
      } else {
        network.heard();
      }
      if (gone.isPresent()) {
        leave();
        say(State.AWAY, gone.get());
        return;
      }
      if (sign != null) {
        heardAt = System.nanoTime();
      }
      switch (sign) {
        case null -> {
          // Quiet, and for no longer than it may be.
        }
        case Sign.Pinged() -> open.request(1);
        case Sign.Taken() -> open.request(1);
        case Sign.NotTaken(RuntimeException why) -> {
          leave();
          notUnderstood(why);
          return;
        }
        case Sign.Closed(int code, String reason) -> {
          if (code == REVOKED) {
            // Whether it was, the next try is told.
            say(State.CONNECTING, "the server ended the stream: " + code + " " + reason);
          } else {
            say(State.AWAY, "the server ended the stream: " + code + " " + reason);
          }
          return;
        }
        case Sign.Broken(Throwable why) -> {
          say(State.AWAY, ServerHttp.why(pairing.orElseThrow().server(), why));
          return;
        }
      }
    }
  }

  /** On another network the server is asked whether it still hears us. */
  private final class NetworkWatch {
    private final WebSocket open;
    private Set<InetAddress> known = networks.get();
    private boolean asked;

    NetworkWatch(WebSocket open) {
      this.open = open;
    }

    /** Nothing came for a while; why nobody is there any more, or nothing. */
    Optional<String> look() {
      if (asked) {
        return Optional.of("this computer is on another network, and the server does not answer");
      }
      Set<InetAddress> now = networks.get();
      if (!now.equals(known)) {
        known = now;
        asked = true;
        // Where it cannot be sent the connection has broken, which the session hears.
        open.sendPing(ByteBuffer.allocate(0));
      }
      return Optional.empty();
    }

    void heard() {
      asked = false;
    }
  }

  /** Why nobody is there any more, where nothing came since {@code before}. */
  private Optional<String> gone(Instant before, long heardAt) {
    if (Duration.between(before, clock.instant()).compareTo(LOOK_EVERY.plus(SLEPT)) > 0) {
      return Optional.of("the computer slept, or its clock was set");
    }
    return System.nanoTime() - heardAt > SILENT.toNanos()
        ? Optional.of("nothing came from the server for " + SILENT.toSeconds() + " s")
        : Optional.empty();
  }

  private void take(String text, long nanos) {
    JsonNode frame = ServerHttp.JSON.readTree(text);
    switch (frame.path("type").asString("")) {
      case "reply" -> reply(frame);
      case "error" ->
          log.log(Level.ERROR, "server: {0}: {1}", frame.path("title"), frame.path("detail"));
      default -> {
        picture.take(frame, nanos);
        if (frame.path("type").asString("").equals("live")) {
          backOff.succeeded();
          say(
              State.LIVE,
              frame.path("resumed").asBoolean(false)
                  ? "resumed, " + frame.path("replayed").asInt(0) + " frames came meanwhile"
                  : "");
        }
      }
    }
  }

  private void reply(JsonNode frame) {
    CompletableFuture<Outcome> waiting = asked.remove(frame.path("id").asString(""));
    if (waiting == null) {
      return;
    }
    waiting.complete(
        frame.path("ok").asBoolean(false)
            ? new Outcome.Done()
            : new Outcome.Refused(
                frame.at("/refusal/id").asString("refused"),
                frame.at("/refusal/message").asString("the server refused it")));
  }

  /**
   * Gives a command of the agent; never fails.
   *
   * @param fields the command's own, beside op and id
   */
  public CompletableFuture<Outcome> command(Map<String, String> fields) {
    WebSocket open = socket;
    if (open == null || status.state() != State.LIVE) {
      return CompletableFuture.completedFuture(away());
    }
    String id = Long.toString(ids.incrementAndGet());
    var frame = ServerHttp.JSON.createObjectNode();
    frame.put("op", "command");
    frame.put("id", id);
    fields.forEach(frame::put);
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    asked.put(id, outcome);
    synchronized (asked) {
      // One message at a time: the socket takes the next when it has sent the one before.
      try {
        open.sendText(ServerHttp.JSON.writeValueAsString(frame), true).join();
      } catch (CompletionException | IllegalStateException e) {
        asked.remove(id);
        return CompletableFuture.completedFuture(away());
      }
    }
    return outcome
        .completeOnTimeout(
            new Outcome.Refused(
                "no-answer",
                "no reply within " + TO_REPLY.toSeconds() + " s; it may still take effect"),
            TO_REPLY.toMillis(),
            TimeUnit.MILLISECONDS)
        .whenComplete((came, failure) -> asked.remove(id));
  }

  private Outcome away() {
    return new Outcome.Refused(
        "server-away", "the server is " + status.state().word() + ": " + status.detail());
  }

  /** One line a change. */
  private void say(State state, String detail) {
    ServerStatus next = new ServerStatus(state, detail);
    if (next.equals(status)) {
      return;
    }
    status = next;
    log.log(
        state == State.AWAY || state == State.REVOKED || state == State.NOT_PAIRED
            ? Level.WARNING
            : Level.INFO,
        "server: {0}{1}",
        state.word(),
        detail.isEmpty() ? "" : ": " + detail);
    listener.changed();
  }

  @Override
  public void close() {
    closing = true;
    WebSocket open = socket;
    if (open != null) {
      open.abort();
    }
    if (thread != null) {
      thread.interrupt();
    }
  }
}
