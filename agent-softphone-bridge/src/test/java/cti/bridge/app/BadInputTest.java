package cti.bridge.app;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.bridge.LogLines;
import cti.bridge.config.ConfigFaultsException;
import cti.bridge.config.ConfigReader;
import cti.bridge.pairing.Pairing;
import cti.bridge.pairing.PairingFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a whole bridge says where something beside it is not as it should be: one line a fault, word
 * for word, without a stack trace; tried again where that makes sense, never in a busy loop. A
 * wrong certificate, whose words are partly the JDK's, is in ServerHttpTest; what a screen-pop
 * comes to in ScreenPopTest.
 */
class BadInputTest {
  /** The least wait between two tries is a quarter of a second (BackOff). */
  private static final long LEAST_WAIT_MILLIS = 250;

  @TempDir Path home;
  private List<String> warnings;
  private LogLines lines;

  @BeforeEach
  void begin() {
    lines = LogLines.read();
    warnings = lines.warnings();
  }

  @AfterEach
  void end() {
    lines.close();
  }

  /** Answers every connection with the same words and ends it; without words it only listens. */
  private static final class Answering implements AutoCloseable {
    private final ServerSocket socket;
    private final AtomicInteger connections = new AtomicInteger();

    Answering(String words) throws IOException {
      socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
      Thread.ofPlatform()
          .daemon()
          .start(
              () -> {
                while (!socket.isClosed()) {
                  try (Socket open = socket.accept()) {
                    connections.incrementAndGet();
                    if (!words.isEmpty()) {
                      open.getOutputStream().write(words.getBytes(StandardCharsets.US_ASCII));
                      open.shutdownOutput();
                    }
                    open.getInputStream().readAllBytes();
                  } catch (IOException gone) {
                    // The next one is answered.
                  }
                }
              });
    }

    int port() {
      return socket.getLocalPort();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  /** A port at which nobody is. */
  private static int nobody() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private Bridge bridge(String settings) throws Exception {
    Files.writeString(home.resolve("bridge.yaml"), settings + "local: {port: 0}\n");
    return new Bridge(ConfigReader.read(home), home);
  }

  private void pair(int port) throws IOException {
    URI server = URI.create("http://127.0.0.1:" + port);
    new PairingFile(home).write(new Pairing(server, "1", "1001", "t"));
  }

  /** It is tried three times at least, waiting in between, and nothing more is said. */
  private void isTriedAgain(Answering other) {
    long begin = System.nanoTime();
    int before = other.connections.get();
    await().atMost(Duration.ofSeconds(20)).until(() -> other.connections.get() >= before + 2);
    long took = (System.nanoTime() - begin) / 1_000_000;
    int tries = other.connections.get() - before;
    assertTrue((tries - 1) * LEAST_WAIT_MILLIS <= took, tries + " tries within " + took + " ms");
  }

  @Test
  void aServerThatIsDown() throws Exception {
    int port = nobody();
    pair(port);
    try (Bridge _ = bridge("")) {
      await().until(() -> !warnings.isEmpty());
      await().during(Duration.ofSeconds(2)).until(() -> warnings.size() == 1);
    }
    assertEquals(
        List.of(
            "server: away: http://127.0.0.1:" + port + " cannot be reached: nobody answers there"),
        warnings);
  }

  @Test
  void aServerThatAnswersSomethingElse() throws Exception {
    try (Answering other = new Answering("HTTP/1.1 502 No\r\nContent-Length: 0\r\n\r\n")) {
      pair(other.port());
      try (Bridge _ = bridge("")) {
        await().until(() -> !warnings.isEmpty());
        isTriedAgain(other);
      }
      assertEquals(
          List.of(
              "server: away: http://127.0.0.1:"
                  + other.port()
                  + " answered 502 instead of a stream"),
          warnings);
    }
  }

  @Test
  void aTokenThatWasRevoked() throws Exception {
    try (Answering other = new Answering("HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n")) {
      pair(other.port());
      try (Bridge _ = bridge("")) {
        await().until(() -> !warnings.isEmpty());
        int asked = other.connections.get();
        await().during(Duration.ofSeconds(2)).until(() -> other.connections.get() == asked);
      }
      assertEquals(
          List.of(
              "server: revoked: the pairing with http://127.0.0.1:"
                  + other.port()
                  + " was revoked; expected the command pair with a new code"),
          warnings);
    }
  }

  @Test
  void aComputerThatIsNotPaired() throws Exception {
    try (Bridge _ = bridge("")) {
      await().until(() -> !warnings.isEmpty());
      await().during(Duration.ofSeconds(2)).until(() -> warnings.size() == 1);
    }
    assertEquals(
        List.of(
            "server: not-paired: this computer is not paired; expected the command pair before"),
        warnings);
  }

  @Test
  void aSoftphoneThatDoesNotRun() throws Exception {
    int port = nobody();
    try (Bridge _ = bridge("phone: {kind: baresip, address: '127.0.0.1:" + port + "'}\n")) {
      await().until(() -> !ofThePhone().isEmpty());
      await().during(Duration.ofSeconds(2)).until(() -> ofThePhone().size() == 1);
    }
    assertEquals(
        List.of(
            "phone: the softphone does not answer at 127.0.0.1:"
                + port
                + ": Connection refused; it is tried again"),
        ofThePhone());
  }

  @Test
  void aSoftphoneThatIsSomethingElse() throws Exception {
    try (Answering other = new Answering("SSH-2.0-OpenSSH_9.2\r\n");
        Bridge _ = bridge("phone: {kind: baresip, address: '127.0.0.1:" + other.port() + "'}\n")) {
      await().until(() -> !ofThePhone().isEmpty());
      isTriedAgain(other);
      assertEquals(
          List.of(
              "phone: what answers at 127.0.0.1:"
                  + other.port()
                  + " is no baresip: byte 'S' after 0 digits, expected a length and ':'; it is"
                  + " tried again"),
          ofThePhone());
    }
  }

  @Test
  void aSoftphoneThatAnswersGarbage() throws Exception {
    try (Answering other = new Answering("5:hello,");
        Bridge _ = bridge("phone: {kind: baresip, address: '127.0.0.1:" + other.port() + "'}\n")) {
      await().until(() -> !ofThePhone().isEmpty());
      isTriedAgain(other);
      assertEquals(1, ofThePhone().size(), ofThePhone().toString());
      String said = ofThePhone().getFirst();
      // Between them are Jackson's own words.
      String begin =
          "phone: what answers at 127.0.0.1:"
              + other.port()
              + " is no baresip: a message that is no JSON (Unrecognized token 'hello'";
      String end = "), expected one of ctrl_tcp; it is tried again";
      assertTrue(said.startsWith(begin) && said.endsWith(end), said);
      assertEquals(1, said.lines().count(), said);
    }
  }

  @Test
  void aSoftphoneThatHangs() throws Exception {
    try (Answering other = new Answering("");
        Bridge _ = bridge("phone: {kind: baresip, address: '127.0.0.1:" + other.port() + "'}\n")) {
      await().atMost(Duration.ofSeconds(15)).until(() -> !ofThePhone().isEmpty());
      await().until(() -> other.connections.get() >= 2);
      assertEquals(
          List.of(
              "phone: the softphone at 127.0.0.1:"
                  + other.port()
                  + " has not answered to reginfo within 3 s; it is tried again"),
          ofThePhone());
    }
  }

  @Test
  void aTemplateWithAWrongField() {
    assertEquals(
        "bridge.yaml: pop.url: it has the field {nummer}, expected one of [call, number,"
            + " callingName, caller, staff, callers, desk, deskName, queue, agent, extension, keys,"
            + " waitedSeconds]",
        assertThrows(
                ConfigFaultsException.class,
                () -> bridge("pop: {url: 'https://crm.example/{nummer}'}\n"))
            .getMessage());
  }

  /** Beside what the missing pairing says. */
  private List<String> ofThePhone() {
    return warnings.stream().filter(line -> line.startsWith("phone: ")).toList();
  }
}
