package cti.bridge.phone.baresip;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Netstrings, {@code 3:abc,}, as baresip's module ctrl_tcp frames its JSON
 * (modules/ctrl_tcp/tcp_netstring.c).
 */
final class Netstrings {
  /** More than any message of baresip; whoever sends more is not baresip. */
  static final int LONGEST = 1 << 20;

  private static final int MOST_DIGITS = 7;

  private Netstrings() {}

  static byte[] frame(String text) {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    byte[] head = (body.length + ":").getBytes(StandardCharsets.US_ASCII);
    byte[] whole = new byte[head.length + body.length + 1];
    System.arraycopy(head, 0, whole, 0, head.length);
    System.arraycopy(body, 0, whole, head.length, body.length);
    whole[whole.length - 1] = ',';
    return whole;
  }

  /**
   * Reads the next one.
   *
   * @return null where the stream ends before one begins
   * @throws IOException where it ends in the middle, or where this is no netstring: with what came
   *     and what was expected
   */
  static String read(InputStream in) throws IOException {
    int length = 0;
    for (int digits = 0; ; digits++) {
      int next = in.read();
      if (next < 0 && digits == 0) {
        return null;
      }
      if (next == ':' && digits > 0) {
        break;
      }
      if (next < '0' || next > '9' || digits >= MOST_DIGITS) {
        throw new GarbageException(
            "byte " + shown(next) + " after " + digits + " digits, expected a length and ':'");
      }
      length = length * 10 + next - '0';
    }
    if (length > LONGEST) {
      throw new GarbageException("a message of " + length + " bytes, expected at most " + LONGEST);
    }
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new IOException("the connection ended in the middle of a message");
    }
    int end = in.read();
    if (end != ',') {
      throw new GarbageException("byte " + shown(end) + " behind a message, expected ','");
    }
    return new String(body, StandardCharsets.UTF_8);
  }

  private static String shown(int next) {
    return next < 0
        ? "(end)"
        : next > 32 && next < 127 ? "'" + (char) next + "'" : "0x%02x".formatted(next);
  }

  /** What came is not what baresip sends. */
  static final class GarbageException extends IOException {
    private static final long serialVersionUID = 1L;

    GarbageException(String message) {
      super(message);
    }
  }
}
