package cti.server.db.recordings;

import cti.core.id.AgentId;
import cti.core.id.AttemptId;
import cti.core.id.CallId;
import cti.core.id.DeskId;
import cti.core.id.IncidentId;
import cti.core.id.RecordingId;
import cti.core.port.Page;
import cti.core.port.Recordings;
import cti.core.recording.Recording;
import cti.core.recording.RecordingRules;
import cti.core.recording.RecordingState;
import cti.core.recording.StoredRecording;
import cti.server.db.Database;
import cti.server.db.audit.AuditWriter;
import cti.server.db.recordings.RecordingMapper.ActRow;
import cti.server.db.recordings.RecordingMapper.AudioRow;
import cti.server.db.recordings.RecordingMapper.PauseRow;
import cti.server.db.recordings.RecordingMapper.RecordingRow;
import cti.server.db.recordings.RecordingMapper.Restricted;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;

/** Recordings on record. Behind the journal by the shipper's lag. */
public final class RecordingStore implements Recordings {
  private static final int LONGEST_FAULT = 255;
  private static final int LONGEST_DETAIL = 500;
  private static final int LONGEST_NAME = 64;

  private final Database database;
  private final AuditWriter chain;

  /**
   * @param chain where every act is a line too, in the same transaction
   */
  public RecordingStore(Database database, AuditWriter chain) {
    this.database = database;
    this.chain = chain;
  }

  @Override
  public Page<StoredRecording> list(Filter filter, Optional<Page.Key> after, int limit) {
    Page.checkLimit(limit);
    if (filter.sight().filter(Set::isEmpty).isPresent()) {
      return new Page<>(List.of(), Optional.empty());
    }
    Restricted restricted =
        new Restricted(
            filter.period().from(),
            filter.period().to(),
            filter.call().map(CallId::value).orElse(null),
            filter.incident().map(IncidentId::value).orElse(null),
            filter.agent().map(AgentId::value).orElse(null),
            filter.desk().map(DeskId::value).orElse(null),
            filter.own().map(AgentId::value).orElse(null));
    List<String> sight =
        filter
            .sight()
            .map(desks -> desks.stream().map(DeskId::value).sorted().toList())
            .orElse(null);
    List<StoredRecording> found =
        database.with(
            RecordingMapper.class,
            mapper ->
                recordings(mapper, mapper.list(restricted, sight, after.orElse(null), limit + 1)));
    return Page.of(
        found,
        limit,
        one -> new Page.Key(one.recording().startedAt(), one.recording().id().value()));
  }

  @Override
  public Optional<StoredRecording> find(RecordingId id) {
    return database.with(
        RecordingMapper.class,
        mapper ->
            Optional.ofNullable(mapper.find(id.value()))
                .map(row -> recordings(mapper, List.of(row)).getFirst()));
  }

  @Override
  public List<StoredRecording> inState(
      Set<RecordingState> states, Instant stoppedBefore, int limit) {
    List<String> names = states.stream().map(Enum::name).sorted().toList();
    return database.with(
        RecordingMapper.class,
        mapper -> recordings(mapper, mapper.inState(names, stoppedBefore, limit)));
  }

  @Override
  public List<StoredRecording> pastRetention(Optional<DeskId> desk, Instant cut, int limit) {
    return database.with(
        RecordingMapper.class,
        mapper ->
            recordings(
                mapper, mapper.pastRetention(desk.map(DeskId::value).orElse(null), cut, limit)));
  }

  @Override
  public Set<Optional<DeskId>> desks() {
    return database.with(RecordingMapper.class, RecordingMapper::deskIds).stream()
        .map(one -> Optional.ofNullable(one.deskId()).map(DeskId::new))
        .collect(Collectors.toSet());
  }

  @Override
  public Totals totals() {
    return database.with(RecordingMapper.class, RecordingMapper::totals);
  }

  @Override
  public Set<String> unknownFiles(Set<String> files) {
    if (files.isEmpty()) {
      return Set.of();
    }
    Set<String> unknown = new HashSet<>(files);
    unknown.removeAll(
        database.with(RecordingMapper.class, mapper -> mapper.knownFiles(List.copyOf(files))));
    return unknown;
  }

  @Override
  public Optional<Recording.Talk> talkOf(CallId call, AttemptId attempt) {
    return database.with(
        RecordingMapper.class,
        mapper ->
            Optional.ofNullable(mapper.talk(attempt.value()))
                .or(() -> Optional.ofNullable(mapper.partTalk(call.value(), attempt.value())))
                .map(row -> talk(row.callId(), row.attemptId(), row.agentId(), row.deskId())));
  }

  @Override
  public boolean adopt(Recording found, Instant now) {
    RecordingRow row =
        new RecordingRow(
            found.id().value(),
            found.talk().call().value(),
            found.talk().attempt().value(),
            found.talk().agent().map(AgentId::value).orElse(null),
            found.talk().desk().map(DeskId::value).orElse(null),
            found.file(),
            micros(found.startedAt()),
            micros(found.stoppedAt().orElse(now)),
            null,
            null,
            null,
            null,
            null,
            false,
            null);
    return database.with(RecordingMapper.class, mapper -> mapper.adopt(row) > 0);
  }

  @Override
  public boolean endedByFile(RecordingId id, Instant end) {
    return database.with(
        RecordingMapper.class,
        mapper -> {
          if (mapper.endedByFile(id.value(), micros(end)) == 0) {
            return false;
          }
          mapper.pausesEnded(id.value(), micros(end));
          return true;
        });
  }

  @Override
  public long missingSince(Instant since) {
    return database.with(RecordingMapper.class, mapper -> mapper.missingSince(micros(since)));
  }

  @Override
  public void stored(RecordingId id, StoredRecording.Audio audio, Instant now) {
    AudioRow row =
        new AudioRow(
            audio.bytes(),
            audio.length().toMillis(),
            audio.sha256(),
            audio.fault().isEmpty() ? null : cut(audio.fault(), LONGEST_FAULT));
    database.run(RecordingMapper.class, mapper -> mapper.stored(id.value(), row, micros(now)));
  }

  @Override
  public void missing(RecordingId id, Instant now) {
    database.run(RecordingMapper.class, mapper -> mapper.missing(id.value(), micros(now)));
  }

  @Override
  public boolean markForDeletion(RecordingId id) {
    return database.with(RecordingMapper.class, mapper -> mapper.markForDeletion(id.value()) > 0);
  }

  @Override
  public void deleted(RecordingId id, Audit line) {
    database.run(
        RecordingMapper.class,
        mapper -> {
          if (mapper.deleted(id.value(), micros(line.at())) > 0) {
            note(mapper, line);
          }
        });
  }

  @Override
  public boolean hold(RecordingId id, boolean held, Audit line) {
    return database.with(
        RecordingMapper.class,
        mapper -> {
          RecordingRow before = mapper.find(id.value());
          if (before == null || before.state().equals(RecordingState.DELETED.name())) {
            return false;
          }
          if (before.legalHold() != held) {
            mapper.hold(id.value(), held);
            note(mapper, line);
          }
          return true;
        });
  }

  @Override
  public void audit(Audit line) {
    database.run(RecordingMapper.class, mapper -> note(mapper, line));
  }

  @Override
  public List<Audit> auditOf(String subject, int limit) {
    return database.with(
        RecordingMapper.class,
        mapper ->
            mapper.auditOf(subject, limit).stream()
                .map(
                    row ->
                        new Audit(
                            row.at(),
                            Action.valueOf(row.action()),
                            row.subject(),
                            row.actor(),
                            row.address(),
                            row.detail()))
                .toList());
  }

  /**
   * Puts a desk's rules in the place of those it has; the lines about it in the same transaction.
   *
   * @param line who and when
   */
  public void saveRules(DeskId desk, RecordingRules before, RecordingRules after, Audit line) {
    database.run(
        RecordingMapper.class,
        mapper -> {
          // Other servers learn of it by the revision.
          mapper.nextRevision();
          mapper.putRules(desk.value(), after);
          mapper.addAct(row(line));
          chain.write(
              mapper,
              new AuditWriter.Line(
                  cut(line.actor(), LONGEST_NAME),
                  word(line.action()),
                  "desk-recording " + desk,
                  Optional.of(facts(before)),
                  Optional.of(facts(after))));
        });
  }

  private static SequencedMap<String, Object> facts(RecordingRules rules) {
    SequencedMap<String, Object> facts = new LinkedHashMap<>();
    facts.put("policy", rules.policy().name());
    facts.put("sharePercent", rules.sharePercent());
    facts.put("announcement", rules.announcement());
    facts.put("agentMayStart", rules.agentMayStart());
    facts.put("agentMayPause", rules.agentMayPause());
    facts.put("agentMayListen", rules.agentMayListen());
    facts.put("retentionDays", rules.retentionDays());
    return facts;
  }

  private void note(RecordingMapper mapper, Audit line) {
    mapper.addAct(row(line));
    String kind = line.action() == Action.RULES_CHANGED ? "desk-recording " : "recording ";
    chain.write(
        mapper,
        AuditWriter.act(
            cut(line.actor(), LONGEST_NAME),
            word(line.action()),
            kind + line.subject(),
            Optional.ofNullable(mapper.find(line.subject())).map(RecordingRow::callId),
            cut(line.address(), LONGEST_NAME),
            cut(line.detail(), LONGEST_DETAIL)));
  }

  private static String word(Action action) {
    return switch (action) {
      case PLAYED -> "play";
      case HELD -> "hold";
      case RELEASED -> "release";
      case DELETED -> "remove";
      case RULES_CHANGED -> "change";
    };
  }

  private static ActRow row(Audit line) {
    return new ActRow(
        micros(line.at()),
        line.action().name(),
        line.subject(),
        cut(line.actor(), LONGEST_NAME),
        cut(line.address(), LONGEST_NAME),
        cut(line.detail(), LONGEST_DETAIL));
  }

  private static List<StoredRecording> recordings(RecordingMapper mapper, List<RecordingRow> rows) {
    if (rows.isEmpty()) {
      return List.of();
    }
    Map<String, List<PauseRow>> pauses =
        mapper.pauses(rows.stream().map(RecordingRow::recordingId).toList()).stream()
            .collect(Collectors.groupingBy(PauseRow::recordingId));
    return rows.stream()
        .map(row -> recording(row, pauses.getOrDefault(row.recordingId(), List.of())))
        .toList();
  }

  private static StoredRecording recording(RecordingRow row, List<PauseRow> pauses) {
    return new StoredRecording(
        new Recording(
            new RecordingId(row.recordingId()),
            talk(row.callId(), row.attemptId(), row.agentId(), row.deskId()),
            row.fileName(),
            row.startedAt(),
            pauses.stream()
                .map(
                    pause ->
                        new Recording.Pause(
                            pause.pausedAt(),
                            pause.untilAt(),
                            Optional.ofNullable(pause.resumedAt())))
                .toList(),
            Optional.ofNullable(row.stoppedAt())),
        RecordingState.valueOf(row.state()),
        row.bytes() == null
            ? Optional.empty()
            : Optional.of(
                new StoredRecording.Audio(
                    row.bytes(),
                    Duration.ofMillis(row.audioMs()),
                    row.sha256(),
                    row.fault() == null ? "" : row.fault())),
        row.legalHold(),
        Optional.ofNullable(row.deletedAt()));
  }

  private static Recording.Talk talk(String call, String attempt, String agent, String desk) {
    return new Recording.Talk(
        new CallId(call),
        new AttemptId(attempt),
        Optional.ofNullable(agent).map(AgentId::new),
        Optional.ofNullable(desk).map(DeskId::new));
  }

  private static Instant micros(Instant at) {
    return at.truncatedTo(ChronoUnit.MICROS);
  }

  private static String cut(String text, int most) {
    return text.codePointCount(0, text.length()) <= most
        ? text
        : text.substring(0, text.offsetByCodePoints(0, most));
  }
}
