package cti.server.db.accounts;

import cti.core.account.Account;
import cti.core.account.Limits;
import cti.core.account.PasswordWeakness;
import cti.core.account.Role;
import cti.core.id.AgentId;
import cti.core.id.DeskId;
import cti.core.id.SiteId;
import cti.core.port.Accounts;
import cti.server.config.Secret;
import cti.server.db.Database;
import cti.server.db.accounts.AccountMapper.AccountRow;
import cti.server.db.accounts.AccountMapper.FailureRow;
import cti.server.db.accounts.AccountMapper.LimitRow;
import cti.server.db.audit.AuditWriter;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Who may sign in. Passwords are kept as Argon2id hashes; each look at one takes tens of
 * milliseconds and 19 MiB, so callers limit how many they ask for at a time.
 */
public final class AccountStore implements Accounts {
  /** Failures in a row that cost nothing but the time of the hash. */
  static final int FREE_FAILURES = 5;

  static final Duration FIRST_LOCK = Duration.ofSeconds(1);
  static final Duration LONGEST_LOCK = Duration.ofMinutes(15);

  /** Failures are forgotten when none followed for this long. */
  static final Duration FORGET_AFTER = Duration.ofDays(1);

  private static final String SITE = "SITE";
  private static final String DESK = "DESK";
  private static final Pattern USER_NAME = Pattern.compile("[a-z0-9._@-]{1,64}");

  private final Database database;
  private final Clock clock;
  private final Passwords passwords;
  private final AuditWriter audit;

  public AccountStore(Database database, Clock clock, SecureRandom random) {
    this.database = database;
    this.clock = clock;
    this.passwords = new Passwords(random);
    this.audit = new AuditWriter(clock);
  }

  /**
   * {@inheritDoc}
   *
   * <p>After 5 failures in a row for one name each further one locks the name, for 1 s, 2 s, 4 s
   * and so on up to 15 min.
   *
   * @param user upper or lower case
   */
  @Override
  public SignIn signIn(String user, String password) {
    String name = user.strip().toLowerCase(Locale.ROOT);
    // No account can have such a name or password: anybody may know that, and it is not counted.
    if (!USER_NAME.matcher(name).matches() || password.length() > PasswordWeakness.MOST) {
      return new SignIn.Refused();
    }
    return switch (look(name, password)) {
      case Look.Right(AccountRow row) -> {
        database.run(AccountMapper.class, mapper -> mapper.forgetFailures(name));
        yield new SignIn.Welcome(read(row));
      }
      case Look.Wrong(Optional<Instant> lockedUntil) -> new SignIn.Refused(lockedUntil);
      case Look.Locked(Instant until) -> new SignIn.Locked(until);
    };
  }

  /** What came of comparing a password with the one on record. */
  private sealed interface Look {
    record Right(AccountRow row) implements Look {}

    record Wrong(Optional<Instant> lockedUntil) implements Look {}

    record Locked(Instant until) implements Look {}
  }

  /** Compares, unless the name is locked, and counts a failure. */
  private Look look(String name, String password) {
    Instant now = clock.instant();
    Optional<Instant> locked =
        database.with(AccountMapper.class, mapper -> lockedUntil(mapper, name, now));
    if (locked.isPresent()) {
      return new Look.Locked(locked.get());
    }
    AccountRow row = database.with(AccountMapper.class, mapper -> mapper.account(name));
    // Outside a transaction: the hash takes its time, and no connection waits for it.
    if (!passwords.matches(new Secret(password), row == null ? null : row.passwordHash())) {
      return new Look.Wrong(
          database.with(AccountMapper.class, mapper -> countFailure(mapper, name, now)));
    }
    return new Look.Right(row);
  }

  @Override
  public PasswordChange changePassword(String user, String current, String next) {
    Optional<PasswordWeakness> weakness =
        next.equals(current)
            ? Optional.of(PasswordWeakness.UNCHANGED)
            : Passwords.weakness(user, new Secret(next));
    if (weakness.isPresent()) {
      return new PasswordChange.Weak(weakness.get());
    }
    if (current.length() > PasswordWeakness.MOST) {
      return new PasswordChange.WrongPassword();
    }
    return switch (look(user, current)) {
      case Look.Right(AccountRow row) when hadBefore(user, next) ->
          new PasswordChange.Weak(PasswordWeakness.USED_BEFORE);
      case Look.Right(AccountRow row) -> {
        String hash = passwords.hash(new Secret(next));
        yield replacePassword(row, hash)
            ? new PasswordChange.Changed(read(row).withChosenPassword())
            : new PasswordChange.WrongPassword();
      }
      case Look.Wrong _ -> new PasswordChange.WrongPassword();
      case Look.Locked(Instant until) -> new PasswordChange.Locked(until);
    };
  }

  /** One of the last passwords; each look costs a hash, so there are few. */
  private boolean hadBefore(String user, String next) {
    List<String> hashes =
        database.with(
            AccountMapper.class,
            mapper -> mapper.passwordsOf(user, PasswordWeakness.REMEMBERED - 1));
    return hashes.stream().anyMatch(hash -> passwords.matches(new Secret(next), hash));
  }

  /** False where another change came in between: the password that was compared is no longer it. */
  private boolean replacePassword(AccountRow compared, String hash) {
    return database.with(
        AccountMapper.class,
        mapper -> {
          String user = compared.userName();
          Instant now = clock.instant();
          if (mapper.replacePassword(user, compared.passwordHash(), hash, now) == 0) {
            return false;
          }
          mapper.rememberPassword(user, compared.passwordHash(), now);
          mapper.forgetFailures(user);
          mapper.endSessions(user);
          audit.write(
              mapper,
              new AuditWriter.Line(
                  user,
                  "change-password",
                  "account " + user,
                  Optional.empty(),
                  Optional.of(Map.of())));
          return true;
        });
  }

  private static Optional<Instant> lockedUntil(AccountMapper mapper, String user, Instant now) {
    FailureRow failure = mapper.failure(user);
    return failure == null
        ? Optional.empty()
        : Optional.ofNullable(failure.lockedUntil()).filter(until -> until.isAfter(now));
  }

  /** Until when the name is locked now; empty where it is not. */
  private static Optional<Instant> countFailure(AccountMapper mapper, String user, Instant now) {
    mapper.forgetFailuresBefore(now.minus(FORGET_AFTER));
    mapper.countFailure(user, now);
    int failures = mapper.failure(user).failures();
    if (failures <= FREE_FAILURES) {
      return Optional.empty();
    }
    int doublings = Math.min(failures - FREE_FAILURES - 1, 20);
    Duration lock = FIRST_LOCK.multipliedBy(1L << doublings);
    Instant until = now.plus(lock.compareTo(LONGEST_LOCK) < 0 ? lock : LONGEST_LOCK);
    mapper.lockUntil(user, until);
    return Optional.of(until);
  }

  /** All accounts, by user name. */
  public List<Account> load() {
    return database.with(
        AccountMapper.class,
        mapper -> {
          List<LimitRow> limits = mapper.limits();
          return mapper.accounts().stream().map(row -> account(row, limits)).toList();
        });
  }

  @Override
  public Optional<Account> find(String user) {
    return Optional.ofNullable(database.with(AccountMapper.class, mapper -> mapper.account(user)))
        .map(this::read);
  }

  /** With its limits. */
  private Account read(AccountRow row) {
    return account(
        row, database.with(AccountMapper.class, mapper -> mapper.limitsOf(row.userName())));
  }

  /**
   * Makes an account with a password that somebody chose.
   *
   * @throws IllegalArgumentException where the user name is not 1 to 64 of a-z 0-9 . _ - @, the
   *     display name not 1 to 100 characters, or the password not 10 to 200
   * @throws org.apache.ibatis.exceptions.PersistenceException where the name is taken
   */
  public void create(Account account, Secret password) {
    Passwords.check(account.user(), password);
    add(account, password);
  }

  /**
   * Makes an account with a password of ours, which is on record nowhere but in the answer; it is
   * for one use where the account says that it must be changed. Throws as {@link #create}.
   */
  public Secret createWithGenerated(Account account) {
    Secret password = passwords.generate();
    add(account, password);
    return password;
  }

  /**
   * Makes the account {@code admin} where there is no account at all.
   *
   * @param oneTime whether the password must be changed before anything else
   * @return its password, to be shown once; absent where accounts are there
   */
  public Optional<Secret> createFirstAdmin(boolean oneTime) {
    if (!load().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        createWithGenerated(
            new Account("admin", "Administrator", Role.ADMIN, Optional.empty(), oneTime)));
  }

  private void add(Account account, Secret password) {
    check(account);
    String hash = passwords.hash(password);
    database.run(AccountMapper.class, mapper -> add(mapper, account, hash, clock.instant()));
  }

  static void add(AccountMapper mapper, Account account, String hash, Instant now) {
    mapper.add(
        new AccountRow(
            account.user(),
            account.name(),
            hash,
            account.role().name(),
            account.agent().map(AgentId::value).orElse(null),
            account.mustChangePassword(),
            now,
            now));
    addLimits(mapper, account);
  }

  static void addLimits(AccountMapper mapper, Account account) {
    account
        .limits()
        .sites()
        .forEach(site -> mapper.addLimit(new LimitRow(account.user(), SITE, site.value())));
    account
        .limits()
        .desks()
        .forEach(desk -> mapper.addLimit(new LimitRow(account.user(), DESK, desk.value())));
  }

  /**
   * @throws IllegalArgumentException saying what was expected
   */
  static void check(Account account) {
    if (!USER_NAME.matcher(account.user()).matches()) {
      throw new IllegalArgumentException(
          "user name '" + account.user() + "', expected 1 to 64 characters of a-z 0-9 . _ - @");
    }
    if (account.name().isBlank() || account.name().length() > 100) {
      throw new IllegalArgumentException(
          "display name '" + account.name() + "', expected 1 to 100 characters");
    }
    if (!account.limits().none() && !account.role().mayBeLimited()) {
      throw new IllegalArgumentException(
          "limits for the role "
              + account.role().name().toLowerCase(Locale.ROOT)
              + ", expected supervisor or auditor: agents are limited by their seats");
    }
  }

  static Account account(AccountRow row, List<LimitRow> limits) {
    List<LimitRow> own =
        limits.stream().filter(limit -> limit.userName().equals(row.userName())).toList();
    return new Account(
        row.userName(),
        row.displayName(),
        Role.valueOf(row.accountRole()),
        Optional.ofNullable(row.agentId()).map(AgentId::new),
        row.mustChange(),
        new Limits(
            own.stream()
                .filter(limit -> limit.limitKind().equals(SITE))
                .map(limit -> new SiteId(limit.limitId()))
                .collect(Collectors.toSet()),
            own.stream()
                .filter(limit -> limit.limitKind().equals(DESK))
                .map(limit -> new DeskId(limit.limitId()))
                .collect(Collectors.toSet())));
  }
}
