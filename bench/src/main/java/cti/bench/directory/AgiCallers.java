package cti.bench.directory;

import cti.bench.house.People;
import cti.core.directory.StaffMember;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/**
 * Callers who ask the hotline's flow by FastAGI and hang up as soon as it has looked them up: each
 * always has one request under way, on a connection of its own. One thread serves them all, for
 * what the callers take of the processors is missing to the server.
 */
final class AgiCallers {
  private static final String[] COMMANDS = {"SET VARIABLE", "ANSWER"};
  private static final byte[] REPLY = bytes("200 result=1\n");
  private static final long LONGEST_WAIT_MILLIS = 60_000;

  private final InetSocketAddress address;
  private final List<StaffMember> people;
  private final int atOnce;
  private final ByteBuffer heard = ByteBuffer.allocateDirect(4_096);
  private long calls;

  AgiCallers(int port, List<StaffMember> people, int atOnce) {
    this.atOnce = atOnce;
    this.address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    this.people = people;
  }

  /**
   * Callers without a pause between their calls.
   *
   * @return microseconds from the request to the command that follows the lookup
   * @throws IOException where a call failed, or nothing was answered for a minute
   */
  Histogram run(double seconds) throws IOException {
    return run(seconds, Duration.ZERO);
  }

  /**
   * The same where all of them call together, again and again.
   *
   * @param every from one moment at which all call to the next; none where nobody waits for others
   */
  Histogram run(double seconds, Duration every) throws IOException {
    Histogram micros = new Histogram(60_000_000L, 3);
    List<Caller> callers = IntStream.range(0, atOnce).mapToObj(Caller::new).toList();
    long begin = System.nanoTime();
    long end = begin + (long) (seconds * 1e9);
    try (Selector selector = Selector.open()) {
      do {
        awaitNext(begin, every);
        for (Caller caller : callers) {
          caller.call(selector);
        }
        hear(selector, micros, every.isZero() ? end : begin);
      } while (System.nanoTime() < end);
    } finally {
      for (Caller caller : callers) {
        caller.hangUp();
      }
    }
    return micros;
  }

  private static void awaitNext(long begin, Duration every) {
    if (!every.isZero()) {
      long next = begin + ((System.nanoTime() - begin) / every.toNanos() + 1) * every.toNanos();
      for (long left = next - System.nanoTime(); left > 0; left = next - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
    }
  }

  /**
   * Until nobody waits any more.
   *
   * @param again before this moment whoever was answered calls anew
   */
  private void hear(Selector selector, Histogram micros, long again) throws IOException {
    int waiting = atOnce;
    while (waiting > 0) {
      if (selector.select(LONGEST_WAIT_MILLIS) == 0) {
        throw new IOException(waiting + " calls were not answered within a minute");
      }
      for (SelectionKey key : selector.selectedKeys()) {
        Caller caller = (Caller) key.attachment();
        if (caller.hear()) {
          micros.recordValue((System.nanoTime() - caller.began) / 1_000);
          caller.hangUp();
          if (System.nanoTime() - again < 0) {
            caller.call(selector);
          } else {
            waiting--;
          }
        }
      }
      selector.selectedKeys().clear();
    }
  }

  /** One of them. */
  private final class Caller {
    private final Random random;
    private SocketChannel socket;
    private long began;
    private int answered;

    Caller(int number) {
      random = new Random(number);
    }

    void call(Selector selector) throws IOException {
      ByteBuffer request =
          ByteBuffer.wrap(bytes(request(People.presented(people, random), ++calls)));
      answered = 0;
      socket = SocketChannel.open(address);
      socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
      socket.configureBlocking(false);
      socket.register(selector, SelectionKey.OP_READ, this);
      began = System.nanoTime();
      write(request);
    }

    /**
     * Reads one command; the server sends no second one before it has an answer. What comes first
     * takes back what an earlier request said; what follows knows the caller.
     *
     * @return whether it was the last one
     */
    boolean hear() throws IOException {
      heard.clear();
      if (socket.read(heard) < 0) {
        throw new EOFException("the server hung up, expected " + COMMANDS[answered]);
      }
      String command = StandardCharsets.UTF_8.decode(heard.flip()).toString();
      if (!command.startsWith(COMMANDS[answered]) || !command.endsWith("\n")) {
        throw new IOException(
            "the server sent '" + command.strip() + "', expected " + COMMANDS[answered]);
      }
      if (++answered == COMMANDS.length) {
        return true;
      }
      write(ByteBuffer.wrap(REPLY));
      return false;
    }

    /** Loopback takes these few bytes at once. */
    private void write(ByteBuffer bytes) throws IOException {
      while (bytes.hasRemaining()) {
        socket.write(bytes);
      }
    }

    void hangUp() throws IOException {
      if (socket != null) {
        socket.close();
      }
    }
  }

  private static String request(String number, long call) {
    String id = "9" + (1_000_000_000L + call) + ".1";
    return "agi_network: yes\n"
        + "agi_network_script: hotline\n"
        + "agi_request: agi://127.0.0.1/hotline\n"
        + ("agi_channel: PJSIP/ipoffice-" + id + "\n")
        + "agi_language: en\n"
        + "agi_type: PJSIP\n"
        + ("agi_uniqueid: " + id + "\n")
        + "agi_version: 22.10.0\n"
        + ("agi_callerid: " + number + "\n")
        + ("agi_calleridname: " + number + "\n")
        + "agi_callingpres: 0\n"
        + "agi_callingani2: 0\n"
        + "agi_callington: 0\n"
        + "agi_callingtns: 0\n"
        + "agi_dnid: 8000\n"
        + "agi_rdnis: unknown\n"
        + "agi_context: cti-hotline\n"
        + "agi_extension: 8000\n"
        + "agi_priority: 19\n"
        + "agi_enhanced: 0.0\n"
        + "agi_accountcode: \n"
        + "agi_threadid: 1\n"
        + "agi_arg_1: 8000\n"
        + "agi_arg_2: \n"
        + "agi_arg_3: \n"
        + "\n";
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
