package cti.server.db.routing;

import cti.core.port.Routing.Draft;
import cti.core.port.Routing.Version;
import cti.core.port.RoutingRecords;
import cti.server.db.Database;
import cti.server.db.routing.RoutingMapper.DraftRow;
import cti.server.db.routing.RoutingMapper.VersionRow;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Versions and drafts of the rules on record. Blocks; throws StoreUnavailableException. */
public final class RoutingStore implements RoutingRecords {
  private final Database database;
  private final InstantSource clock;

  public RoutingStore(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  @Override
  public List<Version> versions() {
    return database.with(
        RoutingMapper.class,
        mapper -> mapper.versions().stream().map(RoutingStore::version).toList());
  }

  @Override
  public boolean add(Version version, Optional<String> draft) {
    return database.with(
        RoutingMapper.class,
        mapper -> {
          Integer last = mapper.lockLast();
          if (version.number() != (last == null ? 0 : last) + 1) {
            return false;
          }
          mapper.addVersion(row(version));
          draft.ifPresent(mapper::dropDraft);
          return true;
        });
  }

  @Override
  public boolean withdraw(int version, Instant at, String by) {
    return database.with(
        RoutingMapper.class, mapper -> mapper.withdraw(version, micros(at), by) == 1);
  }

  @Override
  public List<Draft> drafts() {
    return database.with(
        RoutingMapper.class, mapper -> mapper.drafts().stream().map(RoutingStore::draft).toList());
  }

  @Override
  public Optional<Draft> draft(String name) {
    return database.with(
        RoutingMapper.class,
        mapper -> Optional.ofNullable(mapper.draft(name)).map(RoutingStore::draft));
  }

  @Override
  public Draft save(String name, String yaml, int revision, int basedOn, String by) {
    return database.with(
        RoutingMapper.class,
        mapper -> {
          DraftRow before = mapper.lockDraft(name);
          int seen = before == null ? 0 : before.revision();
          if (seen != revision) {
            return before == null ? new Draft(name, "", basedOn, by, now(), 0) : draft(before);
          }
          DraftRow row =
              new DraftRow(
                  name, yaml, before == null ? basedOn : before.basedOn(), by, now(), seen + 1);
          mapper.putDraft(row);
          return draft(row);
        });
  }

  @Override
  public boolean drop(String name) {
    return database.with(RoutingMapper.class, mapper -> mapper.dropDraft(name) == 1);
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
