package cti.testbed.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The clock of one process, which can be stepped while it runs without touching the machine's:
 * libfaketime, told by a file. What counts from the machine's start (the monotonic clock) goes on
 * as it is, as it does when somebody sets a clock.
 */
final class StepClock {
  private static final String LIBRARY = "faketime/libfaketimeMT.so.1";

  private final Path library;
  private final Path file;

  private StepClock(Path library, Path file) {
    this.library = library;
    this.file = file;
  }

  /** A clock that is right so far. */
  static StepClock in(Path folder) throws IOException {
    StepClock clock = new StepClock(library(), folder.resolve("clock"));
    clock.step(Duration.ZERO);
    return clock;
  }

  private static Path library() throws IOException {
    try (Stream<Path> folders = Files.list(Path.of("/usr/lib"))) {
      return folders
          .map(folder -> folder.resolve(LIBRARY))
          .filter(Files::exists)
          .findFirst()
          .orElseThrow(
              () ->
                  new IOException(
                      "no /usr/lib/*/%s, expected the package libfaketime: testbed.sh up"
                          .formatted(LIBRARY)));
    }
  }

  /** Variables of the process whose clock it is. */
  Map<String, String> environment() {
    return Map.of(
        "LD_PRELOAD", library.toString(),
        "FAKETIME_TIMESTAMP_FILE", file.toString(),
        // The file is read at every look at the clock.
        "FAKETIME_NO_CACHE", "1",
        "FAKETIME_DONT_FAKE_MONOTONIC", "1",
        // Else waits that are counted by the monotonic clock end at once (libfaketime 0.9.10).
        "FAKETIME_FORCE_MONOTONIC_FIX", "0");
  }

  /** From now on the clock is ahead of the machine's by this. */
  void step(Duration ahead) throws IOException {
    Path next = file.resolveSibling("clock.next");
    Files.writeString(next, "+" + ahead.toSeconds() + "\n");
    // Never half a file.
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
