package cti.core.port;

import cti.core.account.Account;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Who may sign in, as administrators change it; every change is an audit line. Methods block; they
 * throw {@link StoreUnavailableException}.
 */
public interface AccountEditing {
  /** Everybody, by user name. */
  List<Listed> accounts();

  /** Adds somebody with a password for one use. */
  Edited add(Account account, String by);

  /**
   * Gives name, role, agent and limits; a change of what they may ends their sessions, and one of
   * role or agent revokes their bridges.
   */
  Edited change(Account account, String by);

  /**
   * A new password for one use; their sessions end, their bridges are revoked and a lock is lifted.
   */
  Edited reset(String user, String by);

  /** Ends their sessions; their bridges go on. */
  Edited endSessions(String user, String by);

  Edited remove(String user, String by);

  /**
   * An account and how it is in use.
   *
   * @param sessions that are stored
   * @param lastUsedAt of those
   * @param lockedUntil after too many wrong passwords
   */
  record Listed(
      Account account, int sessions, Optional<Instant> lastUsedAt, Optional<Instant> lockedUntil) {}

  /** A password that is told once and kept nowhere. */
  record OneTimePassword(String reveal) {
    @Override
    public String toString() {
      return "[REDACTED]";
    }
  }

  /** What came of a change; only {@link Done} and {@link Made} changed anything. */
  sealed interface Edited {
    record Done(Account account) implements Edited {}

    record Made(Account account, OneTimePassword password) implements Edited {}

    record NoSuchUser(String user) implements Edited {}

    record AlreadyThere(String user) implements Edited {}

    /** Without this one nobody could administer. */
    record LastAdmin(String user) implements Edited {}

    record Faulty(String reason) implements Edited {}
  }
}
