package cti.server.gatewaylog;

import cti.core.recovery.CallLog;
import cti.core.recovery.LogSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** A call of the logs that is not settled yet. */
final class OpenCall {
  final CallLog lines;
  private final Map<LogSource, LogPlace> first = new EnumMap<>(LogSource.class);
  private long lastReadNanos;
  private boolean cutOff;

  OpenCall(String linked) {
    this.lines = new CallLog(linked);
  }

  void read(LogSource source, LogPlace place, long nowNanos) {
    first.merge(source, place, (one, other) -> one.compareTo(other) <= 0 ? one : other);
    lastReadNanos = nowNanos;
  }

  void join(OpenCall other) {
    lines.addAll(other.lines);
    other.first.forEach((source, place) -> read(source, place, lastReadNanos));
  }

  /** The gateway has started anew since: what it did not write down it will never tell. */
  void cutOff() {
    cutOff = true;
  }

  Optional<LogPlace> first(LogSource source) {
    return Optional.ofNullable(first.get(source));
  }

  long quietNanos(long nowNanos) {
    return nowNanos - lastReadNanos;
  }

  /** Whether the logs have told all that they will. */
  boolean complete(boolean callDetails) {
    return cutOff || lines.callerEnded() || (!callDetails && lines.leftQueue());
  }
}
