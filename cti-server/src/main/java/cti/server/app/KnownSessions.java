package cti.server.app;

import cti.core.account.Account;
import cti.core.account.StoredSession;
import cti.core.port.Accounts;
import cti.core.port.SessionStore;
import cti.core.port.StoreUnavailableException;
import cti.server.app.LastGoodCopy.AccountCopy;
import cti.server.app.LastGoodCopy.SessionsCopy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sessions and the accounts behind them, from the database; while that is away, from the last good
 * copy: whoever is signed in stays so, over a restart too. Nobody is let in by the copy: passwords
 * are for the database alone.
 */
final class KnownSessions implements SessionStore {
  private static final Logger log = LoggerFactory.getLogger(KnownSessions.class);
  private static final long GATHER_MILLIS = 1_000;

  private final SessionStore sessions;
  private final Accounts accounts;
  private final LastGoodCopy copy;
  private final Map<String, StoredSession> knownSessions = new ConcurrentHashMap<>();
  private final Map<String, Account> knownAccounts = new ConcurrentHashMap<>();
  private final Semaphore changed = new Semaphore(0);
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread writer;

  KnownSessions(SessionStore sessions, Accounts accounts, LastGoodCopy copy) {
    this.sessions = sessions;
    this.accounts = accounts;
    this.copy = copy;
    SessionsCopy last = copy.sessions();
    last.sessions().forEach(session -> knownSessions.put(session.tokenHash(), session));
    last.accounts().stream()
        .map(AccountCopy::account)
        .forEach(account -> knownAccounts.put(account.user(), account));
    this.writer = Thread.ofPlatform().name("session-copies").daemon().start(this::write);
  }

  @Override
  public void save(StoredSession session) {
    sessions.save(session);
    knownSessions.put(session.tokenHash(), session);
    changed.release();
  }

  @Override
  public Optional<StoredSession> find(String tokenHash) {
    Optional<StoredSession> found;
    try {
      found = sessions.find(tokenHash);
    } catch (StoreUnavailableException away) {
      StoredSession known = knownSessions.get(tokenHash);
      if (known == null) {
        throw away;
      }
      return Optional.of(known);
    }
    note(knownSessions, tokenHash, found);
    return found;
  }

  @Override
  public boolean touch(String tokenHash, Instant lastUsedAt) {
    // While the database is away the session is in use all the same.
    StoredSession known =
        knownSessions.computeIfPresent(
            tokenHash,
            (hash, session) ->
                new StoredSession(hash, session.user(), session.createdAt(), lastUsedAt));
    boolean there = sessions.touch(tokenHash, lastUsedAt);
    if (!there && known != null) {
      knownSessions.remove(tokenHash);
    }
    changed.release();
    return there;
  }

  @Override
  public boolean delete(String tokenHash) {
    knownSessions.remove(tokenHash);
    changed.release();
    return sessions.delete(tokenHash);
  }

  /** The account too: it may be changed or gone. */
  @Override
  public void forgetAllOf(String user) {
    knownSessions.values().removeIf(session -> session.user().equals(user));
    knownAccounts.remove(user);
    sessions.forgetAllOf(user);
    changed.release();
  }

  @Override
  public List<StoredSession> deleteOlder(Instant createdBefore, Instant lastUsedBefore) {
    final List<StoredSession> deleted = sessions.deleteOlder(createdBefore, lastUsedBefore);
    knownSessions
        .values()
        .removeIf(
            session ->
                session.createdAt().isBefore(createdBefore)
                    || session.lastUsedAt().isBefore(lastUsedBefore));
    changed.release();
    return deleted;
  }

  /** The accounts, those of known sessions also while the database is away. */
  Accounts accounts() {
    return new Accounts() {
      @Override
      public SignIn signIn(String user, String password) {
        SignIn outcome = accounts.signIn(user, password);
        if (outcome instanceof SignIn.Welcome(Account account)) {
          note(knownAccounts, account.user(), Optional.of(account));
        }
        return outcome;
      }

      @Override
      public Optional<Account> find(String user) {
        Optional<Account> found;
        try {
          found = accounts.find(user);
        } catch (StoreUnavailableException away) {
          Account known = knownAccounts.get(user);
          if (known == null) {
            throw away;
          }
          return Optional.of(known);
        }
        note(knownAccounts, user, found);
        return found;
      }

      @Override
      public PasswordChange changePassword(String user, String current, String next) {
        PasswordChange change = accounts.changePassword(user, current, next);
        if (change instanceof PasswordChange.Changed(Account account)) {
          knownSessions.values().removeIf(session -> session.user().equals(user));
          note(knownAccounts, user, Optional.of(account));
          changed.release();
        }
        return change;
      }
    };
  }

  private <V> void note(Map<String, V> known, String key, Optional<V> found) {
    V before = found.isPresent() ? known.put(key, found.get()) : known.remove(key);
    if (!Optional.ofNullable(before).equals(found)) {
      changed.release();
    }
  }

  private void write() {
    try {
      do {
        changed.acquire();
        // What follows at once goes out with it.
        closing.await(GATHER_MILLIS, TimeUnit.MILLISECONDS);
        changed.drainPermits();
        List<StoredSession> kept = List.copyOf(knownSessions.values());
        Set<String> users = kept.stream().map(StoredSession::user).collect(Collectors.toSet());
        copy.keep(
            new SessionsCopy(
                kept,
                knownAccounts.values().stream()
                    .filter(account -> users.contains(account.user()))
                    .map(AccountCopy::of)
                    .toList()));
      } while (closing.getCount() > 0);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      log.error("the copies of sessions are no longer kept", e);
    }
  }

  /** Writes what has changed since. */
  void close() throws InterruptedException {
    closing.countDown();
    changed.release();
    writer.join(10_000);
  }
}
