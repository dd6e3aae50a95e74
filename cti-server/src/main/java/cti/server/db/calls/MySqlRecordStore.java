package cti.server.db.calls;

import cti.core.call.Call;
import cti.core.call.Part;
import cti.core.call.PartRole;
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
import cti.core.event.SupervisorEvent;
import cti.core.id.DeskId;
import cti.core.id.MissedCaseId;
import cti.core.id.StaffId;
import cti.core.port.JournalRecord;
import cti.core.port.MissedCaseNews;
import cti.core.port.RecordStore;
import cti.server.db.Database;
import cti.server.db.audit.AuditWriter;
import cti.server.db.callers.CallbackAudit;
import cti.server.db.callers.CallerProjection;
import cti.server.db.calls.RecordMapper.EventRow;
import cti.server.db.calls.RecordMapper.GatewayStateRow;
import cti.server.db.missed.MissedCaseProjection;
import cti.server.db.recordings.RecordingProjection;
import cti.server.db.supervision.SupervisionEventMapper.SupervisionRow;
import cti.server.event.EventCodec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/**
 * Folds the journal into the tables of calls, missed cases, agents and gateways. The calls that a
 * batch touches are folded in memory ({@link CallFile}); what of them changed is written, the mark
 * with it.
 */
public final class MySqlRecordStore implements RecordStore {
  private final Database database;
  private final EventCodec codec;
  private final MissedCaseNews news;
  private final CallFolds folds;

  public MySqlRecordStore(Database database, EventCodec codec) {
    this(database, codec, MissedCaseNews.NOBODY);
  }

  /**
   * @param news is told which missed cases the records changed
   */
  public MySqlRecordStore(Database database, EventCodec codec, MissedCaseNews news) {
    this.database = database;
    this.codec = codec;
    this.news = news;
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
    AtomicReference<CallFolds.Batch> batch = new AtomicReference<>();
    Set<MissedCaseId> cases = new HashSet<>();
    try {
      database.runBatch(RecordMapper.class, mapper -> batch.set(store(mapper, records, cases)));
    } catch (RuntimeException notStored) {
      folds.forget();
      throw notStored;
    }
    folds.keep(batch.get(), callEvents(records));
    if (!cases.isEmpty()) {
      news.changed(cases);
    }
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

  /** Adds the missed cases that the records changed to {@code cases}. */
  private CallFolds.Batch store(
      RecordMapper mapper, List<JournalRecord> records, Set<MissedCaseId> cases) {
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
      return new CallFolds.Batch(Map.of(), Map.of());
    }
    CallFolds.Batch batch = fold(mapper, callEvents(fresh));
    write(mapper, batch.files());
    List<AuditWriter.Told> audit = append(mapper, fresh);
    cases.addAll(new MissedCaseProjection(mapper).follow(tellingOfCases(fresh, batch)));
    mapper.moveMark(expected - 1);
    AuditWriter.append(mapper, audit);
    return batch;
  }

  /**
   * The calls of events that may open or close a missed case. A call that was neither missed nor
   * talked in has told of none, and need not be looked for, unless it was told anew.
   */
  private static Set<String> tellingOfCases(List<JournalRecord> records, CallFolds.Batch batch) {
    Set<String> calls = mayTellOfCases(records);
    calls.removeIf(
        id -> {
          Call call = batch.calls().get(id);
          CallFile file = batch.files().get(id);
          return call != null
              && file.call.recoveredAt == null
              && file.attempts.values().stream().noneMatch(attempt -> attempt.outcome != null)
              && !call.missed()
              && !file.missedStruck()
              && call.parts().stream().allMatch(MySqlRecordStore::neverTalked);
        });
    return calls;
  }

  private static boolean neverTalked(Part part) {
    return part.role() == PartRole.CALLER
        || part.role() == PartRole.CONSULTED
        || part.times().answeredAt().isEmpty();
  }

  private static Set<String> mayTellOfCases(List<JournalRecord> records) {
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
        case CallEvent _,
            AgentEvent _,
            GatewayEvent _,
            RecordingEvent _,
            CallerEvent _,
            SupervisorEvent _ -> {}
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

  private CallFolds.Batch fold(RecordMapper mapper, List<CallEvent> events) {
    if (events.isEmpty()) {
      return new CallFolds.Batch(Map.of(), Map.of());
    }
    Set<String> touched = new LinkedHashSet<>();
    for (CallEvent event : events) {
      touched.add(event.call().value());
      if (event instanceof CallsMerged merged) {
        touched.add(merged.merged().value());
      }
    }
    Map<String, String> siteOfDesk =
        mapper.deskSites().stream()
            .collect(
                Collectors.toMap(RecordMapper.DeskSite::deskId, RecordMapper.DeskSite::siteId));
    Map<String, CallFile> files = folds.files(List.copyOf(touched), siteOfDesk, mapper);
    Map<String, Call> calls = folds.after(events, Set.copyOf(files.keySet()), mapper);
    for (CallEvent event : events) {
      files
          .computeIfAbsent(event.call().value(), _ -> CallFile.opened(event, siteOfDesk))
          .apply(event);
      if (event instanceof CallsMerged merged && files.containsKey(merged.merged().value())) {
        files.get(merged.merged().value()).call.mergedInto = merged.call().value();
      }
    }
    calls.forEach((id, call) -> files.get(id).folded(call));
    return new CallFolds.Batch(files, calls);
  }

  /** Table by table, so that each goes out as one batch. */
  private static void write(RecordMapper mapper, Map<String, CallFile> files) {
    files.values().forEach(file -> mapper.putCall(file.call));
    files.values().forEach(file -> file.changedVisits().forEach(mapper::putVisit));
    files.values().forEach(file -> file.changedAttempts().forEach(mapper::putAttempt));
    files.values().forEach(file -> file.changedParts().forEach(mapper::putPart));
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

  /** What of it the audit log is to say. */
  private List<AuditWriter.Told> append(RecordMapper mapper, List<JournalRecord> records) {
    List<AuditWriter.Told> audit = new ArrayList<>();
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
        case CallsMerged event -> {
          mapper.recordingsMerged(event.merged().value(), event.call().value());
          mapper.supervisionMerged(event.merged().value(), event.call().value());
        }
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
        case CallerEvent event -> {
          CallbackAudit.line(mapper, event).ifPresent(audit::add);
          CallerProjection.apply(mapper, event);
        }
        case SupervisorEvent event ->
            mapper.addSupervision(
                new SupervisionRow(
                    journalled.sequence(),
                    event.call().value(),
                    event.at(),
                    codec.encodeText(event)));
      }
    }
    return audit;
  }

  private static GatewayStateRow gatewayState(
      long sequence, GatewayEvent event, String state, String detail) {
    return new GatewayStateRow(
        sequence, event.gateway().value(), event.at(), state, CallFile.cut(detail, 255));
  }
}
