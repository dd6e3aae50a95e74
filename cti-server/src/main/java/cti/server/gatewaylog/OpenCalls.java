package cti.server.gatewaylog;

import cti.core.recovery.CallDetail;
import cti.core.recovery.LogSource;
import cti.core.recovery.QueueLogEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The calls of the logs that are not settled yet, by the channel id that all of a call share. */
final class OpenCalls {
  /** So many, and no more of queue_log is read until some are settled. */
  static final int MOST = 50_000;

  /** So many settled calls are remembered, in case a line of theirs comes late. */
  static final int MOST_SETTLED = 2_000;

  private final Map<String, OpenCall> calls = new LinkedHashMap<>();

  /** Those settled last, oldest first, with their lines. */
  private final Map<String, OpenCall> settled = new LinkedHashMap<>();

  private final int most;

  /** Where each log was read last. */
  private final Map<LogSource, LogPlace> places = new EnumMap<>(LogSource.class);

  /** The time of the last line of each log. */
  private final Map<LogSource, Instant> reached = new EnumMap<>(LogSource.class);

  private Duration gatewayAhead = Duration.ZERO;

  /** Channels whose call has another's id, as call detail records tell. */
  private final Map<String, String> linkedOf = new HashMap<>();

  OpenCalls() {
    this(MOST);
  }

  /**
   * @param most calls, from which on they are full
   */
  OpenCalls(int most) {
    this.most = most;
  }

  /**
   * A log is read on from there. A call that begins with a line of the other log has its own lines
   * of this one behind that place.
   */
  void readsFrom(LogSource source, LogPlace place) {
    places.put(source, place);
  }

  /** The time of the last line that was read of a log; empty for none. */
  Optional<Instant> reached(LogSource source) {
    return Optional.ofNullable(reached.get(source));
  }

  /** Records have the server's clock: what is read from now on is put right by that. */
  void gatewayAhead(Duration ahead) {
    gatewayAhead = ahead;
  }

  void take(QueueLogEntry told, LogPlace place, long nowNanos) {
    QueueLogEntry entry = told.byClock(gatewayAhead);
    reached.merge(LogSource.QUEUE_LOG, entry.at(), OpenCalls::later);
    if (entry.event().equals(QueueLogEntry.GATEWAY_STARTED)) {
      calls.values().forEach(OpenCall::cutOff);
    } else if (entry.ofCall()) {
      OpenCall call = call(linkedOf.getOrDefault(entry.call(), entry.call()), LogSource.QUEUE_LOG);
      call.lines.add(entry);
      call.read(LogSource.QUEUE_LOG, place, entry.at(), nowNanos);
    }
  }

  void take(CallDetail told, LogPlace place, long nowNanos) {
    CallDetail detail = told.byClock(gatewayAhead);
    reached.merge(LogSource.CDR, detail.times().end(), OpenCalls::later);
    OpenCall call = call(detail.linked(), LogSource.CDR);
    if (!detail.ofCaller()) {
      linkedOf.put(detail.unique(), detail.linked());
      call.alsoKnownAs(detail.unique());
      OpenCall apart = calls.get(detail.unique());
      settled.remove(detail.unique());
      if (apart != null && !apart.lines.callerEnded()) {
        calls.remove(detail.unique());
        call.join(apart);
      }
    }
    call.lines.add(detail);
    call.read(LogSource.CDR, place, detail.times().end(), nowNanos);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private OpenCall call(String linked, LogSource tells) {
    return calls.computeIfAbsent(
        linked,
        _ -> {
          OpenCall before = settled.remove(linked);
          if (before != null) {
            before.reopened();
          }
          OpenCall call = before != null ? before : new OpenCall(linked);
          // A restart that reads one log again must not miss in the other what belongs to it.
          places.forEach(
              (source, place) -> {
                if (source != tells) {
                  call.readAgainFrom(source, place);
                }
              });
          return call;
        });
  }

  Map<String, OpenCall> all() {
    return calls;
  }

  /** A call that was read elsewhere is to be looked at again; no restart reads its lines here. */
  void adopt(String linked, OpenCall call) {
    settled.remove(linked);
    call.settled();
    calls.putIfAbsent(linked, call);
  }

  /** Nothing more is expected of it; what comes all the same is taken with what was there. */
  void settled(String linked) {
    OpenCall call = calls.remove(linked);
    if (call != null) {
      call.settled();
      settled.put(linked, call);
    }
    if (settled.size() > MOST_SETTLED) {
      forget(settled.remove(settled.keySet().iterator().next()));
    }
  }

  /** It is none that is to be checked. */
  void passedOver(String linked) {
    OpenCall call = calls.remove(linked);
    if (call != null) {
      forget(call);
    }
  }

  private void forget(OpenCall call) {
    call.otherChannels().forEach(linkedOf::remove);
  }

  boolean full() {
    return calls.size() >= most;
  }

  /** The first line of a log that belongs to a call which is not settled. */
  Optional<LogPlace> earliest(LogSource source) {
    return calls.values().stream()
        .flatMap(call -> call.first(source).stream())
        .min(LogPlace::compareTo);
  }
}
