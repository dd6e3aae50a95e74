package cti.server.ami;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One event or response of the gateway: its bytes and the places where lines start. A header
 * becomes a text when it is asked for, once. Messages may be read from any thread.
 *
 * <p>A value is what follows the colon and one space, unchanged: {@code Output:} lines keep their
 * columns. Names are compared without regard to ASCII case.
 */
public final class AmiMessage {
  /** What the first line says it is. OriginateResponse is an event that has a Response header. */
  public enum Type {
    EVENT,
    RESPONSE,
    /** Neither an Event nor a Response header: not what the protocol knows. */
    UNKNOWN
  }

  private final byte[] bytes;

  /** Start of each line, then the end of the last one, its line end included. */
  private final int[] lines;

  private final long receivedNanos;
  private final Type type;
  private String[] values;

  AmiMessage(byte[] bytes, int[] lines, long receivedNanos) {
    this.bytes = bytes;
    this.lines = lines;
    this.receivedNanos = receivedNanos;
    this.type = typeOf();
  }

  /**
   * Reads one message from text, for tests and recorded transcripts: lines ended by LF or CRLF,
   * with or without the closing empty line.
   *
   * @throws IllegalArgumentException where the text has no line, or an empty line inside
   */
  public static AmiMessage parse(String text, long receivedNanos) {
    String body = text.replace("\r\n", "\n").strip() + "\n";
    if (body.length() == 1 || body.contains("\n\n")) {
      throw new IllegalArgumentException("not one AMI message: '" + text + "'");
    }
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    List<Integer> starts = new ArrayList<>();
    starts.add(0);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        starts.add(i + 1);
      }
    }
    return new AmiMessage(
        bytes, starts.stream().mapToInt(Integer::intValue).toArray(), receivedNanos);
  }

  public Type type() {
    return type;
  }

  public boolean isEvent() {
    return type == Type.EVENT;
  }

  public boolean isResponse() {
    return type == Type.RESPONSE;
  }

  /** Name of the event such as {@code Newchannel}; null where this is none. */
  public String eventName() {
    return isEvent() ? get("Event") : null;
  }

  /** The gateway's echo of an action's identification; null where there is none. */
  public String actionId() {
    return get("ActionID");
  }

  /** First value of that name; empty text for a header without value; null where it is absent. */
  public String get(String name) {
    int line = find(name, 0);
    return line < 0 ? null : value(line, name.length());
  }

  /** All values of that name in order: Variable, ChanVariable and Output repeat. */
  public List<String> getAll(String name) {
    int line = find(name, 0);
    if (line < 0) {
      return List.of();
    }
    List<String> found = new ArrayList<>();
    for (; line >= 0; line = find(name, line + 1)) {
      found.add(value(line, name.length()));
    }
    return List.copyOf(found);
  }

  /** True where the header is there, whatever its value. */
  public boolean has(String name) {
    return find(name, 0) >= 0;
  }

  /**
   * When the gateway made the event, by its own clock: the header that {@code timestampevents =
   * yes} adds, in seconds and microseconds. Null where it is absent or no number.
   */
  public Instant timestamp() {
    String text = get("Timestamp");
    return text == null ? null : EpochSeconds.parse(text);
  }

  /** The monotonic clock at the read that completed the message, in nanoseconds. */
  public long receivedNanos() {
    return receivedNanos;
  }

  /** All headers in order, for views and records. Lines without a colon are left out. */
  public List<AmiHeader> headers() {
    List<AmiHeader> headers = new ArrayList<>(lines.length - 1);
    for (int line = 0; line < lines.length - 1; line++) {
      int colon = colonOf(line);
      if (colon >= 0) {
        String name = text(lines[line], colon);
        headers.add(new AmiHeader(name, value(line, name.length())));
      }
    }
    return List.copyOf(headers);
  }

  /** Length on the wire in bytes, without the closing empty line. */
  public int length() {
    return bytes.length;
  }

  /** All headers on one line, secrets hidden. */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder(bytes.length + 16).append('[');
    // VarSet has the name of the variable and its value in two headers.
    String variable = get("Variable");
    boolean secretVariable = variable != null && AmiHeader.isSecretName(variable);
    for (AmiHeader header : headers()) {
      if (out.length() > 1) {
        out.append(" | ");
      }
      if (secretVariable && header.name().equalsIgnoreCase("Value")) {
        out.append(header.name()).append(": [REDACTED]");
      } else {
        out.append(header);
      }
    }
    return out.append(']').toString();
  }

  private Type typeOf() {
    if (isNamed(0, "Event")) {
      return Type.EVENT;
    }
    if (isNamed(0, "Response")) {
      return Type.RESPONSE;
    }
    if (find("Event", 1) >= 0) {
      return Type.EVENT;
    }
    return find("Response", 1) >= 0 ? Type.RESPONSE : Type.UNKNOWN;
  }

  private int find(String name, int from) {
    for (int line = from; line < lines.length - 1; line++) {
      if (isNamed(line, name)) {
        return line;
      }
    }
    return -1;
  }

  /** The colon is looked at first: it rules out nearly every line without comparing names. */
  private boolean isNamed(int line, String name) {
    int start = lines[line];
    int colon = start + name.length();
    if (colon >= lines[line + 1] || bytes[colon] != ':') {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      int have = bytes[start + i];
      int want = name.charAt(i);
      if (have != want && !sameLetter(have, want)) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameLetter(int have, int want) {
    int lower = have | 0x20;
    return lower == (want | 0x20) && lower >= 'a' && lower <= 'z';
  }

  private String value(int line, int nameLength) {
    if (values == null) {
      values = new String[lines.length - 1];
    }
    String known = values[line];
    if (known != null) {
      return known;
    }
    int start = lines[line] + nameLength + 1;
    int end = endOf(line);
    if (start < end && bytes[start] == ' ') {
      start++;
    }
    String value = text(start, end);
    values[line] = value;
    return value;
  }

  private int colonOf(int line) {
    for (int i = lines[line]; i < lines[line + 1]; i++) {
      if (bytes[i] == ':') {
        return i;
      }
    }
    return -1;
  }

  private int endOf(int line) {
    int end = lines[line + 1] - 1;
    return end > lines[line] && bytes[end - 1] == '\r' ? end - 1 : end;
  }

  private String text(int start, int end) {
    return start == end ? "" : new String(bytes, start, end - start, StandardCharsets.UTF_8);
  }
}
