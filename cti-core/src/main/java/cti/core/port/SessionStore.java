package cti.core.port;

import cti.core.account.StoredSession;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where sessions outlive a restart. Methods block; they throw StoreUnavailableException. */
public interface SessionStore {
  void save(StoredSession session);

  Optional<StoredSession> find(String tokenHash);

  /** Notes that the session was in use; false, and nothing changes, where it is gone. */
  boolean touch(String tokenHash, Instant lastUsedAt);

  /** False where it was gone already. */
  boolean delete(String tokenHash);

  /**
   * Lets go of copies of a user's sessions, which are ended where they are on record: none of them
   * comes back while that is away. Does not block.
   */
  default void forgetAllOf(String user) {
    // Whoever keeps no copies has nothing to forget.
  }

  /**
   * Deletes what was begun or last used before these times.
   *
   * @return what this call deleted, so that each is told once although several look
   */
  List<StoredSession> deleteOlder(Instant createdBefore, Instant lastUsedBefore);
}
