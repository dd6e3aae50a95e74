package cti.server.web.stream;

import cti.server.web.stream.Parcel.Part;
import cti.server.web.stream.Parcel.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Some clients of the same interest, and what is not handed to them yet. What goes at once waits
 * only until the feed has looked at everything that came together; what is gathered waits until it
 * is due, the newest frame of each call and agent only. One owner: the feed's thread.
 */
final class Listeners {
  /** More of the same interest are told at another moment: a ringing phone waits for no crowd. */
  static final int CLIENTS_AT_MOST = 64;

  /** So many frames are gathered at most before they go. */
  private static final int GATHERED_AT_MOST = 2_000;

  /**
   * Where so many bytes change within a period nobody reads each state of them: the period grows
   * with what the last one brought.
   */
  private static final int USUAL_BYTES = 32_768;

  private static final int LONGEST_PERIOD = 10;

  private final Interest interest;
  private final double phase;
  private final LongSupplier leastPeriodNanos;
  private final Set<StreamClient> clients = new LinkedHashSet<>();
  private final List<Part> atOnce = new ArrayList<>();
  private final Map<Object, Frame> gathered = new LinkedHashMap<>();
  private long oldestNanos;
  private long toldUpTo;
  private long newest;
  private long handedOverNanos;
  private long periodNanos = Subscribers.GATHER.toNanos();

  /**
   * @param toldUpTo the record that the picture stands at
   * @param phase when within the period gathered frames are due, 0 to less than 1
   * @param leastPeriodNanos the shortest period: {@link Subscribers#GATHER}, more where thousands
   *     listen
   */
  Listeners(
      Interest interest,
      long toldUpTo,
      double phase,
      LongSupplier leastPeriodNanos,
      long nowNanos) {
    this.interest = interest;
    this.toldUpTo = toldUpTo;
    this.newest = toldUpTo;
    this.phase = phase;
    this.leastPeriodNanos = leastPeriodNanos;
    this.handedOverNanos = nowNanos - 2 * Subscribers.GATHER.toNanos();
  }

  Interest interest() {
    return interest;
  }

  int size() {
    return clients.size();
  }

  /** Whoever joins has a picture of their own, so that what waits for the others goes first. */
  void join(StreamClient client, long nowNanos) {
    deliverAll(nowNanos);
    clients.add(client);
  }

  void leave(StreamClient client) {
    deliver();
    clients.remove(client);
  }

  /**
   * Takes a frame that the interest covers.
   *
   * @param receivedNanos as in PushSink
   */
  void hand(Frame frame, long receivedNanos, long nowNanos) {
    if (interest.atOnce(frame)) {
      if (receivedNanos != 0 && (oldestNanos == 0 || receivedNanos < oldestNanos)) {
        oldestNanos = receivedNanos;
      }
      atOnce.add(frame.part(interest.scope()));
      return;
    }
    replace(gathered, frame);
    if (frame.journal()) {
      newest = frame.seq();
    }
    if (gathered.size() >= GATHERED_AT_MOST) {
      deliverAll(nowNanos);
    }
  }

  /** Taken out first: frames go in the order of their records. */
  private static void replace(Map<Object, Frame> frames, Frame frame) {
    Object key = frame.key().isEmpty() ? frame : frame.key();
    frames.remove(key);
    frames.put(key, frame);
  }

  boolean isWaiting() {
    return !atOnce.isEmpty();
  }

  boolean isGathering() {
    return !gathered.isEmpty();
  }

  /**
   * When what is gathered is to go: now where it was quiet, else at the group's next turn. Where
   * thousands listen the groups take turns then too: told all at once, the last of them would wait
   * as long, and what comes next behind them.
   */
  long dueNanos(long nowNanos) {
    long least = leastPeriodNanos.getAsLong();
    boolean quiet = nowNanos - handedOverNanos >= 2 * Math.max(periodNanos, least);
    if (quiet && least == Subscribers.GATHER.toNanos()) {
      return nowNanos;
    }
    long period = quiet ? least : Math.max(periodNanos, least);
    long phaseNanos = Math.round(phase * period);
    return nowNanos - Math.floorMod(nowNanos - phaseNanos, period) + period;
  }

  /** Hands over what does not wait. */
  void deliver() {
    if (!atOnce.isEmpty()) {
      send(Parcel.messages(atOnce, oldestNanos));
      atOnce.clear();
      oldestNanos = 0;
    }
  }

  /** Hands over all, what is gathered too. */
  void deliverAll(long nowNanos) {
    deliver();
    if (!gathered.isEmpty()) {
      Parcel parcel = Parcel.changes(new Span(toldUpTo, newest), parts(gathered.values()));
      send(parcel);
      gathered.clear();
      toldUpTo = newest;
      adapt(parcel.length(), nowNanos - handedOverNanos);
      handedOverNanos = nowNanos;
    }
  }

  /** As many periods of {@link Subscribers#GATHER} as bring {@link #USUAL_BYTES} each. */
  private void adapt(int bytes, long gatheredForNanos) {
    long shortest = Subscribers.GATHER.toNanos();
    long periods = Math.max(1, Math.round((double) gatheredForNanos / shortest));
    long wanted = shortest * Math.min(bytes / periods / USUAL_BYTES, LONGEST_PERIOD);
    periodNanos = Math.max(wanted, leastPeriodNanos.getAsLong());
  }

  private List<Part> parts(Iterable<Frame> frames) {
    List<Part> parts = new ArrayList<>();
    frames.forEach(frame -> parts.add(frame.part(interest.scope())));
    return parts;
  }

  private void send(Parcel parcel) {
    clients.forEach(client -> client.send(parcel));
  }

  /**
   * Sends one client what it missed.
   *
   * @return the number of frames
   */
  int replay(StreamClient client, long after, List<Frame> missed) {
    List<Part> messages = new ArrayList<>();
    Map<Object, Frame> changes = new LinkedHashMap<>();
    long last = after;
    for (Frame frame : missed) {
      if (!interest.covers(frame)) {
        continue;
      }
      if (interest.atOnce(frame)) {
        messages.add(frame.part(interest.scope()));
      } else {
        replace(changes, frame);
        last = frame.journal() ? frame.seq() : last;
      }
    }
    if (!messages.isEmpty()) {
      client.send(Parcel.messages(messages, 0));
    }
    if (!changes.isEmpty()) {
      client.send(Parcel.changes(new Span(after, last), parts(changes.values())));
    }
    return messages.size() + changes.size();
  }
}
