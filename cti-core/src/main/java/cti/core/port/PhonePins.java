package cti.core.port;

import java.time.Instant;
import java.util.Optional;

/**
 * PINs by which administrators are known at a phone. Methods block; they throw {@link
 * StoreUnavailableException}.
 */
public interface PhonePins {
  /** Digits of a PIN. */
  int LEAST_DIGITS = 6;

  /** Digits of a PIN. */
  int MOST_DIGITS = 10;

  /** What is on record for a user; empty where they have no PIN. */
  Optional<Pin> find(String user);

  /**
   * Sets a user's PIN and ends a lock; the first one comes with a number.
   *
   * @param pin as {@link #weakness} takes it
   */
  Pin set(String user, String pin);

  /** Takes it away; nothing happens where there is none. */
  void remove(String user);

  /**
   * Who is at the phone. Wrong PINs in a row lock the number, each for longer; a number that nobody
   * has takes as long and is told apart by nothing.
   *
   * @param number as it was keyed in
   */
  Check check(String number, String pin);

  /**
   * A PIN on record.
   *
   * @param number to be entered before it
   * @param lockedUntil after wrong ones
   */
  record Pin(int number, Instant changedAt, Optional<Instant> lockedUntil) {}

  /** What came of a PIN. */
  sealed interface Check {
    /** The user, who may still sign in and change things. */
    record Right(String user) implements Check {}

    record Wrong() implements Check {}

    /** Too many were wrong; also a right one is not taken for a while. */
    record Locked() implements Check {}
  }

  /** Why a PIN is not taken; empty where it is. */
  static Optional<String> weakness(String pin) {
    String expected =
        ", expected " + LEAST_DIGITS + " to " + MOST_DIGITS + " digits that are hard to guess";
    if (!pin.matches("[0-9]{" + LEAST_DIGITS + "," + MOST_DIGITS + "}")) {
      return Optional.of("the PIN has " + pin.length() + " characters" + expected);
    }
    boolean same = pin.chars().distinct().count() == 1;
    boolean run = "01234567890".contains(pin) || "09876543210".contains(pin);
    return same || run
        ? Optional.of("the PIN is one digit throughout, or a run" + expected)
        : Optional.empty();
  }
}
