package cti.server.web;

import cti.core.account.Account;
import cti.core.account.Limits;
import cti.core.account.PasswordWeakness;
import cti.core.account.Role;
import cti.core.account.StoredSession;
import cti.core.id.AgentId;
import cti.core.id.CallId;
import cti.core.id.DeskId;
import cti.core.id.IncidentId;
import cti.core.id.StaffId;
import cti.core.incident.Incident;
import cti.core.incident.IncidentState;
import cti.core.port.Accounts;
import cti.core.port.CallHistory;
import cti.core.port.CatalogReload;
import cti.core.port.Incidents;
import cti.core.port.Page;
import cti.core.port.SessionStore;
import cti.core.port.StoreUnavailableException;
import java.net.ConnectException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/** Stores in memory that keep the ports' promises, and can be away or slow. */
final class MemoryStores {
  static final String PASSWORD = "correct horse";

  final AccountsInMemory accounts = new AccountsInMemory();
  final SessionsInMemory sessions = new SessionsInMemory();
  final HistoryInMemory history = new HistoryInMemory();
  final MissedCasesInMemory missedCases;
  final IncidentsInMemory incidents;
  final CatalogReload reload = this::reload;
  volatile CatalogReload.Outcome reloaded = new CatalogReload.Outcome.Loaded(5, 12, 13, 200);
  volatile boolean away;
  volatile CountDownLatch gate = new CountDownLatch(0);

  MemoryStores(InstantSource clock) {
    missedCases = new MissedCasesInMemory(clock, this::reach);
    incidents = new IncidentsInMemory(clock);
  }

  private CatalogReload.Outcome reload() {
    reach();
    return reloaded;
  }

  private void reach() {
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailableException("interrupted", e);
    }
    if (away) {
      throw new StoreUnavailableException(
          "connection refused", new ConnectException("secret-host:3306"));
    }
  }

  final class AccountsInMemory implements Accounts {
    private final Map<String, Account> all = new ConcurrentHashMap<>();
    private final Map<String, String> passwords = new ConcurrentHashMap<>();
    volatile Optional<Instant> lockedUntil = Optional.empty();

    AccountsInMemory() {
      add("agent1", "坐席0001", Role.AGENT, "1001");
      add("agent2", "坐席0002", Role.AGENT, "1002");
      add("clerk", "文员0001", Role.AGENT, null);
      add("supervisor", "班长0001", Role.SUPERVISOR, "1009");
      add("admin", "管理员0001", Role.ADMIN, null);
      add("auditor", "审计员0001", Role.AUDITOR, null);
    }

    private void add(String user, String name, Role role, String agent) {
      all.put(
          user, new Account(user, name, role, Optional.ofNullable(agent).map(AgentId::new), false));
      passwords.put(user, PASSWORD);
    }

    /** As a reset does: the password is for one use and every stored session ends. */
    void mustChange(String user) {
      Account old = all.get(user);
      all.put(user, new Account(user, old.name(), old.role(), old.agent(), true));
      sessions.endAllOf(user);
    }

    /** Limits somebody to desks. */
    void limit(String user, Set<DeskId> desks) {
      limit(user, new Limits(Set.of(), desks));
    }

    void limit(String user, Limits limits) {
      all.computeIfPresent(
          user,
          (name, old) -> new Account(user, old.name(), old.role(), old.agent(), false, limits));
    }

    /** Gives somebody another role and another agent. */
    void become(String user, Role role, Optional<AgentId> agent) {
      all.computeIfPresent(
          user,
          (name, old) -> new Account(user, old.name(), role, agent, old.mustChangePassword()));
    }

    void disable(String user) {
      all.remove(user);
    }

    @Override
    public SignIn signIn(String user, String password) {
      reach();
      Account account = all.get(user);
      return account != null && password.equals(passwords.get(user))
          ? new SignIn.Welcome(account)
          : new SignIn.Refused();
    }

    @Override
    public Optional<Account> find(String user) {
      reach();
      return Optional.ofNullable(all.get(user));
    }

    @Override
    public PasswordChange changePassword(String user, String current, String next) {
      reach();
      if (next.equals(current)) {
        return new PasswordChange.Weak(PasswordWeakness.UNCHANGED);
      }
      if (next.length() < PasswordWeakness.LEAST) {
        return new PasswordChange.Weak(PasswordWeakness.TOO_SHORT);
      }
      if (lockedUntil.isPresent()) {
        return new PasswordChange.Locked(lockedUntil.get());
      }
      if (!current.equals(passwords.get(user))) {
        return new PasswordChange.WrongPassword();
      }
      passwords.put(user, next);
      Account changed = all.computeIfPresent(user, (name, old) -> old.withChosenPassword());
      sessions.endAllOf(user);
      return new PasswordChange.Changed(changed);
    }
  }

  final class SessionsInMemory implements SessionStore {
    /** Whose copies were to be let go, in order. */
    final List<String> forgotten = new CopyOnWriteArrayList<>();

    private final Map<String, StoredSession> all = new ConcurrentHashMap<>();

    @Override
    public void save(StoredSession session) {
      reach();
      all.put(session.tokenHash(), session);
    }

    @Override
    public Optional<StoredSession> find(String tokenHash) {
      reach();
      return Optional.ofNullable(all.get(tokenHash));
    }

    @Override
    public boolean touch(String tokenHash, Instant lastUsedAt) {
      reach();
      return all.computeIfPresent(
              tokenHash,
              (hash, old) -> new StoredSession(hash, old.user(), old.createdAt(), lastUsedAt))
          != null;
    }

    void endAllOf(String user) {
      all.values().removeIf(session -> session.user().equals(user));
    }

    @Override
    public void forgetAllOf(String user) {
      forgotten.add(user);
    }

    @Override
    public boolean delete(String tokenHash) {
      reach();
      return all.remove(tokenHash) != null;
    }

    @Override
    public List<StoredSession> deleteOlder(Instant createdBefore, Instant lastUsedBefore) {
      reach();
      return all.values().stream()
          .filter(
              session ->
                  session.createdAt().isBefore(createdBefore)
                      || session.lastUsedAt().isBefore(lastUsedBefore))
          .filter(session -> all.remove(session.tokenHash(), session))
          .toList();
    }

    Map<String, StoredSession> all() {
      return all;
    }
  }

  final class HistoryInMemory implements CallHistory {
    final List<CallRecord> records = new ArrayList<>();
    final List<MissedRow> missed = new ArrayList<>();

    @Override
    public Page<CallRow> calls(CallFilter filter, Optional<Page.Key> after, int limit) {
      reach();
      List<CallRow> rows =
          records.stream()
              .map(CallRecord::row)
              .filter(row -> within(filter.period(), row.startedAt()))
              .filter(row -> filter.desk().isEmpty() || filter.desk().equals(row.desk()))
              .filter(row -> filter.agent().isEmpty() || filter.agent().equals(row.agent()))
              .filter(row -> filter.outcome().isEmpty() || filter.outcome().equals(row.outcome()))
              .filter(row -> row.callingNumber().contains(filter.number().orElse("")))
              .filter(
                  row -> filter.person().isEmpty() || row.matches().contains(filter.person().get()))
              .filter(row -> sees(filter.sight(), row.desk(), row.agent()))
              .toList();
      return page(rows, CallRow::startedAt, row -> row.id().value(), after, limit);
    }

    @Override
    public Optional<CallRecord> call(CallId id, Optional<Sight> sight) {
      reach();
      return records.stream()
          .filter(record -> record.row().id().equals(id))
          .filter(record -> sees(sight, record.row().desk(), record.row().agent()))
          .findFirst();
    }

    @Override
    public Page<MissedRow> missed(
        Period period,
        Optional<DeskId> desk,
        Optional<Sight> sight,
        Optional<Page.Key> after,
        int limit) {
      reach();
      List<MissedRow> rows =
          missed.stream()
              .filter(row -> within(period, row.at()))
              .filter(row -> desk.isEmpty() || desk.equals(row.desk()))
              .filter(row -> sees(sight, row.desk(), Optional.empty()))
              .toList();
      return page(rows, MissedRow::at, row -> row.call().value(), after, limit);
    }

    private static boolean within(Period period, Instant at) {
      return !at.isBefore(period.from()) && at.isBefore(period.to());
    }

    private static boolean sees(
        Optional<Sight> sight, Optional<DeskId> desk, Optional<AgentId> agent) {
      return sight.isEmpty()
          || desk.filter(sight.get().desks()::contains).isPresent()
          || (agent.isPresent() && agent.equals(sight.get().agent()));
    }
  }

  final class IncidentsInMemory implements Incidents {
    private final InstantSource clock;
    private final Map<IncidentId, Incident> all = new LinkedHashMap<>();
    private final Map<String, Draft> drafts = new HashMap<>();
    private final Map<String, IncidentId> byKey = new HashMap<>();

    IncidentsInMemory(InstantSource clock) {
      this.clock = clock;
    }

    @Override
    public synchronized Saved open(Draft draft, String key, String by) {
      reach();
      IncidentId first = byKey.get(key);
      if (first != null) {
        return drafts.get(key).equals(draft)
            ? new Saved.Repeated(all.get(first))
            : new Saved.KeyReused(first);
      }
      IncidentId id = new IncidentId("INC-%04d".formatted(all.size() + 1));
      Instant now = clock.instant();
      Incident incident =
          new Incident(
              id,
              draft.title(),
              draft.description(),
              draft.callerStaff(),
              draft.callerName(),
              draft.callerNumber(),
              draft.department(),
              draft.site(),
              draft.desk(),
              draft.source(),
              draft.service(),
              draft.category(),
              draft.kind(),
              draft.level(),
              draft.solved() ? IncidentState.RESOLVED : IncidentState.NEW,
              draft.owner(),
              draft.solution(),
              now,
              now,
              draft.calls());
      all.put(id, incident);
      drafts.put(key, draft);
      byKey.put(key, id);
      return new Saved.Opened(incident);
    }

    @Override
    public synchronized Optional<Incident> find(IncidentId id) {
      reach();
      return Optional.ofNullable(all.get(id));
    }

    @Override
    public synchronized Page<Incident> list(
        IncidentFilter filter, Optional<Page.Key> after, int limit) {
      reach();
      List<Incident> found =
          all.values().stream()
              .filter(one -> filter.state().isEmpty() || filter.state().get() == one.state())
              .filter(one -> filter.owner().isEmpty() || filter.owner().equals(one.owner()))
              .filter(one -> filter.desk().isEmpty() || filter.desk().equals(one.desk()))
              .filter(
                  one ->
                      filter.call().isEmpty()
                          || one.calls().stream()
                              .anyMatch(link -> link.call().equals(filter.call().get())))
              .filter(one -> one.callerNumber().contains(filter.callerNumber().orElse("")))
              .filter(one -> one.title().contains(filter.text().orElse("")))
              .filter(one -> filter.sight().isEmpty() || filter.sight().get().sees(one))
              .toList();
      return page(found, Incident::createdAt, one -> one.id().value(), after, limit);
    }

    @Override
    public synchronized List<Incident> earlier(List<StaffId> people, String number, int limit) {
      reach();
      return all.values().stream()
          .filter(
              one ->
                  one.callerStaff().filter(people::contains).isPresent()
                      || !number.isEmpty() && one.callerNumber().equals(number))
          .sorted(
              Comparator.comparing((Incident one) -> one.state() == IncidentState.CLOSED)
                  .thenComparing(Comparator.comparing(Incident::createdAt).reversed()))
          .limit(limit)
          .toList();
    }

    @Override
    public synchronized Changed change(IncidentId id, Change change, String by) {
      reach();
      Incident old = all.get(id);
      if (old == null) {
        return new Changed.NoSuchIncident();
      }
      IncidentState next = change.state().orElse(old.state());
      if (old.state() == IncidentState.CLOSED && next != IncidentState.CLOSED) {
        return new Changed.NotAllowed(old.state(), next);
      }
      Incident changed =
          changed(
              old,
              next,
              change.owner().or(old::owner),
              change.solution().orElse(old.solution()),
              old.calls());
      all.put(id, changed);
      return new Changed.Done(changed);
    }

    @Override
    public synchronized Optional<Incident> link(
        IncidentId id, Incident.LinkedCall call, String by) {
      reach();
      Incident old = all.get(id);
      if (old == null) {
        return Optional.empty();
      }
      List<Incident.LinkedCall> calls = new ArrayList<>(old.calls());
      if (!calls.contains(call)) {
        calls.add(call);
      }
      Incident linked = changed(old, old.state(), old.owner(), old.solution(), calls);
      all.put(id, linked);
      return Optional.of(linked);
    }

    private Incident changed(
        Incident old,
        IncidentState state,
        Optional<AgentId> owner,
        String solution,
        List<Incident.LinkedCall> calls) {
      return new Incident(
          old.id(),
          old.title(),
          old.description(),
          old.callerStaff(),
          old.callerName(),
          old.callerNumber(),
          old.department(),
          old.site(),
          old.desk(),
          old.source(),
          old.service(),
          old.category(),
          old.kind(),
          old.level(),
          state,
          owner,
          solution,
          old.createdAt(),
          clock.instant(),
          calls);
    }
  }

  static <T> Page<T> page(
      List<T> rows,
      Function<T, Instant> at,
      Function<T, String> id,
      Optional<Page.Key> after,
      int limit) {
    Comparator<Page.Key> order =
        Comparator.comparing(Page.Key::at).thenComparing(Page.Key::id).reversed();
    Function<T, Page.Key> key = row -> new Page.Key(at.apply(row), id.apply(row));
    List<T> rest =
        rows.stream()
            .sorted(Comparator.comparing(key, order))
            .filter(row -> after.isEmpty() || order.compare(key.apply(row), after.get()) > 0)
            .toList();
    List<T> part = rest.stream().limit(limit).toList();
    return new Page<>(
        part, rest.size() > limit ? Optional.of(key.apply(part.getLast())) : Optional.empty());
  }
}
