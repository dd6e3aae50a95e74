package cti.server.web;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.server.fuzz.Fuzz;
import cti.server.fuzz.LoggedErrors;
import cti.server.web.WebFixture.User;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Frames with damage, in their JSON and in their bytes, over real sockets: a stream answers or is
 * closed with a documented code, nothing is logged as an error, other clients notice nothing.
 */
class StreamFuzzTest {
  /** Of the protocol's own (docs/api/stream.md) and of RFC 6455, 7.4.1. */
  private static final Set<Integer> DOCUMENTED =
      Set.of(1000, 1001, 1002, 1003, 1007, 1009, 1013, 4400, 4401, 4403, 4408, 4410);

  private static final List<String> FRAMES =
      List.of(
          "{\"op\":\"subscribe\",\"topics\":[\"calls\",\"agents\",\"pops\",\"gateway\"]}",
          "{\"op\":\"subscribe\",\"topics\":[\"calls\"],\"resume\":{\"epoch\":\"x\",\"seq\":1}}",
          "{\"op\":\"ping\"}",
          "{\"op\":\"command\",\"id\":\"1\",\"command\":\"ready\"}",
          "{\"op\":\"command\",\"id\":\"2\",\"command\":\"log-on\",\"extension\":\"8001\","
              + "\"desks\":[\"hq-erp\"]}",
          "{\"op\":\"command\",\"id\":\"3\",\"command\":\"not-ready\",\"reason\":\"meal\"}",
          "{\"op\":\"command\",\"id\":\"4\",\"command\":\"log-off\",\"reason\":\"\"}");

  private final WebFixture web = new WebFixture();
  private final Fuzz fuzz =
      new Fuzz(
          500,
          "{",
          "}",
          "[",
          "]",
          "\"",
          ",",
          ":",
          "null",
          "true",
          "-1",
          "1e999999999",
          "\"\\ud800\"",
          "\\u0000",
          "[".repeat(2_000),
          "\"op\":\"subscribe\",",
          "\"id\":\"" + "9".repeat(300) + "\",",
          "\"extension\":\"" + "8".repeat(30) + "\",",
          "员工0001");

  @AfterEach
  void stop() {
    web.close();
  }

  @Test
  void whateverAClientSaysTheOthersAreServed() {
    User user = web.signIn("agent1");
    TestStream other = web.stream(web.signIn("supervisor"));
    other.begin();
    try (LoggedErrors errors = new LoggedErrors()) {
      fuzz.run(
          random -> {
            byte[] sent = said(random);
            for (String frame : talk(user, sent)) {
              if (frame.startsWith("close ")) {
                int code = Integer.parseInt(frame.substring("close ".length()));
                assertTrue(DOCUMENTED.contains(code), () -> frame + " after " + Fuzz.shown(sent));
              }
            }
            assertEquals(List.of(), errors.all(), () -> "after " + Fuzz.shown(sent));
          });
    }
    other.untilPong();
    await().until(() -> web.server.openStreams() == 1);
  }

  /** Some frames, damaged inside their JSON or as bytes of the wire; then a close. */
  private byte[] said(Random random) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      byte[] text = FRAMES.get(random.nextInt(FRAMES.size())).getBytes(StandardCharsets.UTF_8);
      boolean inside = random.nextInt(3) > 0;
      byte[] frame = frame(1, inside ? fuzz.damaged(text, random) : text);
      all.writeBytes(inside ? frame : fuzz.damaged(frame, random));
    }
    all.writeBytes(frame(8, new byte[] {3, (byte) 0xe8}));
    return all.toByteArray();
  }

  /** A masked frame (RFC 6455, 5.2); the mask is zero. */
  private static byte[] frame(int opcode, byte[] payload) {
    ByteBuffer frame = ByteBuffer.allocate(payload.length + 14);
    frame.put((byte) (0x80 | opcode));
    if (payload.length < 126) {
      frame.put((byte) (0x80 | payload.length));
    } else {
      frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
    }
    frame.putInt(0).put(payload).flip();
    byte[] bytes = new byte[frame.remaining()];
    frame.get(bytes);
    return bytes;
  }

  private List<String> talk(User user, byte[] sent) throws IOException {
    try (RawClient client = SlowClient.open(web.port, user, 0)) {
      try {
        client.write(sent);
        client.socket.shutdownOutput();
      } catch (SocketException e) {
        // The server had heard enough; what it said is read all the same.
      }
      return SlowClient.frames(client);
    }
  }
}
