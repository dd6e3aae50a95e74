package cti.server.agi;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import cti.server.fuzz.Fuzz;
import cti.server.fuzz.LoggedErrors;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Requests and answers of the gateway with damage, over real sockets: whatever comes, the
 * connection ends within its limits, nothing is logged as an error, and the next caller is served.
 */
class AgiFuzzTest extends FlowServerFixture {
  private static final String REQUEST =
      """
      agi_network: yes
      agi_network_script: hotline
      agi_request: agi://127.0.0.1:4573/hotline
      agi_channel: DAHDI/1-1
      agi_language: en
      agi_type: DAHDI
      agi_uniqueid: 1763750000.42
      agi_version: 22.10.0
      agi_callerid: 13800000001
      agi_calleridname: unknown
      agi_callingpres: 0
      agi_dnid: 8000
      agi_rdnis: unknown
      agi_context: cti-hotline
      agi_extension: 8000
      agi_priority: 14
      agi_enhanced: 0.0
      agi_accountcode:
      agi_threadid: 139874
      agi_arg_1: 8000
      agi_arg_2:
      agi_arg_3:

      """;
  private static final String ANSWERS =
      "200 result=1\n".repeat(6)
          + "200 result=0\n"
          + "200 result=0 endpos=12345\n".repeat(4)
          + "200 result=51 endpos=99\n"
          + "200 result=1\n".repeat(12);
  private static final int READ_LIMIT_MILLIS = 250;

  private final Fuzz fuzz =
      new Fuzz(
          400,
          "\n\n",
          "\n",
          ":",
          " ",
          "HANGUP\n",
          "200 result=-1\n",
          "200 result=99999999999\n",
          "200 result=\n",
          "200\n",
          "510 Invalid or unknown command\n",
          "511 Command Not Permitted on a dead channel\n",
          "520-Invalid command syntax.  Proper usage follows:\n",
          "520 End of proper usage.\n",
          "100 Trying...\n",
          "agi_arg_1: \n",
          "agi_arg_9999999999: x\n",
          "agi_request: agi://[::\n",
          "agi_request: agi://127.0.0.1/%zz?a=b\n",
          "agi_network_script: ../../etc/passwd\n",
          "agi_uniqueid: " + "9".repeat(300) + "\n",
          "agi_callerid: \0\n",
          "员工0001",
          "y".repeat(9_000));

  @Test
  void whateverAGatewaySaysTheNextCallerIsServed() throws IOException {
    start(100, READ_LIMIT_MILLIS);
    try (LoggedErrors errors = new LoggedErrors()) {
      fuzz.run(
          random -> {
            byte[] said =
                random.nextBoolean()
                    ? both(fuzz.damaged(bytes(REQUEST), random), bytes(ANSWERS))
                    : both(bytes(REQUEST), fuzz.damaged(bytes(ANSWERS), random));
            talk(said, random);
            assertEquals(List.of(), unexpected(errors), () -> "after " + Fuzz.shown(said));
          });
      await().until(() -> server.counters().sessions() == 0);
      assertEquals("cti-sg", newCall(STRANGER, "3").variable("CTI_QUEUE"));
      assertEquals(List.of(), unexpected(errors));
    }
  }

  /** What the gateway itself says it cannot do is worth an error: a caller heard nothing. */
  private static List<String> unexpected(LoggedErrors errors) {
    return errors.all().stream()
        .filter(error -> !error.contains("The gateway could not do "))
        .filter(error -> !error.contains("The gateway refused a command"))
        .toList();
  }

  /** Says all of it, in pieces, and hears the server out; sometimes hangs up in the middle. */
  private void talk(byte[] said, Random random) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(10_000);
      socket.setTcpNoDelay(true);
      int most = 1 + random.nextInt(1_000);
      int until = random.nextInt(4) == 0 ? random.nextInt(said.length) : said.length;
      for (int at = 0; at < until; ) {
        int length = Math.min(1 + random.nextInt(most), until - at);
        socket.getOutputStream().write(said, at, length);
        at += length;
      }
      if (until == said.length && random.nextInt(3) == 0) {
        hearOut(socket.getInputStream());
      }
    } catch (SocketException e) {
      // The server ended a connection on which we went on talking: its right.
    }
  }

  private static void hearOut(InputStream in) throws IOException {
    byte[] buffer = new byte[4_096];
    while (in.read(buffer) >= 0) {
      continue;
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] both(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
