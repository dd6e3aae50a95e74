package cti.server.ami;

import java.time.Duration;

/** Checks of settings: the message has the name, the offending value and what was expected. */
final class Checks {
  private Checks() {}

  static void between(String name, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          name + " is " + value + ": expected " + least + ".." + most);
    }
  }

  static void between(String name, Duration value, Duration least, Duration most) {
    if (value == null || value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          name + " is " + value + ": expected " + least + " to " + most);
    }
  }

  /** A text that will stand on a line of the protocol. */
  static void line(String name, String value) {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(name + " is empty: expected a text");
    }
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) < ' ') {
        throw new IllegalArgumentException(
            name + " has a control character at position " + i + ": expected one line of text");
      }
    }
  }
}
