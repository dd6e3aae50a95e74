package cti.bench.directory;

import cti.bench.house.People;
import cti.core.directory.StaffMember;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Callers who ask the hotline's flow by FastAGI and hang up as soon as it has looked them up: each
 * always has one request under way, on a connection of its own. Each is a thread that waits in the
 * system call itself, for what the callers take of the processors is missing to the server.
 */
final class AgiCallers {
  private static final AtomicLong CALLS = new AtomicLong();
  private static final byte[] REPLY = bytes("200 result=1\n");
  private static final long LONGEST_WAIT_SECONDS = 60;

  private final InetSocketAddress address;
  private final List<StaffMember> people;
  private final int atOnce;

  AgiCallers(int port, List<StaffMember> people, int atOnce) {
    this.atOnce = atOnce;
    this.address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    this.people = people;
  }

  /**
   * Callers without a pause between their calls.
   *
   * @return microseconds from the request to the command that follows the lookup
   * @throws IOException where a call failed, or calls did not end
   */
  Histogram run(double seconds) throws IOException, InterruptedException {
    return run(seconds, Duration.ZERO);
  }

  /**
   * The same where all of them call together, again and again.
   *
   * @param every from one moment at which all call to the next; none where nobody waits for others
   */
  Histogram run(double seconds, Duration every) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    long end = begin + (long) (seconds * 1e9);
    ConcurrentHistogram micros = new ConcurrentHistogram(60_000_000L, 3);
    CountDownLatch left = new CountDownLatch(atOnce);
    AtomicReference<IOException> failed = new AtomicReference<>();
    for (int i = 0; i < atOnce; i++) {
      Random random = new Random(i);
      Thread.ofPlatform()
          .daemon()
          .name("caller-", i)
          .start(
              () -> {
                ByteBuffer heard = ByteBuffer.allocateDirect(4_096);
                try {
                  while (System.nanoTime() < end) {
                    awaitNext(begin, every);
                    micros.recordValue(call(People.presented(people, random), heard) / 1_000);
                  }
                } catch (IOException e) {
                  failed.set(e);
                } finally {
                  left.countDown();
                }
              });
    }
    if (!left.await((long) seconds + LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
      throw new IOException("calls were not answered within " + LONGEST_WAIT_SECONDS + " s");
    }
    if (failed.get() != null) {
      throw new IOException("a call failed: " + failed.get().getMessage(), failed.get());
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

  /** Nanoseconds that one took. */
  private long call(String number, ByteBuffer heard) throws IOException {
    ByteBuffer request = ByteBuffer.wrap(bytes(request(number)));
    try (SocketChannel socket = SocketChannel.open(address)) {
      socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
      long began = System.nanoTime();
      write(socket, request);
      // What comes first takes back what an earlier request said; what follows knows the caller.
      expect("SET VARIABLE", socket, heard);
      write(socket, ByteBuffer.wrap(REPLY));
      expect("ANSWER", socket, heard);
      return System.nanoTime() - began;
    }
  }

  private static String request(String number) {
    String id = "9" + (1_000_000_000L + CALLS.incrementAndGet()) + ".1";
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

  private static void write(SocketChannel socket, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      socket.write(bytes);
    }
  }

  /** Reads one line; the server sends no second one before it has an answer. */
  private static void expect(String command, SocketChannel socket, ByteBuffer heard)
      throws IOException {
    heard.clear();
    do {
      if (socket.read(heard) < 0) {
        throw new EOFException("the server closed the connection, expected " + command);
      }
    } while (heard.get(heard.position() - 1) != '\n');
    for (int i = 0; i < command.length(); i++) {
      if (i >= heard.position() || heard.get(i) != command.charAt(i)) {
        throw new IOException(
            "the server sent '"
                + StandardCharsets.UTF_8.decode(heard.flip()).toString().strip()
                + "', expected "
                + command);
      }
    }
  }
}
