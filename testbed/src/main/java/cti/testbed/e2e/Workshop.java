package cti.testbed.e2e;

import cti.testbed.client.Unexpected;
import cti.testbed.gateway.Testbed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What every suite works with.
 *
 * @param project the project's root
 * @param folder for servers' folders; removed at the end unless something failed
 * @param choice of what is run
 */
record Workshop(Path project, Testbed testbed, Path folder, Report report, Choice choice) {

  /**
   * What was asked for on the command line.
   *
   * @param quick only the scenarios of the short run
   * @param databases mysql, embedded
   * @param only parts of the names to run; empty for all
   * @param record where transcripts are written; scenarios are then played one by one
   */
  record Choice(
      boolean quick, Set<String> databases, List<String> only, Optional<Transcripts> record) {
    List<Scenario> of(List<Scenario> scenarios) {
      return scenarios.stream()
          .filter(scenario -> !quick || scenario.quick())
          .filter(scenario -> only.isEmpty() || only.stream().anyMatch(scenario.name()::contains))
          .toList();
    }
  }

  /** A folder for one server. */
  Path serverFolder(String name) throws IOException {
    return Files.createDirectory(folder.resolve(name));
  }

  /** Plays something and reports how it went. */
  void play(String name, Act act) {
    long begin = System.nanoTime();
    Optional<String> fault = Optional.empty();
    try {
      act.run();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      fault = Optional.of("interrupted");
    } catch (Exception failure) {
      fault = Optional.of(faultOf(failure));
    }
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    report.add(new Result(name, took, fault));
  }

  /** What is played. */
  @FunctionalInterface
  interface Act {
    void run() throws Exception;
  }

  private static String faultOf(Exception failure) {
    if (failure instanceof Unexpected) {
      return failure.getMessage();
    }
    StackTraceElement[] trace = failure.getStackTrace();
    return failure + (trace.length > 0 ? " at " + trace[0] : "");
  }

  /** Removes a folder with all that is in it. */
  static void remove(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      files
          .sorted(Comparator.reverseOrder())
          .forEach(
              file -> {
                try {
                  Files.delete(file);
                } catch (IOException fault) {
                  throw new UncheckedIOException(fault);
                }
              });
    }
  }
}
