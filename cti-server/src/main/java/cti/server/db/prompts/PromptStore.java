package cti.server.db.prompts;

import cti.core.port.PromptRecords;
import cti.core.port.Prompts;
import cti.core.port.Prompts.Source;
import cti.server.db.Database;
import cti.server.db.audit.AuditWriter;
import cti.server.db.audit.AuditWriter.Line;
import cti.server.db.prompts.PromptMapper.RecordingRow;
import cti.server.db.prompts.PromptMapper.UseRow;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Recordings of prompts in the database. */
public final class PromptStore implements PromptRecords {
  private final Database database;
  private final InstantSource clock;
  private final AuditWriter audit;

  public PromptStore(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
    this.audit = new AuditWriter(clock);
  }

  @Override
  public List<InUse> inUse() {
    return database.with(
        PromptMapper.class, mapper -> mapper.uses().stream().map(PromptStore::inUse).toList());
  }

  @Override
  public List<Recording> played() {
    return database.with(
        PromptMapper.class,
        mapper -> mapper.played().stream().map(PromptStore::recording).toList());
  }

  @Override
  public List<Recording> recordings(String id) {
    return database.with(
        PromptMapper.class,
        mapper -> mapper.recordings(id).stream().map(PromptStore::recording).toList());
  }

  @Override
  public Optional<byte[]> audio(String id, String language, int version) {
    return database.with(
        PromptMapper.class,
        mapper ->
            Optional.ofNullable(mapper.audio(id, language, version))
                .map(PromptMapper.Audio::audio));
  }

  @Override
  public int add(String id, String language, Made made, String by) {
    return database.with(
        PromptMapper.class,
        mapper -> {
          UseRow before = mapper.lockUse(id, language);
          int version = before == null ? 1 : before.lastVersion() + 1;
          Instant now = now();
          RecordingRow row =
              new RecordingRow(
                  id,
                  language,
                  version,
                  made.source().name(),
                  made.fileName().orElse(null),
                  made.wav().length,
                  (int) made.length().toMillis(),
                  made.sha256(),
                  now,
                  by);
          mapper.add(row, made.wav());
          mapper.putUse(new UseRow(id, language, version, version, now, by));
          mapper.drop(id, language, version - KEPT, version);
          audit.write(mapper, line(mapper, "prompt-recorded", before, row, id, language, by));
          return version;
        });
  }

  @Override
  public boolean use(String id, String language, int version, String by) {
    return database.with(
        PromptMapper.class,
        mapper -> {
          UseRow before = mapper.lockUse(id, language);
          RecordingRow row =
              version == Prompts.PLACEHOLDER ? null : mapper.recording(id, language, version);
          if (version != Prompts.PLACEHOLDER && row == null) {
            return false;
          }
          if (version == (before == null ? Prompts.PLACEHOLDER : before.version())) {
            return true;
          }
          mapper.putUse(
              new UseRow(
                  id,
                  language,
                  version,
                  before == null ? Prompts.PLACEHOLDER : before.lastVersion(),
                  now(),
                  by));
          audit.write(mapper, line(mapper, "prompt-chosen", before, row, id, language, by));
          return true;
        });
  }

  private static Line line(
      PromptMapper mapper,
      String action,
      UseRow before,
      RecordingRow after,
      String id,
      String language,
      String by) {
    RecordingRow last = before == null ? null : mapper.recording(id, language, before.version());
    return new Line(
        by,
        action,
        "prompt " + id + "/" + language,
        Optional.of(facts(before == null ? Prompts.PLACEHOLDER : before.version(), last)),
        Optional.of(facts(after == null ? Prompts.PLACEHOLDER : after.version(), after)));
  }

  private static Map<String, Object> facts(int version, RecordingRow row) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("version", version);
    if (row != null) {
      facts.put("source", row.source());
      facts.put("milliseconds", row.audioMs());
      facts.put("sha256", row.sha256());
      if (row.fileName() != null) {
        facts.put("name", row.fileName());
      }
    }
    return facts;
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private static InUse inUse(UseRow row) {
    return new InUse(
        row.promptId(), row.language(), row.version(), row.changedAt(), row.changedBy());
  }

  private static Recording recording(RecordingRow row) {
    return new Recording(
        row.promptId(),
        row.language(),
        row.version(),
        Source.valueOf(row.source()),
        Optional.ofNullable(row.fileName()),
        row.bytes(),
        Duration.ofMillis(row.audioMs()),
        row.sha256(),
        row.madeAt(),
        row.madeBy());
  }
}
