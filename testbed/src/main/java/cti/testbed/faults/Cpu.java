package cti.testbed.faults;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** CPU that a process has used up to a moment, as Linux counts it (proc(5)). */
public final class Cpu {
  /** Clock ticks of /proc are hundredths of a second on every Linux there is. */
  private static final long MILLIS_PER_TICK = 10;

  private static final int USER_TIME = 11;
  private static final int THREADS_SHOWN = 12;

  private final long pid;
  private final long millis;
  private final Map<String, Long> threads;

  /** What was used since; threads by name, the busiest first. */
  public record Used(long millis, Map<String, Long> byThread) {}

  private Cpu(long pid, long millis, Map<String, Long> threads) {
    this.pid = pid;
    this.millis = millis;
    this.threads = threads;
  }

  /** Up to now. */
  public static Cpu of(long pid) throws IOException {
    Path process = Path.of("/proc", Long.toString(pid));
    Map<String, Long> threads = new TreeMap<>();
    try (DirectoryStream<Path> tasks = Files.newDirectoryStream(process.resolve("task"))) {
      for (Path task : tasks) {
        try {
          String stat = Files.readString(task.resolve("stat"));
          String name = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
          threads.merge(name.replaceAll("[-#0-9 ]+$", ""), millis(stat), Long::sum);
        } catch (NoSuchFileException ended) {
          // Its time is in that of the process.
        }
      }
    }
    return new Cpu(pid, millis(Files.readString(process.resolve("stat"))), threads);
  }

  private static long millis(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[USER_TIME + 1]))
        * MILLIS_PER_TICK;
  }

  /** From then until now. */
  public Used since() throws IOException {
    Cpu now = of(pid);
    Map<String, Long> used = new LinkedHashMap<>();
    now.threads.entrySet().stream()
        .map(thread -> Map.entry(thread.getKey(), thread.getValue() - before(thread.getKey())))
        .filter(thread -> thread.getValue() > 0)
        .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
        .limit(THREADS_SHOWN)
        .forEach(thread -> used.put(thread.getKey(), thread.getValue()));
    return new Used(now.millis - millis, used);
  }

  private long before(String thread) {
    return threads.getOrDefault(thread, 0L);
  }
}
