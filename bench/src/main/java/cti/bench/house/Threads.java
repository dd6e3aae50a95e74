package cti.bench.house;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * CPU time of a process by its threads' names, as Linux counts it (proc(5)): what a profile is
 * checked against, for it counts system calls, compilers and collectors too.
 *
 * @param millis by name, numbers at the end left out
 */
public record Threads(Map<String, Long> millis) {
  /** Clock ticks of /proc are hundredths of a second on every Linux there is. */
  private static final long MILLIS_PER_TICK = 10;

  private static final int USER_TIME = 11;
  private static final int SHOWN = 12;

  /** Empty where there is no such process, or no /proc. */
  public static Threads of(long pid) throws IOException {
    Map<String, Long> millis = new TreeMap<>();
    Path tasks = Path.of("/proc", Long.toString(pid), "task");
    if (!Files.isDirectory(tasks)) {
      return new Threads(millis);
    }
    try (DirectoryStream<Path> all = Files.newDirectoryStream(tasks)) {
      for (Path task : all) {
        try {
          String stat = Files.readString(task.resolve("stat"));
          int end = stat.lastIndexOf(')');
          String name = stat.substring(stat.indexOf('(') + 1, end).replaceAll("[-#0-9 ]+$", "");
          String[] fields = stat.substring(end + 2).split(" ");
          long ticks = Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[USER_TIME + 1]);
          millis.merge(name, ticks * MILLIS_PER_TICK, Long::sum);
        } catch (NoSuchFileException ended) {
          continue;
        }
      }
    }
    return new Threads(millis);
  }

  /** Milliseconds of all threads that there are. */
  public long total() {
    return millis.values().stream().mapToLong(Long::longValue).sum();
  }

  /** What was used since then, as parts of a core, the busiest first. */
  public Map<String, Double> coresSince(Threads before, double seconds) {
    List<Map.Entry<String, Double>> parts = new ArrayList<>();
    millis.forEach(
        (name, used) -> {
          double cores = (used - before.millis().getOrDefault(name, 0L)) / 1e3 / seconds;
          if (cores >= 0.005) {
            parts.add(Map.entry(name, Math.round(cores * 100) / 100.0));
          }
        });
    parts.sort(Map.Entry.<String, Double>comparingByValue().reversed());
    Map<String, Double> shown = new LinkedHashMap<>();
    parts.stream().limit(SHOWN).forEach(part -> shown.put(part.getKey(), part.getValue()));
    return shown;
  }
}
