package cti.core.stats;

import java.util.Optional;

/**
 * Part of a whole, as counted.
 *
 * @param part not negative
 * @param whole not negative; zero where there is nothing to be part of
 */
public record Ratio(long part, long whole) {
  public Ratio {
    if (part < 0 || whole < 0) {
      throw new IllegalArgumentException(
          "ratio " + part + " / " + whole + ", expected neither to be negative");
    }
  }

  /** From 0 to 1, more where the part is no true part; empty (n/a) where the whole is zero. */
  public Optional<Double> value() {
    return whole == 0 ? Optional.empty() : Optional.of((double) part / whole);
  }
}
