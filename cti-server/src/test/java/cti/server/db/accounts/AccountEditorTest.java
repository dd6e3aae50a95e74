package cti.server.db.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.account.Account;
import cti.core.account.Limits;
import cti.core.account.PasswordWeakness;
import cti.core.account.Role;
import cti.core.account.StoredSession;
import cti.core.bridge.Bridge.Computer;
import cti.core.id.AgentId;
import cti.core.id.DeskId;
import cti.core.id.SiteId;
import cti.core.port.AccountEditing.Edited;
import cti.core.port.AccountEditing.Listed;
import cti.core.port.Accounts.PasswordChange.Changed;
import cti.core.port.Accounts.PasswordChange.Weak;
import cti.core.port.Accounts.SignIn.Refused;
import cti.core.port.Accounts.SignIn.Welcome;
import cti.core.port.AuditTrail.Entry;
import cti.server.db.Database;
import cti.server.db.ManualClock;
import cti.server.db.OnEveryDatabase;
import cti.server.db.TestDatabase;
import cti.server.db.audit.AuditStore;
import cti.server.db.audit.AuditWriter;
import cti.server.db.bridges.BridgeStore;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Accounts as administrators change them, each change with its line. */
@OnEveryDatabase
class AccountEditorTest {
  private static final Limits GZ = new Limits(Set.of(new SiteId("gz")), Set.of(new DeskId("mz")));

  private final ManualClock clock = new ManualClock("2026-11-21T08:00:00.123456Z");
  private final Database database;
  private final AccountStore accounts;
  private final AccountEditor editor;
  private final AuditStore audit;

  AccountEditorTest(TestDatabase test) {
    database = test.emptied();
    accounts = new AccountStore(database, clock, new SecureRandom());
    editor = new AccountEditor(database, clock, new AuditWriter(clock));
    audit = new AuditStore(database);
  }

  private static Account account(String user, Role role, Limits limits) {
    return new Account(user, "班长0001", role, Optional.empty(), true, limits);
  }

  private String made(Edited edited) {
    return assertInstanceOf(Edited.Made.class, edited).password().reveal();
  }

  private List<Entry> lines(String user) {
    return audit.entries(Optional.of("account " + user), Optional.empty(), Optional.empty(), 50);
  }

  @Test
  void somebodyComesWithLimitsAndAOneTimePassword() {
    Account lead = account("lead", Role.SUPERVISOR, GZ);
    String password = made(editor.add(lead, "admin"));
    assertEquals(new Welcome(lead), accounts.signIn("lead", password));
    assertEquals(Optional.of(lead), accounts.find("lead"));
    assertEquals(List.of(lead), accounts.load());
    assertEquals(new Edited.AlreadyThere("lead"), editor.add(lead, "admin"));
    Entry line = lines("lead").getFirst();
    assertEquals("create", line.action());
    assertTrue(line.after().orElseThrow().contains("\"sites\":[\"gz\"]"), line.toString());
    assertFalse(line.toString().contains(password), "no password in a line");
    assertInstanceOf(Edited.Faulty.class, editor.add(account("boss", Role.ADMIN, GZ), "admin"));
    assertEquals(Optional.empty(), audit.check().broken());
  }

  @Test
  void aChangeOfWhatTheyMayEndsTheirSessions() {
    Account lead = account("lead", Role.SUPERVISOR, Limits.NONE);
    made(editor.add(lead, "admin"));
    WebSessions sessions = new WebSessions(database);
    sessions.save(new StoredSession("1".repeat(64), "lead", clock.instant(), clock.instant()));
    assertEquals(1, listed("lead").sessions());
    assertEquals(Optional.of(clock.instant()), listed("lead").lastUsedAt());
    Account limited = account("lead", Role.AUDITOR, GZ);
    assertEquals(new Edited.Done(limited), editor.change(limited, "admin"));
    assertEquals(Optional.of(limited), accounts.find("lead"));
    assertEquals(0, listed("lead").sessions());
    assertEquals(2, lines("lead").size());
    // The same again changes nothing, and leaves no line.
    editor.change(limited, "admin");
    assertEquals(2, lines("lead").size());
    assertEquals(new Edited.NoSuchUser("nobody"), editor.reset("nobody", "admin"));
  }

  /** A bridge that was paired, and a code that is on offer. */
  private void bridgeOf(Account agent, String token, BridgeStore bridges) {
    AgentId id = agent.agent().orElseThrow();
    bridges.offer(token, agent.user(), id, clock.instant().plusSeconds(600));
    Computer computer = new Computer("pc-1", "Linux", "0.1.0");
    assertTrue(bridges.pair(token, token, computer, clock.instant()).isPresent());
    bridges.offer(token, agent.user(), id, clock.instant().plusSeconds(600));
    assertTrue(bridges.find(token).isPresent());
  }

  @Test
  void whoeverBecomesAnotherOrIsResetLosesTheirBridges() {
    BridgeStore bridges = new BridgeStore(database, new AuditWriter(clock));
    Account agent = new Account("a1", "坐席0001", Role.AGENT, Optional.of(new AgentId("1001")), true);
    made(editor.add(agent, "admin"));
    bridgeOf(agent, "1".repeat(64), bridges);
    Account renamed = new Account("a1", "坐席1001", Role.AGENT, agent.agent(), true);
    editor.change(renamed, "admin");
    editor.endSessions("a1", "admin");
    assertTrue(bridges.find("1".repeat(64)).isPresent(), "the same agent");
    Account moved = new Account("a1", "坐席1001", Role.AGENT, Optional.of(new AgentId("1002")), true);
    editor.change(moved, "admin");
    assertGone("1".repeat(64), bridges);
    bridgeOf(moved, "2".repeat(64), bridges);
    made(editor.reset("a1", "admin"));
    assertGone("2".repeat(64), bridges);
    bridgeOf(moved, "3".repeat(64), bridges);
    editor.change(new Account("a1", "坐席1001", Role.SUPERVISOR, moved.agent(), true), "admin");
    assertGone("3".repeat(64), bridges);
    long revoked =
        audit.entries(Optional.empty(), Optional.of("admin"), Optional.empty(), 50).stream()
            .filter(line -> line.action().equals("revoke"))
            .count();
    assertEquals(3, revoked);
    assertEquals(Optional.empty(), audit.check().broken());
  }

  private void assertGone(String token, BridgeStore bridges) {
    assertEquals(Optional.empty(), bridges.find(token));
    assertEquals(
        Optional.empty(),
        bridges.pair(token, token, new Computer("pc-2", "Linux", "0.1.0"), clock.instant()),
        "the code on offer");
  }

  private Listed listed(String user) {
    return editor.accounts().stream()
        .filter(one -> one.account().user().equals(user))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aLockShowsAndAResetLiftsIt() {
    String first = made(editor.add(account("lead", Role.SUPERVISOR, Limits.NONE), "admin"));
    for (int i = 0; i <= AccountStore.FREE_FAILURES; i++) {
      accounts.signIn("lead", "wrong horse battery");
    }
    assertTrue(listed("lead").lockedUntil().isPresent());
    String next = made(editor.reset("lead", "admin"));
    assertEquals(Optional.empty(), listed("lead").lockedUntil());
    assertEquals(new Refused(), accounts.signIn("lead", first));
    assertInstanceOf(Welcome.class, accounts.signIn("lead", next));
  }

  @Test
  void theLastAdministratorStays() {
    accounts.createFirstAdmin(false);
    assertEquals(new Edited.LastAdmin("admin"), editor.remove("admin", "admin"));
    assertEquals(
        new Edited.LastAdmin("admin"),
        editor.change(account("admin", Role.AUDITOR, Limits.NONE), "admin"));
    made(editor.add(account("second", Role.ADMIN, Limits.NONE), "admin"));
    assertInstanceOf(Edited.Done.class, editor.remove("admin", "second"));
    assertEquals(Optional.empty(), accounts.find("admin"));
  }

  @Test
  void noneOfTheLastPasswordsIsTakenAgain() {
    String password = made(editor.add(account("lead", Role.SUPERVISOR, Limits.NONE), "admin"));
    String now = password;
    for (int i = 1; i <= PasswordWeakness.REMEMBERED; i++) {
      String next = "correct horse " + i;
      assertInstanceOf(Changed.class, accounts.changePassword("lead", now, next));
      now = next;
      if (i < PasswordWeakness.REMEMBERED) {
        assertEquals(
            new Weak(PasswordWeakness.USED_BEFORE), accounts.changePassword("lead", now, password));
      }
    }
    assertInstanceOf(Changed.class, accounts.changePassword("lead", now, password));
  }
}
