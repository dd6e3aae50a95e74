package cti.server.db.callers;

import cti.core.id.CallId;
import cti.core.id.DeskId;
import cti.core.id.MissedCaseId;
import cti.core.id.VoicemailId;
import cti.core.port.Page;
import cti.core.port.Voicemails;
import cti.server.db.Database;
import cti.server.db.audit.AuditWriter;
import cti.server.db.callers.CallerQueryMapper.ActRow;
import cti.server.db.callers.CallerQueryMapper.Restricted;
import cti.server.db.callers.CallerQueryMapper.VoicemailRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Messages on record. Behind the journal by the shipper's lag. */
public final class VoicemailStore implements Voicemails {
  private final Database database;
  private final AuditWriter chain;

  /**
   * @param chain where every act is a line too, in the same transaction
   */
  public VoicemailStore(Database database, AuditWriter chain) {
    this.database = database;
    this.chain = chain;
  }

  @Override
  public Page<StoredVoicemail> list(Filter filter, Optional<Page.Key> after, int limit) {
    Page.checkLimit(limit);
    if (filter.sight().filter(Set::isEmpty).isPresent()) {
      return new Page<>(List.of(), Optional.empty());
    }
    Restricted restricted =
        new Restricted(
            filter.period().from(),
            filter.period().to(),
            filter.call().map(CallId::value).orElse(null),
            null,
            filter.desk().map(DeskId::value).orElse(null),
            null,
            filter.state().orElse(null));
    List<StoredVoicemail> found =
        voicemails(
            database.with(
                CallerQueryMapper.class,
                mapper ->
                    mapper.voicemails(
                        restricted,
                        CallerQueryMapper.sight(filter.sight()),
                        after.orElse(null),
                        limit + 1)));
    return Page.of(found, limit, one -> new Page.Key(one.begunAt(), one.id().value()));
  }

  @Override
  public Optional<StoredVoicemail> find(VoicemailId id) {
    return Optional.ofNullable(
            database.with(CallerQueryMapper.class, mapper -> mapper.voicemail(id.value())))
        .map(VoicemailStore::voicemail);
  }

  @Override
  public List<StoredVoicemail> awaited(Instant cut, int limit) {
    return voicemails(database.with(CallerQueryMapper.class, mapper -> mapper.awaited(cut, limit)));
  }

  @Override
  public List<StoredVoicemail> untranscribed(int limit) {
    return voicemails(
        database.with(CallerQueryMapper.class, mapper -> mapper.untranscribed(limit)));
  }

  @Override
  public void stored(VoicemailId id, Audio audio) {
    database.run(
        CallerQueryMapper.class,
        mapper ->
            mapper.stored(id.value(), audio.bytes(), audio.length().toMillis(), audio.sha256()));
  }

  @Override
  public void empty(VoicemailId id) {
    database.run(CallerQueryMapper.class, mapper -> mapper.empty(id.value()));
  }

  @Override
  public void transcribed(VoicemailId id, String text) {
    database.run(CallerQueryMapper.class, mapper -> mapper.transcribed(id.value(), text));
  }

  @Override
  public List<DeskId> desks() {
    return database.with(CallerQueryMapper.class, CallerQueryMapper::voicemailDesks).stream()
        .map(DeskId::new)
        .toList();
  }

  @Override
  public List<StoredVoicemail> before(DeskId desk, Instant cut, int limit) {
    return voicemails(
        database.with(CallerQueryMapper.class, mapper -> mapper.before(desk.value(), cut, limit)));
  }

  @Override
  public void deleted(VoicemailId id, Audit line) {
    database.run(
        CallerQueryMapper.class,
        mapper -> {
          if (mapper.deleted(id.value()) > 0) {
            note(mapper, line);
          }
        });
  }

  @Override
  public boolean heard(VoicemailId id, Audit line) {
    return database.with(
        CallerQueryMapper.class,
        mapper -> {
          boolean done = mapper.heard(id.value(), line.at(), line.actor()) > 0;
          if (done) {
            note(mapper, line);
          }
          return done;
        });
  }

  @Override
  public void audit(Audit line) {
    database.run(CallerQueryMapper.class, mapper -> note(mapper, line));
  }

  @Override
  public List<Audit> auditOf(VoicemailId id, int limit) {
    return database
        .with(CallerQueryMapper.class, mapper -> mapper.auditOf(id.value(), limit))
        .stream()
        .map(
            row ->
                new Audit(
                    row.at(),
                    row.action(),
                    new VoicemailId(row.subject()),
                    row.actor(),
                    row.address(),
                    row.detail()))
        .toList();
  }

  private void note(CallerQueryMapper mapper, Audit line) {
    mapper.addAct(row(line));
    chain.write(
        mapper,
        AuditWriter.act(
            line.actor(),
            word(line.action()),
            "voicemail " + line.subject(),
            // Its id begins with it.
            Optional.of(line.subject().value().split("~", 2)[0]),
            line.address(),
            line.detail()));
  }

  private static String word(String action) {
    return switch (action) {
      case "PLAYED" -> "play";
      case "HEARD" -> "hear";
      case "DELETED" -> "remove";
      default -> throw new IllegalArgumentException("no act on a message: " + action);
    };
  }

  private static ActRow row(Audit line) {
    return new ActRow(
        line.at(),
        line.action(),
        line.subject().value(),
        line.actor(),
        line.address(),
        line.detail());
  }

  private static List<StoredVoicemail> voicemails(List<VoicemailRecord> rows) {
    return rows.stream().map(VoicemailStore::voicemail).toList();
  }

  private static StoredVoicemail voicemail(VoicemailRecord row) {
    Optional<Audio> audio =
        Optional.ofNullable(row.sha256())
            .map(sum -> new Audio(row.bytes(), Duration.ofMillis(row.audioMs()), sum));
    return new StoredVoicemail(
        new VoicemailId(row.voicemailId()),
        new CallId(row.callId()),
        new DeskId(row.deskId()),
        Optional.ofNullable(row.caseId()).map(MissedCaseId::new),
        row.number(),
        row.fileName(),
        row.begunAt(),
        Duration.ofSeconds(row.longestS()),
        new Content(
            row.state(),
            audio,
            Optional.ofNullable(row.transcription()),
            Optional.ofNullable(row.heardAt()),
            Optional.ofNullable(row.heardBy())));
  }
}
