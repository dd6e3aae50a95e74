package cti.server.db.supervision;

import cti.core.port.BigScreens;
import cti.server.db.Database;
import cti.server.db.audit.AuditWriter;
import cti.server.db.audit.AuditWriter.Line;
import cti.server.db.supervision.SupervisionMapper.ScreenRow;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** Links for big screens. Blocks; throws StoreUnavailableException. */
public final class BigScreenStore implements BigScreens {
  private final Database database;
  private final AuditWriter audit;
  private final InstantSource clock;

  public BigScreenStore(Database database, AuditWriter audit, InstantSource clock) {
    this.database = database;
    this.audit = audit;
    this.clock = clock;
  }

  @Override
  public Screen add(String title, Shows shows, String tokenHash, Instant expiresAt, String by) {
    ScreenRow row = new ScreenRow();
    row.title = title;
    row.tokenHash = tokenHash;
    row.desks = Desks.words(shows.desks());
    row.agentNames = shows.agentNames();
    row.callerNames = shows.callerNames();
    row.numbers = shows.numbers();
    row.author = by;
    row.createdAt = now();
    row.expiresAt = expiresAt.truncatedTo(ChronoUnit.MICROS);
    return database.with(
        SupervisionMapper.class,
        mapper -> {
          mapper.addScreen(row);
          audit.write(
              mapper,
              new Line(
                  by,
                  "create",
                  "big-screen " + row.screenId,
                  Optional.empty(),
                  Optional.of(facts(row))));
          return screen(row);
        });
  }

  @Override
  public List<Screen> all() {
    return database.with(
        SupervisionMapper.class,
        mapper -> mapper.screens().stream().map(BigScreenStore::screen).toList());
  }

  @Override
  public Optional<Screen> find(String tokenHash) {
    return database.with(
        SupervisionMapper.class,
        mapper -> Optional.ofNullable(mapper.screenOf(tokenHash)).map(BigScreenStore::screen));
  }

  @Override
  public Optional<Screen> one(long id) {
    return database.with(
        SupervisionMapper.class,
        mapper -> Optional.ofNullable(mapper.screen(id)).map(BigScreenStore::screen));
  }

  @Override
  public Optional<Screen> revoke(long id, String by) {
    return database.with(
        SupervisionMapper.class,
        mapper -> {
          ScreenRow row = mapper.lockScreen(id);
          if (row == null || row.revokedAt != null) {
            return Optional.<Screen>empty();
          }
          row.revokedAt = now();
          row.revokedBy = by;
          mapper.revokeScreen(id, row.revokedAt, by);
          audit.write(
              mapper,
              new Line(
                  by, "revoke", "big-screen " + id, Optional.of(facts(row)), Optional.empty()));
          return Optional.of(screen(row));
        });
  }

  @Override
  public void seen(long id, Instant at) {
    database.run(
        SupervisionMapper.class,
        mapper -> mapper.screenSeen(id, at.truncatedTo(ChronoUnit.MICROS)));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private static SequencedMap<String, Object> facts(ScreenRow row) {
    SequencedMap<String, Object> facts = new LinkedHashMap<>();
    facts.put("title", row.title);
    facts.put("desks", row.desks);
    facts.put("agentNames", row.agentNames);
    facts.put("callerNames", row.callerNames);
    facts.put("numbers", row.numbers);
    facts.put("expiresAt", row.expiresAt.toString());
    return facts;
  }

  private static Screen screen(ScreenRow row) {
    return new Screen(
        row.screenId,
        row.title,
        new Shows(Desks.set(row.desks), row.agentNames, row.callerNames, row.numbers),
        row.author,
        row.createdAt,
        row.expiresAt,
        Optional.ofNullable(row.revokedAt),
        Optional.ofNullable(row.revokedBy),
        Optional.ofNullable(row.lastSeenAt));
  }
}
