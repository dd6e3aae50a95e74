package cti.server.db.accounts;

import cti.core.account.Account;
import cti.core.account.Role;
import cti.core.id.AgentId;
import cti.core.id.DeskId;
import cti.core.id.SiteId;
import cti.core.port.AccountEditing;
import cti.server.config.Secret;
import cti.server.db.Database;
import cti.server.db.accounts.AccountMapper.AccountRow;
import cti.server.db.accounts.AccountMapper.BridgeRow;
import cti.server.db.accounts.AccountMapper.FailureRow;
import cti.server.db.accounts.AccountMapper.LimitRow;
import cti.server.db.accounts.AccountMapper.UseRow;
import cti.server.db.audit.AuditWriter;
import cti.server.db.audit.AuditWriter.Line;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Accounts on record, each change with its audit line; passwords never stand in one. */
public final class AccountEditor implements AccountEditing {
  private final Database database;
  private final Clock clock;
  private final AuditWriter audit;
  private final Passwords passwords;

  public AccountEditor(Database database, Clock clock, AuditWriter audit) {
    this.database = database;
    this.clock = clock;
    this.audit = audit;
    this.passwords = new Passwords(new SecureRandom());
  }

  @Override
  public List<Listed> accounts() {
    Instant now = clock.instant();
    return database.with(
        AccountMapper.class,
        mapper -> {
          List<LimitRow> limits = mapper.limits();
          Map<String, UseRow> uses =
              mapper.uses().stream()
                  .collect(Collectors.toMap(UseRow::userName, Function.identity()));
          Map<String, Instant> locked =
              mapper.locked(now).stream()
                  .collect(Collectors.toMap(FailureRow::userName, FailureRow::lockedUntil));
          return mapper.accounts().stream()
              .map(
                  row -> {
                    Optional<UseRow> use = Optional.ofNullable(uses.get(row.userName()));
                    return new Listed(
                        AccountStore.account(row, limits),
                        use.map(UseRow::sessions).orElse(0),
                        use.map(UseRow::lastUsedAt),
                        Optional.ofNullable(locked.get(row.userName())));
                  })
              .toList();
        });
  }

  @Override
  public Edited add(Account account, String by) {
    Optional<String> fault = fault(account);
    if (fault.isPresent()) {
      return new Edited.Faulty(fault.get());
    }
    Secret password = passwords.generate();
    String hash = passwords.hash(password);
    return database.with(
        AccountMapper.class,
        mapper -> {
          if (mapper.lockedAccounts().stream()
              .anyMatch(row -> row.userName().equals(account.user()))) {
            return new Edited.AlreadyThere(account.user());
          }
          AccountStore.add(mapper, account, hash, clock.instant());
          write(
              mapper, by, "create", account.user(), Optional.empty(), Optional.of(facts(account)));
          return new Edited.Made(account, new OneTimePassword(password.reveal()));
        });
  }

  @Override
  public Edited change(Account account, String by) {
    Optional<String> fault = fault(account);
    if (fault.isPresent()) {
      return new Edited.Faulty(fault.get());
    }
    return onRecord(
        account.user(),
        (mapper, row, before) -> {
          if (before.role() == Role.ADMIN && account.role() != Role.ADMIN && lastAdmin(mapper)) {
            return new Edited.LastAdmin(account.user());
          }
          Account after =
              new Account(
                  account.user(),
                  account.name(),
                  account.role(),
                  account.agent(),
                  before.mustChangePassword(),
                  account.limits());
          if (after.equals(before)) {
            return new Edited.Done(after);
          }
          mapper.change(
              new AccountRow(
                  after.user(),
                  after.name(),
                  row.passwordHash(),
                  after.role().name(),
                  after.agent().map(AgentId::value).orElse(null),
                  row.mustChange(),
                  row.createdAt(),
                  clock.instant()));
          mapper.deleteLimits(after.user());
          AccountStore.addLimits(mapper, after);
          // Whoever may do something else signs in again: no session goes on with what was.
          mapper.endSessions(after.user());
          if (after.role() != before.role() || !after.agent().equals(before.agent())) {
            revokeBridges(mapper, after.user(), by);
          }
          write(
              mapper,
              by,
              "change",
              after.user(),
              Optional.of(facts(before)),
              Optional.of(facts(after)));
          return new Edited.Done(after);
        });
  }

  @Override
  public Edited reset(String user, String by) {
    Secret password = passwords.generate();
    String hash = passwords.hash(password);
    return onRecord(
        user,
        (mapper, row, before) -> {
          Instant now = clock.instant();
          mapper.rememberPassword(user, row.passwordHash(), now);
          mapper.resetPassword(user, hash, now);
          mapper.forgetFailures(user);
          mapper.endSessions(user);
          revokeBridges(mapper, user, by);
          write(mapper, by, "reset-password", user, Optional.empty(), Optional.empty());
          return new Edited.Made(before, new OneTimePassword(password.reveal()));
        });
  }

  @Override
  public Edited endSessions(String user, String by) {
    return onRecord(
        user,
        (mapper, row, before) -> {
          int ended = mapper.endSessions(user);
          write(
              mapper,
              by,
              "end-sessions",
              user,
              Optional.of(Map.of("sessions", ended)),
              Optional.of(Map.of("sessions", 0)));
          return new Edited.Done(before);
        });
  }

  @Override
  public Edited remove(String user, String by) {
    return onRecord(
        user,
        (mapper, row, before) -> {
          if (before.role() == Role.ADMIN && lastAdmin(mapper)) {
            return new Edited.LastAdmin(user);
          }
          mapper.delete(user);
          write(mapper, by, "remove", user, Optional.of(facts(before)), Optional.empty());
          return new Edited.Done(before);
        });
  }

  private interface Work {
    Edited on(AccountMapper mapper, AccountRow row, Account before);
  }

  private Edited onRecord(String user, Work work) {
    return database.with(
        AccountMapper.class,
        mapper ->
            mapper.lockedAccounts().stream()
                .filter(row -> row.userName().equals(user))
                .findFirst()
                .map(
                    row ->
                        work.on(
                            mapper,
                            row,
                            AccountStore.account(row, mapper.limitsOf(row.userName()))))
                .orElseGet(() -> new Edited.NoSuchUser(user)));
  }

  /** They were paired by what the account was, and their tokens outlive its sessions. */
  private void revokeBridges(AccountMapper mapper, String user, String by) {
    mapper.deletePairingCode(user);
    List<BridgeRow> bridges = mapper.lockedBridges(user);
    mapper.revokeBridges(user, clock.instant().truncatedTo(ChronoUnit.MICROS));
    audit.write(
        mapper,
        bridges.stream()
            .map(
                row ->
                    new Line(
                        by,
                        "revoke",
                        "bridge " + row.bridgeId(),
                        Optional.of(
                            Map.of(
                                "user", user, "agent", row.agentId(), "computer", row.computer())),
                        Optional.empty()))
            .toList());
  }

  private static boolean lastAdmin(AccountMapper mapper) {
    return mapper.lockedAccounts().stream()
            .filter(row -> row.accountRole().equals(Role.ADMIN.name()))
            .count()
        == 1;
  }

  private static Optional<String> fault(Account account) {
    try {
      AccountStore.check(account);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(e.getMessage());
    }
  }

  private void write(
      AccountMapper mapper,
      String by,
      String action,
      String user,
      Optional<? extends Map<String, ?>> before,
      Optional<? extends Map<String, ?>> after) {
    audit.write(mapper, new Line(by, action, "account " + user, before, after));
  }

  private static SequencedMap<String, Object> facts(Account account) {
    SequencedMap<String, Object> facts = new LinkedHashMap<>();
    facts.put("name", account.name());
    facts.put("role", account.role().name());
    account.agent().ifPresent(agent -> facts.put("agent", agent.value()));
    facts.put("sites", account.limits().sites().stream().map(SiteId::value).sorted().toList());
    facts.put("desks", account.limits().desks().stream().map(DeskId::value).sorted().toList());
    return facts;
  }
}
