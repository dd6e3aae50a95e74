package cti.server.web.session;

import cti.core.account.Account;
import cti.core.account.StoredSession;
import cti.core.port.Accounts;
import cti.core.port.Accounts.PasswordChange;
import cti.core.port.SessionStore;
import cti.core.port.SignInTrail;
import cti.core.port.SignInTrail.Line;
import cti.core.port.SignInTrail.What;
import cti.core.port.StoreUnavailableException;
import cti.server.web.http.Fault;
import cti.server.web.http.Problem;
import cti.server.web.http.SessionGate;
import cti.server.web.http.SignedIn;
import cti.server.web.http.StoreThreads;
import cti.server.web.stream.Streams;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.cookie.Cookie;
import io.netty.handler.codec.http.cookie.ServerCookieDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sessions in memory, backed by a store so that they outlive a restart. A session is known by the
 * hash of its token; the token itself is kept nowhere. Thread-safe.
 */
public final class Sessions implements SessionGate, Streams.SessionWatch {
  public static final String COOKIE = "cti_session";
  private static final Logger log = LoggerFactory.getLogger(Sessions.class);
  private static final Duration TOUCH_EVERY = Duration.ofMinutes(1);
  private static final int TOKEN_LENGTH = 43;

  private final SessionRules rules;
  private final InstantSource clock;
  private final Accounts accounts;
  private final SessionStore store;
  private final StoreThreads threads;
  private final SignInTrail trail;
  private final ScheduledExecutorService turns =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("session-ends").daemon().factory());
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Live> live = new ConcurrentHashMap<>();
  private volatile Consumer<String> ended = key -> {};

  /** A session that was begun; the only time that its token is seen. */
  public record Begun(String token, SignedIn who) {}

  private static final class Live {
    volatile Account account;
    final String csrfToken;
    final Instant expiresAt;
    volatile Instant lastUsedAt;
    volatile Instant touchedAt;

    /** The last use that the store knows of. */
    volatile Instant storedAt;

    Live(Account account, String csrfToken, Instant expiresAt, Instant lastUsedAt) {
      this.account = account;
      this.csrfToken = csrfToken;
      this.expiresAt = expiresAt;
      this.lastUsedAt = lastUsedAt;
      this.touchedAt = lastUsedAt;
      this.storedAt = lastUsedAt;
    }
  }

  public Sessions(
      SessionRules rules,
      InstantSource clock,
      Accounts accounts,
      SessionStore store,
      StoreThreads threads,
      SignInTrail trail) {
    this.rules = rules;
    this.clock = clock;
    this.accounts = accounts;
    this.store = store;
    this.threads = threads;
    this.trail = trail;
  }

  /** Looks for sessions that are over from now on, so that each is in the audit log. */
  public void start() {
    turns.scheduleWithFixedDelay(
        () -> inBackground(this::sweep),
        TOUCH_EVERY.toMillis(),
        TOUCH_EVERY.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  public void stop() {
    turns.shutdownNow();
  }

  /** Who is told of a session that somebody ended, by its key. */
  public void onEnded(Consumer<String> listener) {
    ended = listener;
  }

  public SessionRules rules() {
    return rules;
  }

  /** Begins a session; blocks on the store. */
  Begun begin(Account account) {
    byte[] secret = new byte[32];
    random.nextBytes(secret);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    String key = hash(token);
    Instant now = clock.instant();
    Instant expiresAt = now.plus(rules.longest());
    sweep();
    store.save(new StoredSession(key, account.user(), now, now));
    Live session = new Live(account, hash("csrf " + token), expiresAt, now);
    live.put(key, session);
    return new Begun(token, new SignedIn(account, key, session.csrfToken, expiresAt, true));
  }

  /** Ends a session; blocks on the store. */
  void end(String key) {
    live.remove(key);
    ended.accept(key);
    store.delete(key);
  }

  /** Ends the sessions of a user that are in use here; those of the store are ended already. */
  void endAllOf(String user) {
    store.forgetAllOf(user);
    endOthers("", user);
  }

  /**
   * Puts another password in the place of a user's present one; blocks on the stores. After a
   * change their other sessions end and this one goes on as the account now is.
   */
  PasswordChange changePassword(SignedIn who, String current, String next) {
    Live session = live.get(who.sessionKey());
    if (session == null) {
      throw new Fault(Problem.signInNeeded());
    }
    // The store ends every session of theirs: nobody may look for this one before it is back.
    synchronized (session) {
      PasswordChange change = accounts.changePassword(who.account().user(), current, next);
      if (change instanceof PasswordChange.Changed(Account account)) {
        session.account = account;
        endOthers(who.sessionKey(), account.user());
        saveAnew(who.sessionKey(), session);
      }
      return change;
    }
  }

  private void endOthers(String key, String user) {
    live.entrySet().stream()
        .filter(entry -> !entry.getKey().equals(key))
        .filter(entry -> entry.getValue().account.user().equals(user))
        .map(Map.Entry::getKey)
        .toList()
        .forEach(
            other -> {
              live.remove(other);
              ended.accept(other);
            });
  }

  private void saveAnew(String key, Live session) {
    Instant createdAt = session.expiresAt.minus(rules.longest());
    try {
      store.save(new StoredSession(key, session.account.user(), createdAt, session.lastUsedAt));
    } catch (StoreUnavailableException e) {
      // The password is changed, and that must be told; what is lost is staying signed in.
      log.warn("web: user={} must sign in again: {}", session.account.user(), e.getMessage());
    }
  }

  @Override
  public CompletionStage<Optional<SignedIn>> find(HttpHeaders headers) {
    String authorization = headers.get(HttpHeaderNames.AUTHORIZATION);
    if (authorization != null) {
      boolean bearer = authorization.regionMatches(true, 0, "Bearer ", 0, 7);
      return bearer ? find(authorization.substring(7).strip(), false) : nobody();
    }
    for (String header : headers.getAll(HttpHeaderNames.COOKIE)) {
      for (Cookie cookie : ServerCookieDecoder.STRICT.decode(header)) {
        if (cookie.name().equals(COOKIE)) {
          return find(cookie.value(), true);
        }
      }
    }
    return nobody();
  }

  private CompletionStage<Optional<SignedIn>> find(String token, boolean byCookie) {
    if (token.length() != TOKEN_LENGTH) {
      return nobody();
    }
    String key = hash(token);
    Live session = live.get(key);
    if (session != null) {
      return CompletableFuture.completedFuture(inUse(key, session, byCookie));
    }
    return threads
        .run(() -> restore(key, token))
        .thenApply(restored -> restored.flatMap(found -> inUse(key, found, byCookie)));
  }

  /** Finds a session that began before this run of the server. */
  private Optional<Live> restore(String key, String token) {
    Optional<StoredSession> stored = store.find(key);
    if (stored.isEmpty()) {
      return Optional.empty();
    }
    Optional<Account> account = accounts.find(stored.get().user());
    return account.map(
        found ->
            live.computeIfAbsent(
                key,
                unused ->
                    new Live(
                        found,
                        hash("csrf " + token),
                        stored.get().createdAt().plus(rules.longest()),
                        stored.get().lastUsedAt())));
  }

  private Optional<SignedIn> inUse(String key, Live session, boolean byCookie) {
    Instant now = clock.instant();
    if (over(session, now)) {
      forget(key, session);
      return Optional.empty();
    }
    session.lastUsedAt = now;
    if (!session.touchedAt.plus(TOUCH_EVERY).isAfter(now)) {
      session.touchedAt = now;
      inBackground(() -> checkStored(key, session, now));
    }
    return Optional.of(
        new SignedIn(session.account, key, session.csrfToken, session.expiresAt, byCookie));
  }

  /** Somebody else may have taken the account, or its sessions with a new password. */
  private void checkStored(String key, Live session, Instant now) {
    synchronized (session) {
      if (!store.touch(key, now) || accounts.find(session.account.user()).isEmpty()) {
        end(key);
      }
      session.storedAt = now;
    }
  }

  private boolean over(Live session, Instant now) {
    return !session.expiresAt.isAfter(now) || !session.lastUsedAt.plus(rules.idle()).isAfter(now);
  }

  /** Whether the session still lasts; does not count as use. Never blocks. */
  @Override
  public boolean lasts(String key) {
    Live session = live.get(key);
    if (session == null) {
      return false;
    }
    if (over(session, clock.instant())) {
      forget(key, session);
      return false;
    }
    return true;
  }

  /** Notes that the session is in use. Never blocks. */
  @Override
  public void used(String key) {
    Live session = live.get(key);
    if (session != null) {
      inUse(key, session, false);
    }
  }

  private void forget(String key, Live session) {
    live.remove(key);
    inBackground(() -> expire(key, session));
  }

  private void expire(String key, Live session) {
    if (store.delete(key)) {
      expired(session.account.user(), session.expiresAt, session.lastUsedAt);
    }
  }

  /** Ends what is over although nobody asks for it; blocks on the stores. */
  private void sweep() {
    Instant now = clock.instant();
    live.forEach(
        (key, session) -> {
          if (over(session, now)) {
            if (live.remove(key, session)) {
              expire(key, session);
            }
          } else if (session.lastUsedAt.isAfter(session.storedAt.plus(TOUCH_EVERY))) {
            // The store was away: it must not take the session for an idle one.
            checkStored(key, session, session.lastUsedAt);
          }
        });
    // The store hears of a session's use a while later.
    Instant idleSince = now.minus(rules.idle()).minus(TOUCH_EVERY);
    for (StoredSession old : store.deleteOlder(now.minus(rules.longest()), idleSince)) {
      live.remove(old.tokenHash());
      expired(old.user(), old.createdAt().plus(rules.longest()), old.lastUsedAt());
    }
  }

  private void expired(String user, Instant longest, Instant lastUsed) {
    Instant idle = lastUsed.plus(rules.idle());
    Instant end = idle.isBefore(longest) ? idle : longest;
    trail.write(new Line(What.EXPIRED, user, "", Optional.of(end), 0));
    log.info("web: session of user={} expired at {}", user, end);
  }

  private void inBackground(Runnable work) {
    threads
        .run(
            () -> {
              work.run();
              return null;
            })
        .whenComplete(
            (nothing, failure) -> {
              if (failure instanceof StoreUnavailableException || failure instanceof Fault) {
                log.warn("web: session not noted in the store: {}", failure.getMessage());
              } else if (failure != null) {
                log.warn("web: session not noted in the store", failure);
              }
            });
  }

  private static CompletionStage<Optional<SignedIn>> nobody() {
    return CompletableFuture.completedFuture(Optional.empty());
  }

  private static String hash(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
