package cti.server.gatewaylog;

import cti.core.engine.Dialplan;
import cti.core.id.ChannelId;
import cti.core.recovery.CallLog;
import cti.core.recovery.LogSource;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A call of the logs that is not settled yet. */
final class OpenCall {
  private static final String STARTUP = "cti-startup";

  final CallLog lines;
  private final boolean listens;
  private final Map<LogSource, LogPlace> first = new EnumMap<>(LogSource.class);
  private long lastReadNanos;
  private Instant lastAt = Instant.MIN;
  private final Set<String> otherChannels = new HashSet<>();
  private boolean cutOff;
  private boolean late;
  private String told = "";

  OpenCall(String linked) {
    this.lines = new CallLog(linked);
    this.listens = Dialplan.listens(new ChannelId(linked));
  }

  /**
   * A line of it was read.
   *
   * @param at the line's own time
   */
  void read(LogSource source, LogPlace place, Instant at, long nowNanos) {
    readAgainFrom(source, place);
    lastAt = at.isAfter(lastAt) ? at : lastAt;
    lastReadNanos = nowNanos;
  }

  /** A restart, as long as it is not settled, reads a log again from there or before. */
  void readAgainFrom(LogSource source, LogPlace place) {
    first.merge(source, place, (one, other) -> one.compareTo(other) <= 0 ? one : other);
  }

  void join(OpenCall other) {
    lines.addAll(other.lines);
    otherChannels.addAll(other.otherChannels);
    other.first.forEach(this::readAgainFrom);
    lastAt = other.lastAt.isAfter(lastAt) ? other.lastAt : lastAt;
  }

  /** The gateway has started anew since: what it did not write down it will never tell. */
  void cutOff() {
    cutOff = true;
  }

  /** A channel that is another of this call. */
  void alsoKnownAs(String channel) {
    otherChannels.add(channel);
  }

  Set<String> otherChannels() {
    return otherChannels;
  }

  /** A restart need not read its lines again. */
  void settled() {
    first.clear();
  }

  /** It was settled, and a further line of it has come since. */
  void reopened() {
    late = true;
  }

  boolean late() {
    return late;
  }

  /** What came late is told; what comes now is later still. */
  void toldAgain() {
    late = false;
  }

  /**
   * It is told from the logs, again perhaps.
   *
   * @return whether for another reason than the last time
   */
  boolean toldFor(String why) {
    boolean another = !told.equals(why);
    told = why;
    return another;
  }

  Optional<LogPlace> first(LogSource source) {
    return Optional.ofNullable(first.get(source));
  }

  /** The time of its last line; the gateway tells a call that is alive within hours. */
  Instant lastAt() {
    return lastAt;
  }

  long quietNanos(long nowNanos) {
    return nowNanos - lastReadNanos;
  }

  /**
   * Whether it is no call: a channel that the gateway made for itself when it started, or the phone
   * of a supervisor who listens to one.
   */
  boolean ofNoCall() {
    return listens || lines.context().filter(STARTUP::equals).isPresent();
  }

  /** Whether the logs have told all that they will. */
  boolean complete(boolean callDetails) {
    return cutOff || lines.callerEnded() || (!callDetails && lines.leftQueue());
  }
}
