package cti.core.agent;

import java.util.Optional;

/** States of a device as the gateway knows them (Asterisk, include/asterisk/devicestate.h). */
public enum DeviceState {
  UNKNOWN,
  NOT_INUSE,
  INUSE,
  BUSY,
  INVALID,
  UNAVAILABLE,
  RINGING,
  RINGINUSE,
  ONHOLD;

  /** Whether a queue offers calls to a device in this state. */
  public boolean free() {
    return switch (this) {
      case UNKNOWN, NOT_INUSE -> true;
      case INUSE, BUSY, INVALID, UNAVAILABLE, RINGING, RINGINUSE, ONHOLD -> false;
    };
  }

  /** By the gateway's word, such as NOT_INUSE. */
  public static Optional<DeviceState> ofWord(String word) {
    for (DeviceState state : values()) {
      if (state.name().equals(word)) {
        return Optional.of(state);
      }
    }
    return Optional.empty();
  }

  /** By the number that app_queue gives as a member's status; the order is Asterisk's own. */
  public static DeviceState ofNumber(int number) {
    return number >= 0 && number < values().length ? values()[number] : UNKNOWN;
  }
}
