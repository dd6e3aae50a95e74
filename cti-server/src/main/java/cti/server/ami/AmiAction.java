package cti.server.ami;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An action to be sent: its name and headers in order, without ActionID, which the link gives.
 * Immutable; each {@code with} returns a new action.
 *
 * <p>Control characters are refused in names and values: a CR or LF would let a caller's name
 * smuggle in headers or whole actions. So are lines and counts that Asterisk would cut or drop
 * (main/manager.c: {@code inbuf[1025]}; include/asterisk/manager.h: {@code AST_MAX_MANHEADERS}).
 */
public final class AmiAction {
  /** Asterisk's line buffer of 1,024 bytes holds the line and its CRLF: 1,023 were refused. */
  static final int MOST_LINE_BYTES = 1022;

  /** AST_MAX_MANHEADERS is 128, and Action and ActionID count: 129 lines were refused. */
  static final int MOST_HEADERS = 126;

  private final String name;
  private final List<AmiHeader> headers;
  private final Optional<Duration> timeLimit;

  private AmiAction(String name, List<AmiHeader> headers, Optional<Duration> timeLimit) {
    this.name = name;
    this.headers = headers;
    this.timeLimit = timeLimit;
  }

  /**
   * @param name such as {@code QueueStatus}
   * @throws IllegalArgumentException where the name is empty or has a control character
   */
  public static AmiAction of(String name) {
    checkHeader("Action", name);
    if (name.isBlank()) {
      throw new IllegalArgumentException("the action has no name: expected one such as Ping");
    }
    return new AmiAction(name, List.of(), Optional.empty());
  }

  /**
   * Adds a header; a repeated name adds another one.
   *
   * @throws IllegalArgumentException where name or value has a control character, where the name is
   *     empty, has a colon or is the link's own (Action, ActionID), or where Asterisk would cut it
   */
  public AmiAction with(String header, String value) {
    if (header.equalsIgnoreCase("Action") || header.equalsIgnoreCase("ActionID")) {
      throw new IllegalArgumentException("header " + header + " of " + name + " is the link's own");
    }
    checkHeader(header, value);
    if (headers.size() == MOST_HEADERS) {
      throw new IllegalArgumentException(
          "action " + name + " has more than " + MOST_HEADERS + " headers: Asterisk refuses it");
    }
    List<AmiHeader> more = new ArrayList<>(headers);
    more.add(new AmiHeader(header, value));
    return new AmiAction(name, List.copyOf(more), timeLimit);
  }

  /** Adds a header where there is a value. */
  public AmiAction with(String header, Optional<String> value) {
    return value.map(text -> with(header, text)).orElse(this);
  }

  public AmiAction with(String header, long value) {
    return with(header, Long.toString(value));
  }

  public AmiAction with(String header, OptionalLong value) {
    return value.isPresent() ? with(header, value.getAsLong()) : this;
  }

  /** Adds a header with Asterisk's words for yes and no, {@code true} and {@code false}. */
  public AmiAction with(String header, boolean value) {
    return with(header, Boolean.toString(value));
  }

  /** Adds a channel variable, for Originate. */
  public AmiAction withVariable(String variable, String value) {
    checkHeader(variable, value);
    if (variable.indexOf('=') >= 0) {
      throw new IllegalArgumentException(
          "name of channel variable '" + variable + "' has '=': expected a name");
    }
    return with("Variable", variable + "=" + value);
  }

  /** Sets how long to wait for the answer instead of the link's default, 1 ms to 1 h. */
  public AmiAction within(Duration limit) {
    Checks.between("time limit of " + name, limit, Duration.ofMillis(1), Duration.ofHours(1));
    return new AmiAction(name, headers, Optional.of(limit));
  }

  public String name() {
    return name;
  }

  public List<AmiHeader> headers() {
    return headers;
  }

  public Optional<Duration> timeLimit() {
    return timeLimit;
  }

  private static void checkHeader(String header, String value) {
    int at = controlIn(header);
    if (header.isEmpty() || at >= 0 || header.indexOf(':') >= 0) {
      throw new IllegalArgumentException(
          "header name '"
              + visible(header)
              + "' is not allowed: expected a text without colon or control characters");
    }
    if (value == null) {
      throw new IllegalArgumentException("header " + header + " has no value");
    }
    at = controlIn(value);
    if (at >= 0) {
      String shown = visible(new AmiHeader(header, value).shown());
      throw new IllegalArgumentException(
          "value '%s' of header %s has the control character 0x%02X at position %d: expected one line"
              .formatted(shown, header, (int) value.charAt(at), at));
    }
    int bytes = (header + ": " + value).getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MOST_LINE_BYTES) {
      throw new IllegalArgumentException(
          "header %s has %d bytes: Asterisk reads lines of at most %d"
              .formatted(header, bytes, MOST_LINE_BYTES));
    }
  }

  /**
   * CR and LF end the header, NUL ends Asterisk's string; no other control belongs there either.
   */
  private static int controlIn(String text) {
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (character < ' ' && character != '\t' || character == 0x7F) {
        return i;
      }
    }
    return -1;
  }

  private static String visible(String text) {
    return text.replace("\r", "\\r").replace("\n", "\\n").replaceAll("\\p{Cntrl}", "?");
  }

  /** Name and headers on one line, secrets hidden. */
  @Override
  public String toString() {
    return name + headers;
  }
}
