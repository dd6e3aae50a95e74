package cti.server.db.routing;

import cti.core.port.VersionRecords;
import cti.core.port.VersionedTexts.Draft;
import cti.core.port.VersionedTexts.Version;
import cti.server.db.Database;
import cti.server.db.audit.AuditWriter;
import cti.server.db.audit.AuditWriter.Line;
import cti.server.db.routing.VersionMapper.DraftRow;
import cti.server.db.routing.VersionMapper.VersionRow;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Versions and drafts of a text on record; who changed what stands in the audit log too. Blocks;
 * throws StoreUnavailableException.
 */
public final class VersionStore implements VersionRecords {
  /** Which text. */
  public enum Kind {
    RULES("routing"),
    FLOW("flow");

    private final String table;

    Kind(String table) {
      this.table = table;
    }
  }

  private final Database database;
  private final InstantSource clock;
  private final AuditWriter audit;
  private final String kind;

  public VersionStore(Database database, InstantSource clock, Kind kind) {
    this.database = database;
    this.clock = clock;
    this.audit = new AuditWriter(clock);
    this.kind = kind.table;
  }

  @Override
  public List<Version> versions() {
    return database.with(
        VersionMapper.class,
        mapper -> mapper.versions(kind).stream().map(VersionStore::version).toList());
  }

  @Override
  public long changes() {
    return database.with(VersionMapper.class, mapper -> mapper.changes(kind));
  }

  @Override
  public boolean add(Version version, Optional<String> draft) {
    return database.with(
        VersionMapper.class,
        mapper -> {
          Integer last = mapper.lockLast(kind);
          if (version.number() != (last == null ? 0 : last) + 1) {
            return false;
          }
          mapper.addVersion(kind, row(version));
          draft.ifPresent(name -> mapper.dropDraft(kind, name));
          audit.write(
              mapper,
              new Line(
                  version.author(),
                  version.restores().isPresent() ? "rollback" : "publish",
                  kind + "-version " + version.number(),
                  Optional.empty(),
                  Optional.of(facts(version, draft))));
          return true;
        });
  }

  private static Map<String, Object> facts(Version version, Optional<String> draft) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("checksum", version.checksum());
    facts.put("comment", version.comment());
    facts.put("activeFrom", version.activeFrom().toString());
    version.basedOn().ifPresent(number -> facts.put("basedOn", number));
    version.restores().ifPresent(number -> facts.put("restores", number));
    draft.ifPresent(name -> facts.put("draft", name));
    return facts;
  }

  @Override
  public boolean withdraw(int version, Instant at, String by) {
    return database.with(
        VersionMapper.class,
        mapper -> {
          boolean done = mapper.withdraw(kind, version, micros(at), by) == 1;
          if (done) {
            told(mapper, by, "withdraw", kind + "-version " + version, Map.of());
          }
          return done;
        });
  }

  @Override
  public List<Draft> drafts() {
    return database.with(
        VersionMapper.class,
        mapper -> mapper.drafts(kind).stream().map(VersionStore::draft).toList());
  }

  @Override
  public Optional<Draft> draft(String name) {
    return database.with(
        VersionMapper.class,
        mapper -> Optional.ofNullable(mapper.draft(kind, name)).map(VersionStore::draft));
  }

  @Override
  public Draft save(String name, String yaml, int revision, int basedOn, String by) {
    return database.with(
        VersionMapper.class,
        mapper -> {
          DraftRow before = mapper.lockDraft(kind, name);
          int seen = before == null ? 0 : before.revision();
          if (seen != revision) {
            return before == null ? new Draft(name, "", basedOn, by, now(), 0) : draft(before);
          }
          DraftRow row =
              new DraftRow(
                  name, yaml, before == null ? basedOn : before.basedOn(), by, now(), seen + 1);
          mapper.putDraft(kind, row);
          told(mapper, by, "change", draftSubject(name), Map.of("revision", row.revision()));
          return draft(row);
        });
  }

  @Override
  public boolean drop(String name, String by) {
    return database.with(
        VersionMapper.class,
        mapper -> {
          boolean done = mapper.dropDraft(kind, name) == 1;
          if (done) {
            told(mapper, by, "remove", draftSubject(name), Map.of());
          }
          return done;
        });
  }

  private String draftSubject(String name) {
    return kind + "-draft " + name;
  }

  private void told(
      VersionMapper mapper, String by, String action, String subject, Map<String, ?> facts) {
    audit.write(mapper, new Line(by, action, subject, Optional.empty(), Optional.of(facts)));
  }

  private Instant now() {
    return micros(clock.instant());
  }

  private static Instant micros(Instant at) {
    return at.truncatedTo(ChronoUnit.MICROS);
  }

  private static Version version(VersionRow row) {
    return new Version(
        row.version(),
        row.yaml(),
        row.checksum(),
        row.author(),
        row.comment(),
        row.publishedAt(),
        row.activeFrom(),
        Optional.ofNullable(row.basedOn()),
        Optional.ofNullable(row.restores()),
        Optional.ofNullable(row.withdrawnAt()));
  }

  private static VersionRow row(Version version) {
    return new VersionRow(
        version.number(),
        version.yaml(),
        version.checksum(),
        version.author(),
        version.comment(),
        micros(version.publishedAt()),
        micros(version.activeFrom()),
        version.basedOn().orElse(null),
        version.restores().orElse(null),
        null,
        null);
  }

  private static Draft draft(DraftRow row) {
    return new Draft(
        row.name(), row.yaml(), row.basedOn(), row.author(), row.changedAt(), row.revision());
  }
}
