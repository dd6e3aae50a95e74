package cti.server.db.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.account.Account;
import cti.core.account.Role;
import cti.core.account.StoredSession;
import cti.core.port.SessionStore;
import cti.server.db.Database;
import cti.server.db.ManualClock;
import cti.server.db.OnEveryDatabase;
import cti.server.db.TestDatabase;
import cti.server.db.audit.AuditWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.ibatis.exceptions.PersistenceException;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class WebSessionsTest {
  private static final Instant BEGIN = Instant.parse("2026-11-21T08:00:00.123456Z");

  private final AccountEditor editor;
  private final SessionStore sessions;

  WebSessionsTest(TestDatabase database) {
    Database emptied = database.emptied();
    ManualClock clock = new ManualClock("2026-11-21T08:00:00Z");
    this.editor = new AccountEditor(emptied, clock, new AuditWriter(clock));
    this.sessions = new WebSessions(emptied);
    editor.add(new Account("agent.0001", "员工0001", Role.AGENT, Optional.empty(), true), "admin");
  }

  private static StoredSession session(char hash, long createdAfter, long usedAfter) {
    return new StoredSession(
        String.valueOf(hash).repeat(64),
        "agent.0001",
        BEGIN.plusSeconds(createdAfter),
        BEGIN.plusSeconds(usedAfter));
  }

  private Optional<StoredSession> stored(StoredSession session) {
    return sessions.find(session.tokenHash());
  }

  @Test
  void aSessionComesBackAsItWasSavedUntilItIsDeleted() {
    StoredSession one = session('1', 0, 0);
    StoredSession other = session('2', 0, 5);
    sessions.save(one);
    sessions.save(other);
    assertEquals(Optional.of(one), stored(one));
    assertEquals(Optional.of(other), stored(other));
    assertEquals(Optional.empty(), stored(session('3', 0, 0)));
    sessions.delete(one.tokenHash());
    sessions.delete(one.tokenHash());
    assertEquals(Optional.empty(), stored(one));
    assertEquals(Optional.of(other), stored(other));
  }

  @Test
  void useIsNotedAndNeverBackwards() {
    StoredSession one = session('1', 0, 0);
    sessions.save(one);
    assertTrue(sessions.touch(one.tokenHash(), BEGIN.plusSeconds(60)));
    assertTrue(sessions.touch(one.tokenHash(), BEGIN.plusSeconds(59)));
    assertFalse(sessions.touch("f".repeat(64), BEGIN.plusSeconds(90)));
    assertEquals(Optional.of(session('1', 0, 60)), stored(one));
    assertEquals(Optional.empty(), stored(session('f', 0, 90)));
  }

  @Test
  void onlyWhatIsOlderIsDeleted() {
    StoredSession begunLongAgo = session('1', 9, 100);
    StoredSession idle = session('2', 20, 29);
    StoredSession atBothBounds = session('3', 10, 30);
    sessions.save(begunLongAgo);
    sessions.save(idle);
    sessions.save(atBothBounds);
    assertEquals(
        Set.of(begunLongAgo, idle),
        Set.copyOf(sessions.deleteOlder(BEGIN.plusSeconds(10), BEGIN.plusSeconds(30))));
    assertEquals(
        List.of(), sessions.deleteOlder(BEGIN.plusSeconds(10), BEGIN.plusSeconds(30)), "told once");
    assertEquals(Optional.empty(), stored(begunLongAgo));
    assertEquals(Optional.empty(), stored(idle));
    assertEquals(Optional.of(atBothBounds), stored(atBothBounds));
  }

  @Test
  void aRemovedAccountTakesItsSessionsAlong() {
    StoredSession one = session('1', 0, 0);
    sessions.save(one);
    editor.remove("agent.0001", "admin");
    assertEquals(Optional.empty(), stored(one));
    assertThrows(PersistenceException.class, () -> sessions.save(one));
  }
}
