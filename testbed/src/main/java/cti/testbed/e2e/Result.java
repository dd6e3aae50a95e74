package cti.testbed.e2e;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * How a scenario went.
 *
 * @param fault what was expected and what was seen, where it failed
 */
record Result(String name, Duration took, Optional<String> fault) {
  static Result passed(String name, Duration took) {
    return new Result(name, took, Optional.empty());
  }

  static Result failed(String name, Duration took, String fault) {
    return new Result(name, took, Optional.of(fault));
  }

  boolean passed() {
    return fault.isEmpty();
  }

  /** The line of the report. */
  String line() {
    String seconds = String.format(Locale.ROOT, "%.1f s", took.toMillis() / 1000.0);
    return fault
        .map(text -> "FAIL %s … %s: %s".formatted(name, seconds, text))
        .orElseGet(() -> "ok   %s … %s".formatted(name, seconds));
  }
}
