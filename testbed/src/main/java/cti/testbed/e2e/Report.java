package cti.testbed.e2e;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** The lines of a run, printed as they come; colours only where a terminal shows them. */
final class Report {
  private static final String GREEN = "\u001b[32m";
  private static final String RED = "\u001b[31m";
  private static final String PLAIN = "\u001b[0m";

  private final PrintStream out;
  private final boolean colours;
  private final List<Result> results = new ArrayList<>();
  private final List<String> figures = new ArrayList<>();

  Report(PrintStream out, boolean colours) {
    this.out = out;
    this.colours = colours;
  }

  synchronized void add(Result result) {
    results.add(result);
    String line = result.line();
    out.println(
        colours
            ? (result.passed() ? GREEN : RED) + line.substring(0, 4) + PLAIN + line.substring(4)
            : line);
    out.flush();
  }

  synchronized void say(String text) {
    out.println(text);
    out.flush();
  }

  /** A figure that was measured; told again at the end. */
  synchronized void figure(String text) {
    figures.add(text);
  }

  synchronized boolean allPassed() {
    return results.stream().allMatch(Result::passed);
  }

  /** True where nothing was played: that is no success. */
  synchronized boolean isEmpty() {
    return results.isEmpty();
  }

  /** The figures, then the closing line. */
  synchronized void close() {
    figures.forEach(out::println);
    say(closing());
  }

  /** The closing line. */
  synchronized String closing() {
    long passed = results.stream().filter(Result::passed).count();
    return "%d passed, %d failed".formatted(passed, results.size() - passed);
  }
}
