package cti.bench.console;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** Adds up what all consoles of one process hear. One owner: its thread. */
final class Tally {
  private static final int MOST_POPS_REMEMBERED = 1_000_000;

  private final List<ConsoleSocket> sockets = new ArrayList<>();
  private final Set<String> popsSeen = new HashSet<>();
  private final TreeMap<Integer, Integer> closeCodes = new TreeMap<>();
  private Histogram popMicros = new Histogram(60_000_000, 3);
  private long frames;
  private long bytes;
  private long pops;
  private int closed;
  private boolean told;

  void opened(ConsoleSocket socket) {
    sockets.add(socket);
  }

  void frame(long length) {
    frames++;
    bytes += length;
  }

  /** A pop of the gateway's time {@code at}; only the first frame of each counts. */
  void pop(String id, Instant at) {
    Instant now = Instant.now();
    if (popsSeen.size() < MOST_POPS_REMEMBERED && popsSeen.add(id)) {
      pops++;
      long micros =
          (now.getEpochSecond() - at.getEpochSecond()) * 1_000_000
              + (now.getNano() - at.getNano()) / 1_000;
      popMicros.recordValue(Math.clamp(micros, 0, 60_000_000));
    }
  }

  /** Says why a stream broke: once, for the others break of the same. */
  void failed(Throwable cause) {
    if (!told) {
      told = true;
      System.err.println("consoles: a stream broke: " + cause);
    }
  }

  void closed(int code) {
    closed++;
    closeCodes.merge(code, 1, Integer::sum);
  }

  /** Forgets the times of pops so far: a warm-up is over. */
  void forgetTimes() {
    popMicros = new Histogram(60_000_000, 3);
    pops = 0;
  }

  Heard heard() {
    TreeMap<Long, Integer> ends = new TreeMap<>();
    TreeMap<Long, Integer> last = new TreeMap<>();
    for (ConsoleSocket socket : sockets) {
      ends.merge(socket.callsEnded(), 1, Integer::sum);
      last.merge(socket.seq(), 1, Integer::sum);
    }
    return new Heard(
        (int) sockets.stream().filter(ConsoleSocket::open).count(),
        (int) sockets.stream().filter(ConsoleSocket::live).count(),
        closed,
        frames,
        bytes,
        ends,
        last,
        sockets.stream().mapToLong(ConsoleSocket::gaps).sum(),
        pops,
        new TreeMap<>(
            Map.of(
                "count", popMicros.getTotalCount(),
                "p50", popMicros.getValueAtPercentile(50),
                "p99", popMicros.getValueAtPercentile(99),
                "max", popMicros.getMaxValue())),
        Map.copyOf(closeCodes));
  }
}
