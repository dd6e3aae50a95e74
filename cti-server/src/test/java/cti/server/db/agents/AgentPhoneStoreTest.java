package cti.server.db.agents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.agent.Agent;
import cti.core.id.AgentId;
import cti.core.id.Extension;
import cti.core.port.AgentPhones.Phone;
import cti.core.port.AgentPhones.PinCheck;
import cti.core.port.AgentSettings.Change;
import cti.server.db.Database;
import cti.server.db.ManualClock;
import cti.server.db.OnEveryDatabase;
import cti.server.db.TestDatabase;
import cti.server.db.accounts.Passwords;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class AgentPhoneStoreTest {
  private static final AgentId AGENT = new AgentId("1001");
  private static final Optional<Extension> PHONE = Optional.of(new Extension("8001"));
  private final TestDatabase database;
  private final Database emptied;
  private final ManualClock clock = new ManualClock("2026-11-21T01:02:03.456789Z");
  private final AgentPhoneStore store;

  AgentPhoneStoreTest(TestDatabase database) {
    this.database = database;
    this.emptied = database.emptied();
    this.store = new AgentPhoneStore(emptied, clock, new Passwords(new SecureRandom()));
  }

  @Test
  void aPinIsKeptAsAHashOnly() {
    assertEquals(new Phone(AGENT, Optional.empty(), false), store.phone(AGENT));
    store.save(AGENT, PHONE, Optional.of("4711"), "supervisor");
    assertEquals(List.of(new Phone(AGENT, PHONE, true)), store.load());
    String kept = database.query("SELECT pin_hash FROM agent_phone");
    assertTrue(kept.startsWith("$argon2id$"), kept);
    assertFalse(
        database
            .query("SELECT GROUP_CONCAT(CONCAT(before_it, after_it)) FROM agent_rule_change")
            .contains("4711"));
  }

  @Test
  void aPhoneMayChangeWithoutThePin() {
    store.save(AGENT, PHONE, Optional.of("4711"), "a");
    assertEquals(
        new Phone(AGENT, Optional.empty(), true),
        store.save(AGENT, Optional.empty(), Optional.empty(), "b"));
    assertEquals(PinCheck.RIGHT, store.check(AGENT, "4711"));
    List<Change> changes = new AgentSettingsStore(emptied, clock).changes(10);
    assertEquals("agent-phone 1001", changes.getFirst().subject());
    assertEquals("extension 8001, PIN set", changes.getFirst().before());
    assertEquals("extension none, PIN set", changes.getFirst().after());
    assertEquals("extension 8001, PIN set, new PIN", changes.getLast().after());
  }

  @Test
  void fiveWrongPinsLockForAQuarterOfAnHour() {
    assertEquals(PinCheck.NONE_SET, store.check(AGENT, "4711"));
    store.save(AGENT, PHONE, Optional.of("4711"), "a");
    for (int i = 1; i < AgentPhoneStore.MOST_FAILURES; i++) {
      assertEquals(PinCheck.WRONG, store.check(AGENT, "1111"));
    }
    assertEquals(PinCheck.LOCKED, store.check(AGENT, "1111"));
    assertEquals(PinCheck.LOCKED, store.check(AGENT, "4711"));
    clock.advance(AgentPhoneStore.LOCK.plusSeconds(1));
    assertEquals(PinCheck.RIGHT, store.check(AGENT, "4711"));
  }

  @Test
  void aRightPinBeginsTheCountAnewAndANewOneEndsALock() {
    store.save(AGENT, PHONE, Optional.of("4711"), "a");
    for (int i = 0; i < 4; i++) {
      store.check(AGENT, "1111");
    }
    assertEquals(PinCheck.RIGHT, store.check(AGENT, "4711"));
    for (int i = 0; i < 5; i++) {
      store.check(AGENT, "1111");
    }
    store.save(AGENT, PHONE, Optional.of("0815"), "a");
    assertEquals(PinCheck.RIGHT, store.check(AGENT, "0815"));
  }

  @Test
  void replacingTheAgentsLeavesPhonesAndPins() {
    AgentStore agents = new AgentStore(emptied);
    agents.replace(List.of(new Agent(AGENT, "员工0101", Map.of())));
    store.save(AGENT, PHONE, Optional.of("4711"), "a");
    agents.replace(List.of(new Agent(AGENT, "员工0101", Map.of())));
    assertEquals(PinCheck.RIGHT, store.check(AGENT, "4711"));
  }
}
