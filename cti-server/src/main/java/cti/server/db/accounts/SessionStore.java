package cti.server.db.accounts;

import cti.server.config.Secret;
import cti.server.db.Database;
import cti.server.db.accounts.SessionMapper.SessionRow;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Sessions of the web, so that a restart signs nobody out. Only a hash of the token is on record: a
 * copy of the database opens no session. The token is random enough to need no slow hash.
 */
public final class SessionStore {
  private static final int TOKEN_BYTES = 32;

  /** The time of last use is written at most this often. */
  static final Duration TOUCH_EVERY = Duration.ofSeconds(30);

  private final Database database;
  private final Clock clock;
  private final SecureRandom random;
  private final Duration idleLimit;
  private final Duration absoluteLimit;

  /**
   * @param idleLimit a session ends when it was not used for this long; at least a minute
   * @param absoluteLimit a session ends this long after its begin in any case
   */
  public SessionStore(
      Database database,
      Clock clock,
      SecureRandom random,
      Duration idleLimit,
      Duration absoluteLimit) {
    if (idleLimit.compareTo(Duration.ofMinutes(1)) < 0) {
      throw new IllegalArgumentException(
          "idle limit of a session is " + idleLimit + ", expected at least a minute");
    }
    this.database = database;
    this.clock = clock;
    this.random = random;
    this.idleLimit = idleLimit;
    this.absoluteLimit = absoluteLimit;
  }

  /** A session that lasts. */
  public record Session(String userName, Instant createdAt, Instant lastUsedAt) {}

  /** Begins a session of an account; the answer is the token, 43 characters of base64url. */
  public Secret begin(String userName) {
    byte[] bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    Secret token = new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    Instant now = clock.instant();
    database.run(
        SessionMapper.class, mapper -> mapper.add(new SessionRow(hash(token), userName, now, now)));
    return token;
  }

  /** The session of a token, which counts as a use of it; absent where it is over or unknown. */
  public Optional<Session> use(Secret token) {
    String hash = hash(token);
    Instant now = clock.instant();
    return database.with(
        SessionMapper.class,
        mapper -> {
          SessionRow row = mapper.find(hash);
          if (row == null) {
            return Optional.empty();
          }
          if (!row.lastUsedAt().plus(idleLimit).isAfter(now)
              || !row.createdAt().plus(absoluteLimit).isAfter(now)) {
            mapper.delete(hash);
            return Optional.empty();
          }
          if (!row.lastUsedAt().plus(TOUCH_EVERY).isAfter(now)) {
            mapper.touch(hash, now);
          }
          return Optional.of(new Session(row.userName(), row.createdAt(), now));
        });
  }

  /** Ends a session; false where there was none. */
  public boolean end(Secret token) {
    return database.with(SessionMapper.class, mapper -> mapper.delete(hash(token)) > 0);
  }

  /** Ends all sessions of an account, as after a change of password; the number of them. */
  public int endAllOf(String userName) {
    return database.with(SessionMapper.class, mapper -> mapper.deleteOf(userName));
  }

  /** Takes away what is over; to be called now and then. The number of sessions. */
  public int sweep() {
    Instant now = clock.instant();
    return database.with(
        SessionMapper.class,
        mapper -> mapper.deleteExpired(now.minus(idleLimit), now.minus(absoluteLimit)));
  }

  private static String hash(Secret token) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(token.reveal().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
