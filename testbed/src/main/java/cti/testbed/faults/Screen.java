package cti.testbed.faults;

import cti.testbed.client.Unexpected;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A WebSocket client by hand (RFC 6455), so that hundreds of them cost little beside the server
 * that they watch. It looks at the beginnings of frames only.
 */
final class Screen {
  private static final int TEXT = 1;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;
  private static final int LOOKED_AT = 160;
  private static final Pattern SEQUENCE = Pattern.compile("\"seq\":(\\d+)");
  private static final int SMALL_BUFFER = 4_096;
  private static final String HEADERS_END = "\r\n\r\n";

  private final SocketChannel channel;
  private ByteBuffer in = ByteBuffer.allocate(64 * 1024);
  private boolean upgraded;
  private OptionalLong liveFrom = OptionalLong.empty();
  private final Set<Long> callsEnded = new HashSet<>();
  private Optional<String> end = Optional.empty();

  private Screen(SocketChannel channel) {
    this.channel = channel;
  }

  /** Connects, asks for the upgrade and, in the same breath, for every call and agent. */
  static Screen open(int port, String token, boolean smallBuffers) throws IOException {
    SocketChannel channel = SocketChannel.open();
    if (smallBuffers) {
      // What a client that has stopped reading has still room for.
      channel.setOption(StandardSocketOptions.SO_RCVBUF, SMALL_BUFFER);
    }
    channel.connect(new InetSocketAddress("127.0.0.1", port));
    Screen screen = new Screen(channel);
    screen.write(
        ByteBuffer.wrap(
            ("GET /api/v1/stream HTTP/1.1\r\nHost: 127.0.0.1:"
                    + port
                    + "\r\n"
                    + "Upgrade: websocket\r\n"
                    + "Connection: Upgrade\r\n"
                    + "Sec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                    + "Authorization: Bearer "
                    + token
                    + HEADERS_END)
                .getBytes(StandardCharsets.US_ASCII)));
    return screen;
  }

  SocketChannel channel() {
    return channel;
  }

  /** The record from which on its frames are news; empty until then. */
  synchronized OptionalLong liveFrom() {
    return liveFrom;
  }

  /** The records of the ends of calls that it was told of. */
  synchronized Set<Long> callsEnded() {
    return Set.copyOf(callsEnded);
  }

  /** Why it is over, where it is. */
  synchronized Optional<String> end() {
    return end;
  }

  /** Takes what has come. */
  synchronized void read() {
    try {
      if (channel.read(in) < 0) {
        ended("the server closed the socket");
        return;
      }
      in.flip();
      while (end.isEmpty() && next()) {
        // Each turn takes one whole message.
      }
      in.compact();
      if (!in.hasRemaining()) {
        in = ByteBuffer.allocate(in.capacity() * 2).put(in.flip());
      }
    } catch (IOException broken) {
      ended(broken.toString());
    }
  }

  private boolean next() throws IOException {
    return upgraded ? frame() : upgrade();
  }

  private boolean upgrade() throws IOException {
    String text = StandardCharsets.US_ASCII.decode(in.duplicate()).toString();
    int headers = text.indexOf(HEADERS_END);
    if (headers < 0) {
      return false;
    }
    if (!text.startsWith("HTTP/1.1 101")) {
      ended("no upgrade but: " + text.lines().findFirst().orElse(""));
      return false;
    }
    in.position(in.position() + headers + HEADERS_END.length());
    upgraded = true;
    send(TEXT, "{\"op\":\"subscribe\",\"topics\":[\"calls\",\"agents\",\"gateway\"]}");
    return true;
  }

  private boolean frame() throws IOException {
    ByteBuffer look = in.duplicate();
    if (look.remaining() < 2) {
      return false;
    }
    int opcode = look.get() & 0x0F;
    long length = look.get() & 0x7F;
    int more = length == 126 ? 2 : length == 127 ? 8 : 0;
    if (look.remaining() < more) {
      return false;
    }
    length = more == 2 ? look.getShort() & 0xFFFF : more == 8 ? look.getLong() : length;
    if (look.remaining() < length) {
      return false;
    }
    byte[] begin = new byte[(int) Math.min(LOOKED_AT, length)];
    int payload = look.position();
    look.get(begin);
    in.position(payload + (int) length);
    take(opcode, begin);
    return true;
  }

  private void take(int opcode, byte[] begin) throws IOException {
    String text = new String(begin, StandardCharsets.UTF_8);
    switch (opcode) {
      case PING -> send(PONG, text);
      case CLOSE ->
          ended(
              "closed with %d"
                  .formatted(begin.length >= 2 ? (begin[0] & 0xFF) << 8 | begin[1] & 0xFF : 1005));
      default -> {
        if (text.startsWith("{\"type\":\"live\"")) {
          liveFrom = OptionalLong.of(sequence(text));
        } else if (text.startsWith("{\"type\":\"call\"") && text.contains("\"CallCleared\"")) {
          callsEnded.add(sequence(text));
        }
      }
    }
  }

  private static long sequence(String frame) {
    Matcher sequence = SEQUENCE.matcher(frame);
    if (!sequence.find()) {
      throw Unexpected.instead("a frame with a seq at its beginning", frame);
    }
    return Long.parseLong(sequence.group(1));
  }

  /** A frame of a client is masked; a mask of zeros leaves the payload as it is. */
  private void send(int opcode, String text) throws IOException {
    byte[] payload = text.getBytes(StandardCharsets.UTF_8);
    if (payload.length > 125) {
      throw new IllegalArgumentException(
          "a frame of %d bytes; expected at most 125".formatted(payload.length));
    }
    ByteBuffer out = ByteBuffer.allocate(payload.length + 6);
    out.put((byte) (0x80 | opcode)).put((byte) (0x80 | payload.length)).putInt(0).put(payload);
    write(out.flip());
  }

  private void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private void ended(String why) {
    if (end.isEmpty()) {
      end = Optional.of(why);
    }
    close();
  }

  void close() {
    try {
      channel.close();
    } catch (IOException alreadyBroken) {
      // It is closed all the same.
    }
  }
}
