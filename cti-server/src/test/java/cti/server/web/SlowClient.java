package cti.server.web;

import cti.server.web.WebFixture.User;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** A client of the stream on a bare socket, which reads only when it is told to. */
final class SlowClient {
  private SlowClient() {}

  static RawClient open(int port, User user, int receiveBuffer) throws IOException {
    RawClient client = new RawClient(port, receiveBuffer);
    client.write(
        "GET /api/v1/stream HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            + "Authorization: Bearer "
            + user.token()
            + "\r\n\r\n");
    client.readUntil("\r\n\r\n");
    return client;
  }

  /** A text frame of at most 125 bytes, masked with zeroes (RFC 6455, 5.2). */
  static void send(RawClient client, String text) throws IOException {
    byte[] payload = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer frame = ByteBuffer.allocate(payload.length + 6);
    frame.put((byte) 0x81).put((byte) (0x80 | payload.length)).putInt(0).put(payload);
    client.write(frame.array());
  }

  /** Every frame until the end: text as it is, "ping", "close 4408". */
  static List<String> frames(RawClient client) throws IOException {
    return frames(client, frame -> false);
  }

  /** Every frame up to one that fits, or the end. */
  static List<String> frames(RawClient client, Predicate<String> last) throws IOException {
    List<String> frames = new ArrayList<>();
    DataInputStream in = new DataInputStream(client.socket.getInputStream());
    try {
      while (frames.isEmpty() || !last.test(frames.getLast())) {
        int opcode = in.readUnsignedByte() & 0x0f;
        int length = in.readUnsignedByte();
        if (length == 126) {
          length = in.readUnsignedShort();
        } else if (length == 127) {
          length = Math.toIntExact(in.readLong());
        }
        byte[] payload = in.readNBytes(length);
        switch (opcode) {
          case 1 -> frames.add(new String(payload, StandardCharsets.UTF_8));
          case 8 -> frames.add("close " + (ByteBuffer.wrap(payload).getShort() & 0xffff));
          default -> frames.add("ping");
        }
      }
      return frames;
    } catch (EOFException | SocketException e) {
      return frames;
    }
  }
}
