package cti.server.gatewaylog;

import cti.core.recovery.CallDetail;
import cti.core.recovery.LogSource;
import cti.core.recovery.QueueLogEntry;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The calls of the logs that are not settled yet, by the channel id that all of a call share. */
final class OpenCalls {
  /** So many, and no more lines are read until some are settled. */
  static final int MOST = 50_000;

  /** So many settled calls are remembered, in case a line of theirs comes late. */
  static final int MOST_SETTLED = 2_000;

  private final Map<String, OpenCall> calls = new LinkedHashMap<>();

  /** Those settled last, oldest first, with their lines. */
  private final Map<String, OpenCall> settled = new LinkedHashMap<>();

  private Duration gatewayAhead = Duration.ZERO;

  /** Channels whose call has another's id, as call detail records tell. */
  private final Map<String, String> linkedOf = new HashMap<>();

  /** Records have the server's clock: what is read from now on is put right by that. */
  void gatewayAhead(Duration ahead) {
    gatewayAhead = ahead;
  }

  void take(QueueLogEntry entry, LogPlace place, long nowNanos) {
    if (entry.event().equals(QueueLogEntry.GATEWAY_STARTED)) {
      calls.values().forEach(OpenCall::cutOff);
    } else if (entry.ofCall()) {
      OpenCall call = call(linkedOf.getOrDefault(entry.call(), entry.call()));
      call.lines.add(entry.byClock(gatewayAhead));
      call.read(LogSource.QUEUE_LOG, place, nowNanos);
    }
  }

  void take(CallDetail detail, LogPlace place, long nowNanos) {
    OpenCall call = call(detail.linked());
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
    call.lines.add(detail.byClock(gatewayAhead));
    call.read(LogSource.CDR, place, nowNanos);
  }

  private OpenCall call(String linked) {
    return calls.computeIfAbsent(
        linked,
        _ -> {
          OpenCall before = settled.remove(linked);
          if (before != null) {
            before.reopened();
          }
          return before != null ? before : new OpenCall(linked);
        });
  }

  Map<String, OpenCall> all() {
    return calls;
  }

  /** A call that was read elsewhere is to be looked at again. */
  void adopt(String linked, OpenCall call) {
    settled.remove(linked);
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
    return calls.size() >= MOST;
  }

  /** The first line of a log that belongs to a call which is not settled. */
  Optional<LogPlace> earliest(LogSource source) {
    return calls.values().stream()
        .flatMap(call -> call.first(source).stream())
        .min(LogPlace::compareTo);
  }
}
