package cti.server.db.calls;

import cti.core.call.Call;
import cti.core.event.AgentEvent;
import cti.core.event.CallEvent;
import cti.core.event.CallEvent.CallCleared;
import cti.core.event.CallEvent.CallMissed;
import cti.core.event.CallEvent.CallerIdentified;
import cti.core.event.CallEvent.CallsMerged;
import cti.core.event.CallEvent.Established;
import cti.core.event.CallEvent.PartEnded;
import cti.core.event.CallEvent.PartEstablished;
import cti.core.event.CallEvent.TalkEnded;
import cti.core.event.CallerEvent;
import cti.core.event.DomainEvent;
import cti.core.event.GatewayEvent;
import cti.core.event.GatewayEvent.DriftHealed;
import cti.core.event.GatewayEvent.GatewayLive;
import cti.core.event.GatewayEvent.GatewayLost;
import cti.core.event.RecordingEvent;
import cti.core.id.DeskId;
import cti.core.id.StaffId;
import cti.core.port.JournalRecord;
import cti.core.port.RecordStore;
import cti.server.db.Database;
import cti.server.db.callers.CallerProjection;
import cti.server.db.calls.RecordMapper.EventRow;
import cti.server.db.calls.RecordMapper.GatewayStateRow;
import cti.server.db.missed.MissedCaseProjection;
import cti.server.db.recordings.RecordingProjection;
import cti.server.event.EventCodec;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Folds the journal into the tables of calls, missed cases, agents and gateways. The calls that a
 * batch touches are read, folded in memory ({@link CallFile}) and written back whole, the mark with
 * them.
 */
public final class MySqlRecordStore implements RecordStore {
  private final Database database;
  private final EventCodec codec;
  private final CallFolds folds;

  public MySqlRecordStore(Database database, EventCodec codec) {
    this.database = database;
    this.codec = codec;
    this.folds = new CallFolds(codec);
  }

  @Override
  public long highWaterMark() {
    return database.with(RecordMapper.class, RecordMapper::mark);
  }

  /**
   * {@inheritDoc}
   *
   * @throws JournalMismatchException where a sequence is missing between database and records, or a
   *     record that was stored before is now another
   * @throws cti.core.port.StoreUnavailableException where the database is away; try later
   */
  @Override
  public void store(List<JournalRecord> records) {
    Map<String, Call> calls = new HashMap<>();
    try {
      database.runBatch(RecordMapper.class, mapper -> store(mapper, records, calls));
    } catch (RuntimeException notStored) {
      folds.forget();
      throw notStored;
    }
    folds.keep(calls, callEvents(records));
  }

  /**
   * {@inheritDoc}
   *
   * @throws JournalMismatchException where a record is another
   * @throws cti.core.port.StoreUnavailableException where the database is away; try later
   */
  @Override
  public void compare(List<JournalRecord> stored) {
    database.run(RecordMapper.class, mapper -> refuseOthers(mapper, stored, mapper.mark()));
  }

  private void store(RecordMapper mapper, List<JournalRecord> records, Map<String, Call> calls) {
    long mark = mapper.lockMark();
    refuseOthers(mapper, records, mark);
    List<JournalRecord> fresh =
        records.stream().filter(journalled -> journalled.sequence() > mark).toList();
    long expected = mark + 1;
    for (JournalRecord journalled : fresh) {
      if (journalled.sequence() != expected) {
        throw JournalMismatchException.gap(journalled.sequence(), expected);
      }
      expected++;
    }
    if (fresh.isEmpty()) {
      return;
    }
    Map<String, CallFile> files = fold(mapper, fresh, calls);
    write(mapper, files);
    for (CallEvent event : callEvents(fresh)) {
      if (event instanceof CallsMerged merged) {
        mapper.putMerged(merged.merged().value(), merged.call().value());
      }
    }
    append(mapper, fresh);
    new MissedCaseProjection(mapper).follow(tellingOfCases(fresh));
    mapper.moveMark(expected - 1);
  }

  /** The calls of events that may open or close a missed case. */
  private static Set<String> tellingOfCases(List<JournalRecord> records) {
    Set<String> calls = new TreeSet<>();
    for (JournalRecord journalled : records) {
      switch (journalled.event()) {
        case CallMissed e -> calls.add(e.call().value());
        case Established e -> calls.add(e.call().value());
        case PartEstablished e -> calls.add(e.call().value());
        case PartEnded e -> calls.add(e.call().value());
        case CallsMerged e -> calls.add(e.call().value());
        case TalkEnded e -> calls.add(e.call().value());
        case CallerIdentified e -> calls.add(e.call().value());
        case CallCleared e -> calls.add(e.call().value());
        case CallEvent _, AgentEvent _, GatewayEvent _, RecordingEvent _, CallerEvent _ -> {}
      }
    }
    return calls;
  }

  /** Of the records that are passed over, the last of a call is compared with what is stored. */
  private void refuseOthers(RecordMapper mapper, List<JournalRecord> records, long mark) {
    for (JournalRecord journalled : records.reversed()) {
      if (journalled.sequence() <= mark && journalled.event() instanceof CallEvent given) {
        String stored = mapper.event(journalled.sequence());
        DomainEvent before = stored == null ? null : codec.decode(stored);
        if (!given.equals(before)) {
          throw JournalMismatchException.other(
              journalled.sequence(), described(before), described(given));
        }
        return;
      }
    }
  }

  /** Without the number of the caller. */
  private String described(DomainEvent event) {
    return event instanceof CallEvent of
        ? codec.typeOf(of) + " of call " + of.call() + " at " + of.at()
        : "no event of a call";
  }

  private static List<CallEvent> callEvents(List<JournalRecord> records) {
    return records.stream()
        .map(JournalRecord::event)
        .filter(CallEvent.class::isInstance)
        .map(CallEvent.class::cast)
        .toList();
  }

  private Map<String, CallFile> fold(
      RecordMapper mapper, List<JournalRecord> records, Map<String, Call> folded) {
    List<CallEvent> events = callEvents(records);
    List<String> calls = events.stream().map(event -> event.call().value()).distinct().toList();
    Map<String, CallFile> files = new LinkedHashMap<>();
    if (calls.isEmpty()) {
      return files;
    }
    Map<String, String> siteOfDesk =
        mapper.deskSites().stream()
            .collect(
                Collectors.toMap(RecordMapper.DeskSite::deskId, RecordMapper.DeskSite::siteId));
    mapper.calls(calls).forEach(row -> files.put(row.callId, new CallFile(row, siteOfDesk)));
    folded.clear();
    folded.putAll(folds.after(events, Set.copyOf(files.keySet()), mapper));
    mapper.visits(calls).forEach(row -> files.get(row.callId).visits.put(row.visitId, row));
    mapper.attempts(calls).forEach(row -> files.get(row.callId).attempts.put(row.attemptId, row));
    for (CallEvent event : events) {
      files
          .computeIfAbsent(event.call().value(), _ -> CallFile.opened(event, siteOfDesk))
          .apply(event);
    }
    folded.forEach((id, call) -> files.get(id).folded(call));
    return files;
  }

  /** Table by table, so that each goes out as one batch. */
  private static void write(RecordMapper mapper, Map<String, CallFile> files) {
    files.values().forEach(file -> mapper.putCall(file.call));
    files.values().forEach(file -> file.visits.values().forEach(mapper::putVisit));
    files.values().forEach(file -> file.attempts.values().forEach(mapper::putAttempt));
    files.values().forEach(file -> file.parts().forEach(mapper::putPart));
    for (CallFile file : files.values()) {
      if (file.newMatches().isPresent()) {
        mapper.deleteMatches(file.call.callId);
      }
    }
    for (CallFile file : files.values()) {
      List<StaffId> matches = file.newMatches().orElse(List.of()).stream().distinct().toList();
      for (int i = 0; i < matches.size(); i++) {
        mapper.addMatch(file.call.callId, matches.get(i).value(), i);
      }
    }
    for (CallFile file : files.values()) {
      if (file.missedStruck()) {
        mapper.deleteMissed(file.call.callId);
      }
      file.missed().ifPresent(missed -> putMissed(mapper, missed));
    }
  }

  private static void putMissed(RecordMapper mapper, CallMissed missed) {
    mapper.putMissed(missed, missed.desk().map(DeskId::value).orElse(null), missed.reason().name());
  }

  private void append(RecordMapper mapper, List<JournalRecord> records) {
    for (JournalRecord journalled : records) {
      if (journalled.event() instanceof CallEvent event) {
        mapper.addEvent(
            new EventRow(
                journalled.sequence(),
                event.call().value(),
                event.at(),
                codec.typeOf(event),
                codec.encodeText(event)));
      }
    }
    for (JournalRecord journalled : records) {
      switch (journalled.event()) {
        case CallEvent _ -> {}
        case AgentEvent event -> AgentLog.append(mapper, codec, journalled.sequence(), event);
        case DriftHealed event -> AgentLog.append(mapper, codec, journalled.sequence(), event);
        case GatewayLost event ->
            mapper.addGatewayState(
                gatewayState(journalled.sequence(), event, "LOST", event.reason()));
        case GatewayLive event ->
            mapper.addGatewayState(
                gatewayState(journalled.sequence(), event, "LIVE", event.version()));
        case RecordingEvent event -> RecordingProjection.apply(mapper, event);
        case CallerEvent event -> CallerProjection.apply(mapper, event);
      }
    }
  }

  private static GatewayStateRow gatewayState(
      long sequence, GatewayEvent event, String state, String detail) {
    return new GatewayStateRow(
        sequence, event.gateway().value(), event.at(), state, CallFile.cut(detail, 255));
  }
}
