package cti.bench.directory;

import cti.bench.house.People;
import cti.core.directory.StaffMember;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Callers who ask the hotline's flow by FastAGI and hang up as soon as it has looked them up: each
 * always has one request under way.
 */
final class AgiCallers {
  private static final AtomicLong CALLS = new AtomicLong();

  private final int port;
  private final List<StaffMember> people;

  AgiCallers(int port, List<StaffMember> people) {
    this.port = port;
    this.people = people;
  }

  /**
   * @return microseconds from the request to the command that follows the lookup
   */
  Histogram run(int atOnce, double seconds) throws InterruptedException {
    ConcurrentHistogram micros = new ConcurrentHistogram(60_000_000L, 3);
    long end = System.nanoTime() + (long) (seconds * 1e9);
    CountDownLatch left = new CountDownLatch(atOnce);
    for (int i = 0; i < atOnce; i++) {
      Random random = new Random(i);
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  while (System.nanoTime() < end) {
                    micros.recordValue(call(People.presented(people, random)) / 1_000);
                  }
                } catch (IOException e) {
                  System.err.println("bench: a call failed: " + e);
                } finally {
                  left.countDown();
                }
              });
    }
    left.await();
    return micros;
  }

  /** Nanoseconds that one took. */
  private long call(String number) throws IOException {
    String id = "9%09d.%d".formatted(CALLS.incrementAndGet(), 1);
    String request =
        """
        agi_network: yes
        agi_network_script: hotline
        agi_request: agi://127.0.0.1/hotline
        agi_channel: PJSIP/ipoffice-%s
        agi_language: en
        agi_type: PJSIP
        agi_uniqueid: %s
        agi_version: 22.10.0
        agi_callerid: %s
        agi_calleridname: %s
        agi_callingpres: 0
        agi_callingani2: 0
        agi_callington: 0
        agi_callingtns: 0
        agi_dnid: 8000
        agi_rdnis: unknown
        agi_context: cti-hotline
        agi_extension: 8000
        agi_priority: 19
        agi_enhanced: 0.0
        agi_accountcode:\s
        agi_threadid: 1
        agi_arg_1: 8000
        agi_arg_2:\s
        agi_arg_3:\s

        """
            .formatted(id, id, number, number);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(30_000);
      OutputStream out = socket.getOutputStream();
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      long began = System.nanoTime();
      out.write(request.getBytes(StandardCharsets.UTF_8));
      // What comes first takes back what an earlier request said; what follows knows the caller.
      expect(in.readLine());
      out.write("200 result=1\n".getBytes(StandardCharsets.UTF_8));
      expect(in.readLine());
      return System.nanoTime() - began;
    }
  }

  private static void expect(String command) throws IOException {
    if (command == null) {
      throw new IOException("the server closed the connection, expected a command");
    }
  }
}
