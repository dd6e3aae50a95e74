package cti.testbed.caller;

import java.time.Duration;

/** What a caller does once somebody or something has answered. */
public sealed interface CallerStep {

  record Waits(Duration time) implements CallerStep {
    public Waits {
      if (time.isNegative() || time.isZero()) {
        throw new IllegalArgumentException(
            "a caller cannot wait %s; expected more than zero".formatted(time));
      }
    }
  }

  record Presses(char key) implements CallerStep {
    public Presses {
      if ("0123456789*#".indexOf(key) < 0) {
        throw new IllegalArgumentException(
            "no telephone has the key '%s'; expected 0-9, * or #".formatted(key));
      }
    }
  }

  record HangsUp() implements CallerStep {}

  /** Stays on the line until the far end hangs up. */
  record StaysOn() implements CallerStep {}
}
