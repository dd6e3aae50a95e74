package cti.bridge.server;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLServerSocket;
import tools.jackson.databind.JsonNode;

/** A cti-server as far as the stream goes (RFC 6455), one connection at a time. */
final class FakeServer implements AutoCloseable {
  private final ServerSocket server;
  final List<String> authorizations = new CopyOnWriteArrayList<>();
  private final BlockingQueue<JsonNode> frames = new LinkedBlockingQueue<>();
  private volatile Socket socket;

  /** What the next connections are answered with; 101 lets them in. */
  volatile int status = 101;

  /** Whether what the client sends on this connection is lost on the way. */
  volatile boolean deaf;

  final AtomicInteger pings = new AtomicInteger();

  FakeServer() throws IOException {
    this(new ServerSocket(0, 5, InetAddress.getLoopbackAddress()));
  }

  /** On a socket that is bound to the loopback; by TLS where that speaks it. */
  FakeServer(ServerSocket bound) {
    server = bound;
    Thread.ofPlatform().daemon().start(this::serve);
  }

  URI address() {
    String scheme = server instanceof SSLServerSocket ? "https" : "http";
    return URI.create(scheme + "://127.0.0.1:" + server.getLocalPort());
  }

  private void serve() {
    while (!server.isClosed()) {
      try {
        Socket open = server.accept();
        converse(open);
      } catch (IOException | GeneralSecurityException gone) {
        // The next connection is served; the test ends the last one.
      }
    }
  }

  private void converse(Socket open) throws IOException, GeneralSecurityException {
    DataInputStream in = new DataInputStream(open.getInputStream());
    String key = "";
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      String[] header = line.split(": ", 2);
      if (header[0].equalsIgnoreCase("Sec-WebSocket-Key")) {
        key = header[1];
      } else if (header[0].equalsIgnoreCase("Authorization")) {
        authorizations.add(header[1]);
      }
    }
    if (status != 101) {
      write(open, "HTTP/1.1 " + status + " No\r\nContent-Length: 0\r\n\r\n");
      open.close();
      return;
    }
    byte[] accepted =
        MessageDigest.getInstance("SHA-1")
            .digest(
                (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII));
    write(
        open,
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Accept: "
            + Base64.getEncoder().encodeToString(accepted)
            + "\r\n\r\n");
    socket = open;
    deaf = false;
    while (true) {
      int first = in.readUnsignedByte();
      int length = in.readUnsignedByte() & 0x7f;
      if (length == 126) {
        length = in.readUnsignedShort();
      }
      byte[] mask = in.readNBytes(4);
      byte[] text = in.readNBytes(length);
      for (int i = 0; i < text.length; i++) {
        text[i] ^= mask[i % 4];
      }
      if (deaf) {
        continue;
      }
      if ((first & 0x0f) == 9) {
        pings.incrementAndGet();
        frame(10, text);
      }
      if ((first & 0x0f) == 1) {
        frames.add(ServerHttp.JSON.readTree(text));
      }
    }
  }

  private static String line(DataInputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.readUnsignedByte(); next != '\n'; next = in.readUnsignedByte()) {
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  private static void write(Socket open, String text) throws IOException {
    open.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** The next frame of the client. */
  JsonNode next() throws InterruptedException {
    JsonNode frame = frames.poll(20, TimeUnit.SECONDS);
    if (frame == null) {
      throw new AssertionError("no frame came");
    }
    return frame;
  }

  /** Nothing came since. */
  boolean isQuiet() {
    return frames.isEmpty();
  }

  void send(String json) throws IOException {
    byte[] text = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    frame(1, text);
  }

  void close(int code) throws IOException {
    frame(8, new byte[] {(byte) (code >> 8), (byte) code});
  }

  private void frame(int kind, byte[] content) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(0x80 | kind);
    if (content.length < 126) {
      out.write(content.length);
    } else {
      out.write(126);
      out.write(content.length >> 8);
      out.write(content.length);
    }
    out.write(content);
    out.flush();
  }

  /** As when a network goes. */
  void cut() throws IOException {
    socket.close();
  }

  @Override
  public void close() throws IOException {
    server.close();
    if (socket != null) {
      socket.close();
    }
  }
}
