package cti.testbed.e2e;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;

/**
 * How contended the processors of this machine are: the share of time in which something that could
 * run had to wait for one (Documentation/accounting/psi.rst of Linux), whoever takes them.
 *
 * @param waitedMicros since the start of the machine; empty where the kernel does not count it
 */
record Pressure(long atNanos, OptionalLong waitedMicros) {
  private static final Path COUNTER = Path.of("/proc/pressure/cpu");

  static Pressure now() throws IOException {
    if (!Files.isReadable(COUNTER)) {
      return new Pressure(System.nanoTime(), OptionalLong.empty());
    }
    String some = Files.readAllLines(COUNTER).getFirst();
    long waited = Long.parseLong(some.substring(some.lastIndexOf("total=") + 6).strip());
    return new Pressure(System.nanoTime(), OptionalLong.of(waited));
  }

  /** From then until now, as a condition of a figure; nothing where it is not counted. */
  Map<String, Object> since() throws IOException {
    Pressure now = now();
    if (waitedMicros.isEmpty() || now.waitedMicros().isEmpty()) {
      return Map.of();
    }
    double waited = (now.waitedMicros().getAsLong() - waitedMicros.getAsLong()) * 1_000.0;
    return Map.of(
        "cpuContendedPercent",
        BigDecimal.valueOf(100 * waited / (now.atNanos() - atNanos))
            .setScale(0, RoundingMode.HALF_UP));
  }
}
