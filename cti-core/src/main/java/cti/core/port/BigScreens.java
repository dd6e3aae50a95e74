package cti.core.port;

import cti.core.id.DeskId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Links for big screens, known by the hash of their token. Methods block; they throw
 * StoreUnavailableException. Each change has a line in the audit log.
 */
public interface BigScreens {
  /**
   * What a screen shows, and nothing else.
   *
   * @param agentNames whether agents are shown by name
   * @param callerNames whether callers who wait are shown by name
   * @param numbers whether they are shown by number
   */
  record Shows(Set<DeskId> desks, boolean agentNames, boolean callerNames, boolean numbers) {
    public Shows {
      desks = Set.copyOf(desks);
    }
  }

  /**
   * A link.
   *
   * @param lastSeen when a screen was last at it; empty for never
   */
  record Screen(
      long id,
      String title,
      Shows shows,
      String by,
      Instant createdAt,
      Instant expiresAt,
      Optional<Instant> revokedAt,
      Optional<String> revokedBy,
      Optional<Instant> lastSeen) {
    public boolean lasts(Instant now) {
      return revokedAt.isEmpty() && now.isBefore(expiresAt);
    }
  }

  Screen add(String title, Shows shows, String tokenHash, Instant expiresAt, String by);

  /** Newest first; at most 200. */
  List<Screen> all();

  Optional<Screen> find(String tokenHash);

  Optional<Screen> one(long id);

  /** Empty where there is no such link, or it was revoked before. */
  Optional<Screen> revoke(long id, String by);

  void seen(long id, Instant at);
}
