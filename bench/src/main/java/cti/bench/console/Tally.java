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

  private final Runnable live;
  private final AskedTimes asked;
  private final List<ConsoleSocket> sockets = new ArrayList<>();
  private final Set<String> popsSeen = new HashSet<>();
  private final TreeMap<Integer, Integer> closeCodes = new TreeMap<>();
  private Histogram popMicros = new Histogram(60_000_000, 3);
  private Histogram changeMicros = new Histogram(60_000_000, 3);
  private long gatewayLive;
  private long lastGatewayLiveMicros;
  private long frames;
  private long bytes;
  private long pops;
  private int closed;
  private boolean told;

  /**
   * @param live is told of each stream that had its first picture, or never will
   * @param asked when changes of agents were asked for
   */
  Tally(Runnable live, AskedTimes asked) {
    this.live = live;
    this.asked = asked;
  }

  /** A stream had its first picture, or broke before. */
  void settled() {
    live.run();
  }

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

  /**
   * An agent's state changed.
   *
   * @param place in the times of {@link AskedTimes}, as its reason says
   */
  void stateChanged(int place) {
    Instant now = Instant.now();
    long micros = now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000 - asked.at(place);
    changeMicros.recordValue(Math.clamp(micros, 0, 60_000_000));
  }

  /** A stream was told that the gateway is live. */
  void gatewayLive() {
    Instant now = Instant.now();
    lastGatewayLiveMicros = now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
    gatewayLive++;
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
    changeMicros = new Histogram(60_000_000, 3);
    sockets.forEach(ConsoleSocket::forgetChanges);
    pops = 0;
  }

  Heard heard() {
    TreeMap<Long, Integer> ends = new TreeMap<>();
    TreeMap<Long, Integer> last = new TreeMap<>();
    TreeMap<Long, Integer> changes = new TreeMap<>();
    for (ConsoleSocket socket : sockets) {
      ends.merge(socket.callsEnded(), 1, Integer::sum);
      last.merge(socket.seq(), 1, Integer::sum);
      changes.merge(socket.changes(), 1, Integer::sum);
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
        micros(popMicros),
        micros(changeMicros),
        changes,
        gatewayLive,
        lastGatewayLiveMicros,
        Map.copyOf(closeCodes));
  }

  private static Map<String, Long> micros(Histogram histogram) {
    return new TreeMap<>(
        Map.of(
            "count", histogram.getTotalCount(),
            "p50", histogram.getValueAtPercentile(50),
            "p99", histogram.getValueAtPercentile(99),
            "max", histogram.getMaxValue()));
  }
}
