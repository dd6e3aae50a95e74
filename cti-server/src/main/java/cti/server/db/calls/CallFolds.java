package cti.server.db.calls;

import cti.core.call.Call;
import cti.core.event.CallEvent;
import cti.core.event.CallEvent.CallCleared;
import cti.core.event.CallEvent.ServiceInitiated;
import cti.server.event.EventCodec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The calls under way as they are stored: what is on record of them, and as the core folds them, so
 * that the tables say what every other picture says. What is not in memory, after a start or a
 * batch that failed, is read and folded again from the events on record; nobody else writes it. Not
 * thread-safe: one shipper.
 */
final class CallFolds {
  private final EventCodec codec;
  private final Map<String, Call> calls = new HashMap<>();
  private final Map<String, CallFile> files = new HashMap<>();

  CallFolds(EventCodec codec) {
    this.codec = codec;
  }

  /** What a batch makes of the calls that it touches. */
  record Batch(Map<String, CallFile> files, Map<String, Call> calls) {}

  /** What is on record of these calls, to be written to; without those that nothing is of. */
  Map<String, CallFile> files(
      List<String> of, Map<String, String> siteOfDesk, RecordMapper mapper) {
    Map<String, CallFile> found = new LinkedHashMap<>();
    List<String> toRead = new ArrayList<>();
    for (String id : of) {
      CallFile file = files.get(id);
      if (file == null) {
        toRead.add(id);
      } else {
        found.put(id, file.reopened(siteOfDesk));
      }
    }
    if (!toRead.isEmpty()) {
      read(toRead, siteOfDesk, mapper)
          .forEach((id, file) -> found.put(id, file.reopened(siteOfDesk)));
    }
    return found;
  }

  private static Map<String, CallFile> read(
      List<String> calls, Map<String, String> siteOfDesk, RecordMapper mapper) {
    Map<String, CallFile> read = new LinkedHashMap<>();
    mapper.calls(calls).forEach(row -> read.put(row.callId, new CallFile(row, siteOfDesk)));
    if (!read.isEmpty()) {
      List<String> known = List.copyOf(read.keySet());
      mapper.visits(known).forEach(row -> read.get(row.callId).visits.put(row.visitId, row));
      mapper.attempts(known).forEach(row -> read.get(row.callId).attempts.put(row.attemptId, row));
    }
    return read;
  }

  /**
   * The calls after {@code events}, those that are over included; without those whose begin is not
   * on record.
   *
   * @param known the calls of which something is on record
   */
  Map<String, Call> after(List<CallEvent> events, Set<String> known, RecordMapper mapper) {
    Map<String, Call> folded = new HashMap<>();
    Set<String> toRead = new HashSet<>();
    for (CallEvent event : events) {
      String id = event.call().value();
      Call call = calls.get(id);
      if (call != null) {
        folded.put(id, call);
      } else if (known.contains(id)) {
        toRead.add(id);
      }
    }
    if (!toRead.isEmpty()) {
      mapper.eventsOf(toRead).forEach(event -> fold(folded, (CallEvent) codec.decode(event)));
    }
    events.forEach(event -> fold(folded, event));
    return folded;
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
  void keep(Batch batch, List<CallEvent> events) {
    batch.files().forEach((id, file) -> files.put(id, file.stored()));
    calls.putAll(batch.calls());
    for (CallEvent event : events) {
      if (event instanceof CallCleared) {
        files.remove(event.call().value());
        calls.remove(event.call().value());
      }
    }
    // Of a call that was over before, or whose begin nobody saw, no end will come.
    files.keySet().retainAll(calls.keySet());
  }

  /** A batch was not stored, so that nothing is sure. */
  void forget() {
    files.clear();
    calls.clear();
  }
}
