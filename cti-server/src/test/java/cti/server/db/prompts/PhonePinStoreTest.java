package cti.server.db.prompts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.port.PhonePins.Check;
import cti.server.db.Database;
import cti.server.db.ManualClock;
import cti.server.db.OnEveryDatabase;
import cti.server.db.TestDatabase;
import cti.server.db.accounts.Passwords;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class PhonePinStoreTest {
  private static final String PIN = "480372";
  private final TestDatabase database;
  private final ManualClock clock = new ManualClock("2026-11-21T01:02:03.456789Z");
  private final PhonePinStore store;

  PhonePinStoreTest(TestDatabase database) {
    this.database = database;
    Database emptied = database.emptied();
    this.store = new PhonePinStore(emptied, clock, new Passwords(new SecureRandom()));
    for (String user : new String[] {"admin", "other"}) {
      database.execute(
          "INSERT INTO account (user_name, display_name, password_hash, account_role, must_change,"
              + " created_at, changed_at) VALUES ('"
              + user
              + "', 'x', 'x', 'ADMIN', FALSE, NOW(), NOW())");
    }
  }

  @Test
  void aPinIsKeptAsAHashAndComesWithANumberThatStays() {
    assertEquals(Optional.empty(), store.find("admin"));
    assertEquals(101, store.set("admin", PIN).number());
    assertEquals(102, store.set("other", PIN).number());
    assertEquals(101, store.set("admin", "135790").number());
    String kept = database.query("SELECT pin_hash FROM account_phone_pin WHERE number = 101");
    assertTrue(kept.startsWith("$argon2id$"), kept);
    assertEquals(new Check.Wrong(), store.check("101", PIN));
    assertEquals(new Check.Right("admin"), store.check("101", "135790"));
    assertEquals(new Check.Right("other"), store.check("102", PIN));
    assertEquals(new Check.Wrong(), store.check("103", PIN));
    assertEquals(new Check.Wrong(), store.check("", PIN));
    String audit = database.query("SELECT GROUP_CONCAT(CONCAT(action, after_json)) FROM audit_log");
    assertTrue(audit.contains("phone-pin-set"), audit);
    assertFalse(audit.contains(PIN), audit);
    assertThrows(IllegalArgumentException.class, () -> store.set("admin", "123456"));
  }

  @Test
  void wrongPinsLockForTwiceAsLongEachTime() {
    store.set("admin", PIN);
    assertEquals(new Check.Wrong(), store.check("101", "1"));
    assertEquals(new Check.Wrong(), store.check("101", "1"));
    assertEquals(new Check.Locked(), store.check("101", "1"));
    assertEquals(new Check.Locked(), store.check("101", PIN));
    assertTrue(store.find("admin").orElseThrow().lockedUntil().isPresent());
    clock.advance(Duration.ofSeconds(61));
    assertEquals(Optional.empty(), store.find("admin").orElseThrow().lockedUntil());
    assertEquals(new Check.Locked(), store.check("101", "1"));
    clock.advance(Duration.ofSeconds(61));
    assertEquals(new Check.Locked(), store.check("101", PIN));
    clock.advance(Duration.ofSeconds(61));
    assertEquals(new Check.Right("admin"), store.check("101", PIN));
    assertEquals(new Check.Wrong(), store.check("101", "1"));
    assertEquals(
        "2", database.query("SELECT COUNT(*) FROM audit_log WHERE action = 'phone-pin-locked'"));
    assertEquals(Duration.ofDays(1), PhonePinStore.lock(1_000));
  }

  @Test
  void aNewPinEndsALockAndOneThatIsTakenAwayIsNoMore() {
    store.set("admin", PIN);
    for (int i = 0; i < 4; i++) {
      store.check("101", "1");
    }
    store.set("admin", "135790");
    assertEquals(new Check.Right("admin"), store.check("101", "135790"));
    store.remove("admin");
    store.remove("admin");
    assertEquals(new Check.Wrong(), store.check("101", "135790"));
    assertEquals(
        "1", database.query("SELECT COUNT(*) FROM audit_log WHERE action = 'phone-pin-removed'"));
  }

  @Test
  void whoIsNoAdministratorAnyMoreIsNotKnownAtThePhone() {
    store.set("admin", PIN);
    database.execute("UPDATE account SET account_role = 'SUPERVISOR' WHERE user_name = 'admin'");
    assertEquals(new Check.Wrong(), store.check("101", PIN));
    database.execute("DELETE FROM account WHERE user_name = 'admin'");
    assertEquals(Optional.empty(), store.find("admin"));
  }
}
