package cti.server.ami;

import java.time.Instant;

/** Seconds since 1970 with a fraction, as Asterisk prints them: {@code 1763700000.123456}. */
final class EpochSeconds {
  private static final int NANO_DIGITS = 9;
  private static final int MOST_SECOND_DIGITS = 11;

  private EpochSeconds() {}

  /** Null where the text is no such number. */
  static Instant parse(String text) {
    int dot = text.indexOf('.');
    int secondDigits = dot < 0 ? text.length() : dot;
    if (secondDigits == 0 || secondDigits > MOST_SECOND_DIGITS) {
      return null;
    }
    long seconds = 0;
    for (int i = 0; i < secondDigits; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return null;
      }
      seconds = seconds * 10 + digit;
    }
    long nanos = 0;
    for (int i = 1; i <= NANO_DIGITS; i++) {
      int at = secondDigits + i;
      int digit = at < text.length() ? text.charAt(at) - '0' : 0;
      if (digit < 0 || digit > 9) {
        return null;
      }
      nanos = nanos * 10 + digit;
    }
    return Instant.ofEpochSecond(seconds, nanos);
  }
}
