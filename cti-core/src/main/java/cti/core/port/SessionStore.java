package cti.core.port;

import cti.core.account.StoredSession;
import java.time.Instant;
import java.util.Optional;

/** Where sessions outlive a restart. Methods block; they throw StoreUnavailableException. */
public interface SessionStore {
  void save(StoredSession session);

  Optional<StoredSession> find(String tokenHash);

  /** Notes that the session was in use; false, and nothing changes, where it is gone. */
  boolean touch(String tokenHash, Instant lastUsedAt);

  void delete(String tokenHash);

  /** Deletes what was begun or last used before these times. */
  void deleteOlder(Instant createdBefore, Instant lastUsedBefore);
}
