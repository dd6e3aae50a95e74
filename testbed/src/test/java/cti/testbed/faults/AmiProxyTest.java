package cti.testbed.faults;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class AmiProxyTest {
  private static final int SOON_MILLIS = 300;

  private ServerSocket gateway;
  private AmiProxy proxy;

  @BeforeEach
  void open() throws IOException {
    gateway = new ServerSocket(0, 4, InetAddress.getLoopbackAddress());
    proxy = AmiProxy.to("127.0.0.1", gateway.getLocalPort());
  }

  @AfterEach
  void close() throws IOException {
    proxy.close();
    gateway.close();
  }

  private Socket connect() throws IOException {
    return new Socket("127.0.0.1", proxy.port());
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static void expect(Socket socket, String text) throws IOException {
    assertArrayEquals(
        text.getBytes(StandardCharsets.US_ASCII),
        socket.getInputStream().readNBytes(text.length()));
  }

  @Test
  void bothDirectionsPass() throws IOException {
    try (Socket server = connect();
        Socket asterisk = gateway.accept()) {
      send(asterisk, "banner");
      expect(server, "banner");
      send(server, "action");
      expect(asterisk, "action");
    }
  }

  @Test
  void aCutIsSeenByBothEndsAndByWhoConnectsAnew() throws IOException {
    try (Socket server = connect();
        Socket asterisk = gateway.accept()) {
      send(asterisk, "banner");
      expect(server, "banner");
      proxy.cut();
      assertEquals(-1, asterisk.getInputStream().read());
      assertEquals(-1, server.getInputStream().read());
      try (Socket again = connect()) {
        assertEquals(-1, again.getInputStream().read());
      }
      proxy.mend();
      try (Socket again = connect();
          Socket back = gateway.accept()) {
        send(back, "banner");
        expect(again, "banner");
      }
    }
  }

  @Test
  void whatIsSentIntoASilentLineComesWhenItIsMended() throws IOException {
    try (Socket server = connect();
        Socket asterisk = gateway.accept()) {
      send(asterisk, "banner");
      expect(server, "banner");
      proxy.silence();
      send(asterisk, "event");
      server.setSoTimeout(SOON_MILLIS);
      assertThrows(SocketTimeoutException.class, () -> server.getInputStream().read());
      proxy.mend();
      server.setSoTimeout(0);
      expect(server, "event");
    }
  }
}
