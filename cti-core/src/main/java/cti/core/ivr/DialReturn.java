package cti.core.ivr;

import java.util.Optional;

/** How a number was reached that was dialled: Asterisk's DIALSTATUS (app_dial.c). */
public enum DialReturn {
  ANSWER(Exit.ANSWERED),
  BUSY(Exit.BUSY),
  NOANSWER(Exit.NO_ANSWER),
  CHANUNAVAIL(Exit.UNAVAILABLE),
  CONGESTION(Exit.UNAVAILABLE);

  private final Exit exit;

  DialReturn(Exit exit) {
    this.exit = exit;
  }

  /** The exit of the transfer node. */
  public Exit exit() {
    return exit;
  }

  public static Optional<DialReturn> parse(String status) {
    for (DialReturn value : values()) {
      if (value.name().equals(status)) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }
}
