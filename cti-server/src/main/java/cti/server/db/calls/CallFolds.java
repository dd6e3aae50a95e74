package cti.server.db.calls;

import cti.core.call.Call;
import cti.core.event.CallEvent;
import cti.core.event.CallEvent.CallCleared;
import cti.core.event.CallEvent.ServiceInitiated;
import cti.server.event.EventCodec;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The calls under way as the core folds them, as far as they are stored: so that the tables say
 * what every other picture says. What is not in memory, after a start or a batch that failed, is
 * folded again from the events on record. Not thread-safe: one shipper.
 */
final class CallFolds {
  private final EventCodec codec;
  private final Map<String, Call> stored = new HashMap<>();

  CallFolds(EventCodec codec) {
    this.codec = codec;
  }

  /**
   * The calls after {@code events}, those that are over included; without those whose begin is not
   * on record.
   *
   * @param known the calls among them of which something is on record
   */
  Map<String, Call> after(List<CallEvent> events, Set<String> known, RecordMapper mapper) {
    Map<String, Call> calls = new HashMap<>();
    Set<String> toRead = new HashSet<>();
    for (String id : known) {
      Call call = stored.get(id);
      if (call == null) {
        toRead.add(id);
      } else {
        calls.put(id, call);
      }
    }
    if (!toRead.isEmpty()) {
      mapper.eventsOf(toRead).forEach(event -> fold(calls, (CallEvent) codec.decode(event)));
    }
    events.forEach(event -> fold(calls, event));
    return calls;
  }

  private static void fold(Map<String, Call> calls, CallEvent event) {
    String id = event.call().value();
    Call before = calls.get(id);
    boolean again = before != null && before.ending().retold();
    if (before != null && (again || !(event instanceof ServiceInitiated))) {
      calls.put(id, before.apply(event));
    } else if (before == null && event instanceof ServiceInitiated begun) {
      calls.put(id, Call.begun(begun));
    }
  }

  /** The batch with these events is stored. */
  void keep(Map<String, Call> calls, List<CallEvent> events) {
    stored.putAll(calls);
    stored
        .keySet()
        .removeAll(
            events.stream()
                .filter(CallCleared.class::isInstance)
                .map(event -> event.call().value())
                .collect(Collectors.toSet()));
  }

  /** A batch was not stored, so that nothing is sure. */
  void forget() {
    stored.clear();
  }
}
