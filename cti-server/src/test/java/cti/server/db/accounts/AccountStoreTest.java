package cti.server.db.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.account.Account;
import cti.core.account.PasswordWeakness;
import cti.core.account.Role;
import cti.core.account.StoredSession;
import cti.core.id.AgentId;
import cti.core.port.AccountEditing.Edited;
import cti.core.port.Accounts.PasswordChange;
import cti.core.port.Accounts.PasswordChange.Changed;
import cti.core.port.Accounts.PasswordChange.Weak;
import cti.core.port.Accounts.PasswordChange.WrongPassword;
import cti.core.port.Accounts.SignIn.Locked;
import cti.core.port.Accounts.SignIn.Refused;
import cti.core.port.Accounts.SignIn.Welcome;
import cti.core.port.AuditTrail;
import cti.core.port.SignInTrail.Line;
import cti.core.port.SignInTrail.What;
import cti.server.config.Secret;
import cti.server.db.Database;
import cti.server.db.ManualClock;
import cti.server.db.OnEveryDatabase;
import cti.server.db.TestDatabase;
import cti.server.db.audit.AuditStore;
import cti.server.db.audit.AuditWriter;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.ibatis.exceptions.PersistenceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@OnEveryDatabase
class AccountStoreTest {
  private static final Account AGENT =
      new Account("agent.0001", "员工0001", Role.SUPERVISOR, Optional.of(new AgentId("2001")), false);
  private static final String RIGHT = "correct horse 电池";
  private static final String WRONG = "incorrect horse";

  private final ManualClock clock = new ManualClock("2026-11-21T08:00:00.123456Z");
  private final TestDatabase database;
  private final AccountStore accounts;
  private final AccountEditor editor;

  AccountStoreTest(TestDatabase database) {
    this.database = database;
    Database emptied = database.emptied();
    this.accounts = new AccountStore(emptied, clock, new SecureRandom());
    this.editor = new AccountEditor(emptied, clock, new AuditWriter(clock));
  }

  @Test
  void theRightPasswordSignsInWithRoleAndAgent() {
    accounts.create(AGENT, new Secret(RIGHT));
    assertEquals(new Welcome(AGENT), accounts.signIn("agent.0001", RIGHT));
    assertEquals(new Welcome(AGENT), accounts.signIn(" Agent.0001", RIGHT));
    assertInstanceOf(Refused.class, accounts.signIn("agent.0001", WRONG));
    assertInstanceOf(Refused.class, accounts.signIn("nobody", RIGHT));
    assertEquals(List.of(AGENT), accounts.load());
    assertEquals(Optional.of(AGENT), accounts.find("agent.0001"));
    assertTrue(
        database.query("SELECT password_hash FROM account").startsWith("$argon2id$"),
        "only a hash is on record");
  }

  @Test
  void aTakenNameIsRefused() {
    accounts.create(AGENT, new Secret(RIGHT));
    assertThrows(PersistenceException.class, () -> accounts.create(AGENT, new Secret(WRONG)));
    assertEquals(new Welcome(AGENT), accounts.signIn("agent.0001", RIGHT));
  }

  @ParameterizedTest
  @ValueSource(strings = {"agent.0001", "nobody"})
  void failuresInARowLockTheNameForEverLonger(String name) {
    accounts.create(AGENT, new Secret(RIGHT));
    for (int i = 0; i < AccountStore.FREE_FAILURES; i++) {
      assertEquals(new Refused(), accounts.signIn(name, WRONG));
    }
    assertEquals(
        new Refused(Optional.of(clock.instant().plusSeconds(1))), accounts.signIn(name, WRONG));
    Locked locked = assertInstanceOf(Locked.class, accounts.signIn(name, RIGHT));
    assertEquals(clock.instant().plusSeconds(1), locked.until());
    for (long seconds : new long[] {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900}) {
      Locked again = assertInstanceOf(Locked.class, accounts.signIn(name, WRONG));
      assertEquals(clock.instant().plusSeconds(seconds), again.until());
      clock.advance(Duration.ofSeconds(seconds));
      assertInstanceOf(Refused.class, accounts.signIn(name, WRONG));
    }
  }

  /**
   * A name that is not there costs a hash like one that is; without it the refusal would come some
   * fifty times sooner, and tell who has an account.
   */
  @Test
  void anUnknownNameIsRefusedNoSoonerThanAKnownOne() {
    accounts.create(AGENT, new Secret(RIGHT));
    long[] known = new long[AccountStore.FREE_FAILURES];
    long[] unknown = new long[AccountStore.FREE_FAILURES];
    for (int i = 0; i < AccountStore.FREE_FAILURES; i++) {
      known[i] = nanosOfARefusal("agent.0001");
      unknown[i] = nanosOfARefusal("nobody");
    }
    Arrays.sort(known);
    Arrays.sort(unknown);
    long one = known[known.length / 2];
    long other = unknown[unknown.length / 2];
    assertTrue(
        other > one / 3 && one > other / 3,
        "known " + one / 1_000 + " us, unknown " + other / 1_000 + " us");
  }

  private long nanosOfARefusal(String name) {
    long begin = System.nanoTime();
    assertInstanceOf(Refused.class, accounts.signIn(name, WRONG));
    return System.nanoTime() - begin;
  }

  @Test
  void successAndTimeForgetFailures() {
    accounts.create(AGENT, new Secret(RIGHT));
    for (int i = 0; i <= AccountStore.FREE_FAILURES; i++) {
      accounts.signIn("agent.0001", WRONG);
      accounts.signIn("nobody", WRONG);
    }
    clock.advance(Duration.ofSeconds(1));
    assertEquals(new Welcome(AGENT), accounts.signIn("agent.0001", RIGHT));
    assertInstanceOf(Refused.class, accounts.signIn("agent.0001", WRONG));
    assertEquals(new Welcome(AGENT), accounts.signIn("agent.0001", RIGHT));
    assertEquals("1", database.query("SELECT COUNT(*) FROM sign_in_failure"));
    clock.advance(Duration.ofDays(2));
    accounts.signIn("agent.0001", WRONG);
    assertEquals("agent.0001", database.query("SELECT user_name FROM sign_in_failure"));
  }

  @Test
  void theFirstAdminIsMadeOnce() {
    String password = accounts.createFirstAdmin(true).orElseThrow().reveal();
    Account admin = new Account("admin", "Administrator", Role.ADMIN, Optional.empty(), true);
    Account after = admin.withChosenPassword();
    assertEquals(new Welcome(admin), accounts.signIn("admin", password));
    assertEquals(Optional.empty(), accounts.createFirstAdmin(true));
    assertEquals(new Changed(after), accounts.changePassword("admin", password, RIGHT));
    assertInstanceOf(Refused.class, accounts.signIn("admin", password));
    assertEquals(new Welcome(after), accounts.signIn("admin", RIGHT));
    assertEquals(Optional.of(after), accounts.find("admin"));
  }

  @Test
  void theAdminOfASampleKeepsTheGeneratedPassword() {
    String password = accounts.createFirstAdmin(false).orElseThrow().reveal();
    assertEquals(
        new Welcome(new Account("admin", "Administrator", Role.ADMIN, Optional.empty(), false)),
        accounts.signIn("admin", password));
  }

  @Test
  void onlyTheRightPasswordIsReplacedAndOnlyByAGoodOne() {
    accounts.create(AGENT, new Secret(RIGHT));
    assertEquals(new WrongPassword(), accounts.changePassword("agent.0001", WRONG, "x".repeat(10)));
    assertEquals(
        new WrongPassword(),
        accounts.changePassword("agent.0001", "x".repeat(10_000), "y".repeat(10)));
    Object[][] rows = {
      {"x".repeat(9), PasswordWeakness.TOO_SHORT},
      {"", PasswordWeakness.TOO_SHORT},
      {"x".repeat(201), PasswordWeakness.TOO_LONG},
      {RIGHT, PasswordWeakness.UNCHANGED},
      {"Agent.0001", PasswordWeakness.IS_USER_NAME},
    };
    for (Object[] row : rows) {
      assertEquals(
          new Weak((PasswordWeakness) row[1]),
          accounts.changePassword("agent.0001", RIGHT, (String) row[0]));
    }
    assertEquals(new Welcome(AGENT), accounts.signIn("agent.0001", RIGHT));
    assertEquals(new WrongPassword(), accounts.changePassword("nobody", RIGHT, WRONG));
    for (String good : new String[] {"x".repeat(10), "电".repeat(200)}) {
      String before = good.length() == 10 ? RIGHT : "x".repeat(10);
      assertEquals(new Changed(AGENT), accounts.changePassword("agent.0001", before, good));
      assertEquals(new Welcome(AGENT), accounts.signIn("agent.0001", good));
    }
  }

  @Test
  void wrongPresentPasswordsCountAsFailedSignInsDo() {
    accounts.create(AGENT, new Secret(RIGHT));
    String next = "another horse";
    for (int i = 0; i < AccountStore.FREE_FAILURES; i++) {
      assertEquals(new WrongPassword(), accounts.changePassword("agent.0001", WRONG, next));
    }
    assertInstanceOf(Refused.class, accounts.signIn("agent.0001", WRONG));
    assertEquals(
        new PasswordChange.Locked(clock.instant().plusSeconds(1)),
        accounts.changePassword("agent.0001", RIGHT, next));
    clock.advance(Duration.ofSeconds(1));
    assertEquals(new Changed(AGENT), accounts.changePassword("agent.0001", RIGHT, next));
    assertEquals("0", database.query("SELECT COUNT(*) FROM sign_in_failure"));
  }

  @Test
  void aGeneratedPasswordIsOfItsOwnEachTime() {
    Secret first = accounts.createWithGenerated(AGENT);
    assertEquals(new Welcome(AGENT), accounts.signIn("agent.0001", first.reveal()));
    String second =
        assertInstanceOf(Edited.Made.class, editor.reset("agent.0001", "admin"))
            .password()
            .reveal();
    assertNotEquals(first.reveal(), second);
    assertInstanceOf(Refused.class, accounts.signIn("agent.0001", first.reveal()));
    Account forOneUse = new Account(AGENT.user(), AGENT.name(), AGENT.role(), AGENT.agent(), true);
    assertEquals(new Welcome(forOneUse), accounts.signIn("agent.0001", second));
  }

  @Test
  void aNewPasswordEndsTheStoredSessions() {
    accounts.create(AGENT, new Secret(RIGHT));
    WebSessions sessions = new WebSessions(database.open());
    StoredSession session =
        new StoredSession("ab".repeat(32), "agent.0001", clock.instant(), clock.instant());
    sessions.save(session);
    assertEquals(new WrongPassword(), accounts.changePassword("agent.0001", "not this", WRONG));
    assertEquals(Optional.of(session), sessions.find(session.tokenHash()));
    assertEquals(new Changed(AGENT), accounts.changePassword("agent.0001", RIGHT, WRONG));
    assertEquals(Optional.empty(), sessions.find(session.tokenHash()));
    sessions.save(session);
    editor.reset("agent.0001", "admin");
    assertEquals(Optional.empty(), sessions.find(session.tokenHash()));
  }

  @Test
  void aRemovedAccountSignsInNoMore() {
    accounts.create(AGENT, new Secret(RIGHT));
    assertEquals(new Edited.Done(AGENT), editor.remove("agent.0001", "admin"));
    assertEquals(new Edited.NoSuchUser("agent.0001"), editor.remove("agent.0001", "admin"));
    assertInstanceOf(Refused.class, accounts.signIn("agent.0001", RIGHT));
  }

  @Test
  void badNamesAndPasswordsAreRefused() {
    assertEquals(
        "the password has 5 characters, expected 10 to 200",
        assertThrows(
                IllegalArgumentException.class, () -> accounts.create(AGENT, new Secret("short")))
            .getMessage());
    assertEquals(
        "user name 'Ä', expected 1 to 64 characters of a-z 0-9 . _ - @",
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    accounts.createWithGenerated(
                        new Account("Ä", "x", Role.AGENT, Optional.empty(), true)))
            .getMessage());
    assertEquals(
        "display name ' ', expected 1 to 100 characters",
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    accounts.createWithGenerated(
                        new Account("a", " ", Role.AGENT, Optional.empty(), true)))
            .getMessage());
    assertInstanceOf(Refused.class, accounts.signIn("x".repeat(10_000), RIGHT));
    assertInstanceOf(Refused.class, accounts.signIn("agent.0001", "x".repeat(10_000)));
    assertInstanceOf(Refused.class, accounts.signIn("", RIGHT));
    assertInstanceOf(Refused.class, accounts.signIn("x\0\ud800' OR 1=1", RIGHT));
    assertEquals("0", database.query("SELECT COUNT(*) FROM sign_in_failure"));
  }

  @Test
  void signInsAreLinesOfTheChainedAuditLogFoundByTheirKind() {
    Database emptied = database.emptied();
    SignInStore trail = new SignInStore(emptied, new AuditWriter(clock));
    trail.write(new Line(What.SIGNED_IN, "agent.0001", "192.0.2.7", Optional.empty(), 0));
    trail.write(new Line(What.REFUSED, "'; -- 谁", "192.0.2.8", Optional.empty(), 0));
    trail.write(new Line(What.LOCKED, "agent.0001", "192.0.2.8", Optional.of(clock.instant()), 0));
    trail.write(new Line(What.LEFT_OUT, "", "", Optional.of(clock.instant()), 17));
    trail.write(new Line(What.SIGNED_OUT, "agent.0001", "192.0.2.7", Optional.empty(), 0));
    AuditStore audit = new AuditStore(emptied);
    List<AuditTrail.Entry> all =
        audit.entries(Optional.of("sign-in"), Optional.empty(), Optional.empty(), 10);
    assertEquals(
        List.of(
            "agent.0001 sign-out sign-in agent.0001 {\"address\":\"192.0.2.7\"}",
            "system:sign-in sign-in-left-out sign-in * {\"until\":\"2026-11-21T08:00:00.123456Z\","
                + "\"leftOut\":17}",
            "agent.0001 sign-in-locked sign-in agent.0001 {\"address\":\"192.0.2.8\",\"until\":"
                + "\"2026-11-21T08:00:00.123456Z\"}",
            "'; -- 谁 sign-in-refused sign-in '; -- 谁 {\"address\":\"192.0.2.8\"}",
            "agent.0001 sign-in sign-in agent.0001 {\"address\":\"192.0.2.7\"}"),
        all.stream()
            .map(
                entry ->
                    entry.account()
                        + " "
                        + entry.action()
                        + " "
                        + entry.subject()
                        + " "
                        + entry.after().orElseThrow())
            .toList());
    assertEquals(
        3, audit.entries(Optional.empty(), Optional.of("agent.0001"), Optional.empty(), 10).size());
    assertTrue(audit.check().broken().isEmpty());
    assertEquals(5, audit.check().lines());
  }
}
