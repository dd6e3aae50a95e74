package cti.server.db.accounts;

import static java.util.stream.Collectors.groupingBy;

import cti.core.id.AgentId;
import cti.server.config.Secret;
import cti.server.db.Database;
import cti.server.db.accounts.AccountMapper.AccountRow;
import cti.server.db.accounts.AccountMapper.FailureRow;
import cti.server.db.accounts.AccountMapper.RoleRow;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who may sign in. Passwords are kept as Argon2id hashes; each look at one takes tens of
 * milliseconds and 19 MiB, so callers limit how many they ask for at a time.
 */
public final class AccountStore {
  /** Failures in a row that cost nothing but the time of the hash. */
  static final int FREE_FAILURES = 5;

  static final Duration FIRST_LOCK = Duration.ofSeconds(1);
  static final Duration LONGEST_LOCK = Duration.ofMinutes(15);

  /** Failures are forgotten when none followed for this long. */
  static final Duration FORGET_AFTER = Duration.ofDays(1);

  private final Database database;
  private final Clock clock;
  private final Passwords passwords;

  public AccountStore(Database database, Clock clock, SecureRandom random) {
    this.database = database;
    this.clock = clock;
    this.passwords = new Passwords(random);
  }

  /**
   * Looks at a password. Takes as long for users that do not exist. After 5 failures in a row for
   * one name each further one locks the name, for 1 s, 2 s, 4 s and so on up to 15 min.
   *
   * @param userName upper or lower case
   */
  public SignIn signIn(String userName, Secret password) {
    String user = userName.strip().toLowerCase(Locale.ROOT);
    if (user.length() > 64 || password.reveal().length() > Passwords.MOST) {
      return new SignIn.Refused();
    }
    Instant now = clock.instant();
    Optional<Instant> locked =
        database.with(AccountMapper.class, mapper -> lockedUntil(mapper, user, now));
    if (locked.isPresent()) {
      return new SignIn.LockedOut(locked.get());
    }
    AccountRow row = database.with(AccountMapper.class, mapper -> mapper.account(user));
    // Outside a transaction: the hash takes its time, and no connection waits for it.
    if (!passwords.matches(password, row == null ? null : row.passwordHash())) {
      database.run(AccountMapper.class, mapper -> countFailure(mapper, user, now));
      return new SignIn.Refused();
    }
    return database.with(
        AccountMapper.class,
        mapper -> {
          mapper.forgetFailures(user);
          return new SignIn.Accepted(account(row, mapper.rolesOf(user)));
        });
  }

  private static Optional<Instant> lockedUntil(AccountMapper mapper, String user, Instant now) {
    FailureRow failure = mapper.failure(user);
    return failure == null
        ? Optional.empty()
        : Optional.ofNullable(failure.lockedUntil()).filter(until -> until.isAfter(now));
  }

  private static void countFailure(AccountMapper mapper, String user, Instant now) {
    mapper.forgetFailuresBefore(now.minus(FORGET_AFTER));
    mapper.countFailure(user, now);
    int failures = mapper.failure(user).failures();
    if (failures > FREE_FAILURES) {
      int doublings = Math.min(failures - FREE_FAILURES - 1, 20);
      Duration lock = FIRST_LOCK.multipliedBy(1L << doublings);
      mapper.lockUntil(user, now.plus(lock.compareTo(LONGEST_LOCK) < 0 ? lock : LONGEST_LOCK));
    }
  }

  /** All accounts, by user name. */
  public List<Account> load() {
    return database.with(
        AccountMapper.class,
        mapper -> {
          Map<String, List<RoleRow>> roles =
              mapper.roles().stream().collect(groupingBy(RoleRow::userName));
          return mapper.accounts().stream()
              .map(row -> account(row, roles.getOrDefault(row.userName(), List.of())))
              .toList();
        });
  }

  public Optional<Account> find(String userName) {
    return database.with(
        AccountMapper.class,
        mapper ->
            Optional.ofNullable(mapper.account(userName))
                .map(row -> account(row, mapper.rolesOf(userName))));
  }

  /**
   * Makes an account with a password that its owner chose.
   *
   * @throws IllegalArgumentException where the password is shorter than 10 or longer than 200
   * @throws org.apache.ibatis.exceptions.PersistenceException where the name is taken
   */
  public void create(Account account, Secret password) {
    Passwords.check(password);
    String hash = passwords.hash(password);
    database.run(AccountMapper.class, mapper -> add(mapper, account, hash));
  }

  /** Makes an account with a password of ours, which is on record nowhere but in the answer. */
  public Secret createWithGenerated(Account account) {
    Secret password = passwords.generate();
    create(account, password);
    return password;
  }

  /**
   * Makes the account {@code admin} where there is no account at all.
   *
   * @return its password, for one use, to be shown once; absent where accounts are there
   */
  public Optional<Secret> createFirstAdmin() {
    if (!load().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        createWithGenerated(
            new Account(
                "admin", "Administrator", Set.of(AccountRole.ADMIN), Optional.empty(), true)));
  }

  /**
   * Gives an account a password that its owner chose. False where there is no such account.
   *
   * @throws IllegalArgumentException where the password is shorter than 10 or longer than 200
   */
  public boolean changePassword(String userName, Secret password) {
    Passwords.check(password);
    return putPassword(userName, password, false);
  }

  /** Gives an account a new password of ours, for one use; absent where there is no account. */
  public Optional<Secret> resetPassword(String userName) {
    Secret password = passwords.generate();
    return putPassword(userName, password, true) ? Optional.of(password) : Optional.empty();
  }

  private boolean putPassword(String userName, Secret password, boolean mustChange) {
    String hash = passwords.hash(password);
    return database.with(
        AccountMapper.class,
        mapper -> {
          mapper.forgetFailures(userName);
          return mapper.changePassword(userName, hash, mustChange, clock.instant()) > 0;
        });
  }

  /** Takes an account and its sessions away; false where there is none. */
  public boolean remove(String userName) {
    return database.with(AccountMapper.class, mapper -> mapper.delete(userName) > 0);
  }

  private void add(AccountMapper mapper, Account account, String hash) {
    Instant now = clock.instant();
    mapper.add(
        new AccountRow(
            account.userName(),
            account.displayName(),
            hash,
            account.agent().map(AgentId::value).orElse(null),
            account.mustChange(),
            now,
            now));
    account.roles().forEach(role -> mapper.addRole(new RoleRow(account.userName(), role.name())));
  }

  private static Account account(AccountRow row, List<RoleRow> roles) {
    return new Account(
        row.userName(),
        row.displayName(),
        roles.stream()
            .map(role -> AccountRole.valueOf(role.accountRole()))
            .collect(Collectors.toSet()),
        Optional.ofNullable(row.agentId()).map(AgentId::new),
        row.mustChange());
  }
}
