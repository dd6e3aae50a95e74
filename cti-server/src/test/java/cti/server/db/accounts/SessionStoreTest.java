package cti.server.db.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.server.config.Secret;
import cti.server.db.Database;
import cti.server.db.ManualClock;
import cti.server.db.OnEveryDatabase;
import cti.server.db.TestDatabase;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class SessionStoreTest {
  private static final Duration IDLE = Duration.ofMinutes(30);
  private static final Duration ABSOLUTE = Duration.ofHours(2);

  private final ManualClock clock = new ManualClock("2026-11-21T08:00:00Z");
  private final TestDatabase database;
  private final AccountStore accounts;
  private final SessionStore sessions;

  SessionStoreTest(TestDatabase database) {
    this.database = database;
    Database emptied = database.emptied();
    this.accounts = new AccountStore(emptied, clock, new SecureRandom());
    this.sessions = new SessionStore(emptied, clock, new SecureRandom(), IDLE, ABSOLUTE);
    accounts.createWithGenerated(
        new Account("agent.0001", "员工0001", Set.of(AccountRole.AGENT), Optional.empty(), false));
  }

  private Optional<String> userOf(Secret token) {
    return sessions.use(token).map(SessionStore.Session::userName);
  }

  @Test
  void aTokenOpensItsSessionUntilItEnds() {
    Secret token = sessions.begin("agent.0001");
    assertEquals(43, token.reveal().length());
    assertNotEquals(token, sessions.begin("agent.0001"));
    assertEquals(Optional.of("agent.0001"), userOf(token));
    assertEquals(Optional.empty(), userOf(new Secret(token.reveal() + "x")));
    assertTrue(sessions.end(token));
    assertFalse(sessions.end(token));
    assertEquals(Optional.empty(), userOf(token));
    assertFalse(
        database.query("SELECT token_hash FROM web_session").contains(token.reveal()),
        "the token itself is on record nowhere");
  }

  @Test
  void useKeepsASessionUntilItsAbsoluteEnd() {
    Secret token = sessions.begin("agent.0001");
    for (int i = 0; i < 4; i++) {
      clock.advance(IDLE.minusSeconds(1));
      assertEquals(Optional.of("agent.0001"), userOf(token), "use " + i);
    }
    clock.advance(Duration.ofSeconds(4));
    assertEquals(Optional.empty(), userOf(token));
    assertEquals("0", database.query("SELECT COUNT(*) FROM web_session"));
  }

  @Test
  void anIdleSessionEnds() {
    Secret token = sessions.begin("agent.0001");
    clock.advance(IDLE);
    assertEquals(Optional.empty(), userOf(token));
  }

  @Test
  void theSweepTakesWhatIsOver() {
    sessions.begin("agent.0001");
    clock.advance(IDLE.minusSeconds(1));
    Secret young = sessions.begin("agent.0001");
    assertEquals(0, sessions.sweep());
    clock.advance(Duration.ofSeconds(1));
    assertEquals(1, sessions.sweep());
    assertEquals(Optional.of("agent.0001"), userOf(young));
    assertEquals(1, sessions.endAllOf("agent.0001"));
    assertEquals(Optional.empty(), userOf(young));
  }

  @Test
  void aRemovedAccountTakesItsSessionsAlong() {
    Secret token = sessions.begin("agent.0001");
    accounts.remove("agent.0001");
    assertEquals(Optional.empty(), userOf(token));
  }
}
