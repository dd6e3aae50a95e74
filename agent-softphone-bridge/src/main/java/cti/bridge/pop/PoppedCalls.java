package cti.bridge.pop;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * For which calls the screen came up, so that it does once: also when the bridge is started anew in
 * a call. One owner.
 */
final class PoppedCalls {
  private static final Logger log = System.getLogger(PoppedCalls.class.getName());
  private static final int KEPT = 100;
  private final Path file;
  private final Set<String> calls = new LinkedHashSet<>();

  PoppedCalls(Path folder) {
    this.file = folder.resolve("popped.txt");
    try {
      calls.addAll(Files.readAllLines(file));
    } catch (NoSuchFileException first) {
      // Nothing came up yet.
    } catch (IOException e) {
      log.log(Level.WARNING, "pop: {0} cannot be read: {1}", file, e.getMessage());
    }
  }

  boolean contains(String call) {
    return calls.contains(call);
  }

  void add(String call) {
    calls.add(call);
    while (calls.size() > KEPT) {
      calls.remove(calls.iterator().next());
    }
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, List.copyOf(calls));
    } catch (IOException e) {
      log.log(Level.WARNING, "pop: {0} cannot be written: {1}", file, e.getMessage());
    }
  }
}
