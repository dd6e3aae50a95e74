package cti.server.db.accounts;

import cti.core.account.StoredSession;
import cti.core.port.SessionStore;
import cti.server.db.Database;
import cti.server.db.accounts.SessionMapper.SessionRow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Sessions of the web, so that a restart signs nobody out. Only a hash of the token is on record: a
 * copy of the database opens no session. An account that is removed takes its sessions along.
 */
public final class WebSessions implements SessionStore {
  private final Database database;

  public WebSessions(Database database) {
    this.database = database;
  }

  /**
   * {@inheritDoc}
   *
   * @throws org.apache.ibatis.exceptions.PersistenceException where there is no such account
   */
  @Override
  public void save(StoredSession session) {
    SessionRow row =
        new SessionRow(
            session.tokenHash(), session.user(), session.createdAt(), session.lastUsedAt());
    database.run(SessionMapper.class, mapper -> mapper.add(row));
  }

  @Override
  public Optional<StoredSession> find(String tokenHash) {
    return Optional.ofNullable(database.with(SessionMapper.class, mapper -> mapper.find(tokenHash)))
        .map(WebSessions::session);
  }

  @Override
  public boolean touch(String tokenHash, Instant lastUsedAt) {
    return database.with(SessionMapper.class, mapper -> mapper.touch(tokenHash, lastUsedAt) > 0);
  }

  @Override
  public boolean delete(String tokenHash) {
    return database.with(SessionMapper.class, mapper -> mapper.delete(tokenHash) > 0);
  }

  @Override
  public List<StoredSession> deleteOlder(Instant createdBefore, Instant lastUsedBefore) {
    return database.with(
        SessionMapper.class,
        mapper ->
            mapper.older(createdBefore, lastUsedBefore).stream()
                .filter(
                    row -> mapper.deleteOlder(row.tokenHash(), createdBefore, lastUsedBefore) > 0)
                .map(WebSessions::session)
                .toList());
  }

  private static StoredSession session(SessionRow row) {
    return new StoredSession(row.tokenHash(), row.userName(), row.createdAt(), row.lastUsedAt());
  }
}
