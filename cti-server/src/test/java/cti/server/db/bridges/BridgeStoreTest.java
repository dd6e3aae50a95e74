package cti.server.db.bridges;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.bridge.Bridge;
import cti.core.bridge.Bridge.Computer;
import cti.core.id.AgentId;
import cti.core.id.BridgeId;
import cti.core.port.AuditTrail.Entry;
import cti.server.db.Database;
import cti.server.db.ManualClock;
import cti.server.db.OnEveryDatabase;
import cti.server.db.TestDatabase;
import cti.server.db.audit.AuditStore;
import cti.server.db.audit.AuditWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class BridgeStoreTest {
  private static final AgentId AGENT = new AgentId("1001");
  private static final Computer COMPUTER = new Computer("pc-1", "Linux 6.1", "0.1.0");
  private static final String CODE = "c".repeat(64);
  private static final String TOKEN = "d".repeat(64);
  private final ManualClock clock = new ManualClock("2026-11-21T01:02:03.456789Z");
  private final Instant now = clock.instant();
  private final TestDatabase database;
  private final Database emptied;
  private final BridgeStore store;

  BridgeStoreTest(TestDatabase database) {
    this.database = database;
    this.emptied = database.emptied();
    this.store = new BridgeStore(emptied, new AuditWriter(clock));
    database.execute(
        "INSERT INTO account (user_name, display_name, password_hash, account_role, agent_id,"
            + " must_change, created_at, changed_at) VALUES ('agent1', '坐席0001', 'x', 'AGENT',"
            + " '1001', FALSE, NOW(6), NOW(6))");
  }

  private Bridge paired() {
    store.offer(CODE, "agent1", AGENT, now.plusSeconds(600));
    return store.pair(CODE, TOKEN, COMPUTER, now).orElseThrow();
  }

  @Test
  void aCodeIsTakenOnceAndLeavesAnAuditLine() {
    Bridge bridge = paired();
    assertEquals(
        new Bridge(bridge.id(), "agent1", AGENT, COMPUTER, now, now, Optional.empty()), bridge);
    assertEquals(Optional.empty(), store.pair(CODE, "e".repeat(64), COMPUTER, now));
    assertEquals(Optional.of(bridge), store.find(TOKEN));
    assertEquals(Optional.empty(), store.find("e".repeat(64)));
    Entry line =
        new AuditStore(emptied)
            .entries(Optional.of("bridge " + bridge.id()), Optional.empty(), Optional.empty(), 9)
            .getFirst();
    assertEquals("pair agent1", line.action() + " " + line.account());
  }

  @Test
  void aCodeThatIsTooOldOrReplacedIsWorthNothing() {
    store.offer(CODE, "agent1", AGENT, now.plusSeconds(600));
    assertEquals(Optional.empty(), store.pair(CODE, TOKEN, COMPUTER, now.plusSeconds(600)));
    store.offer(CODE, "agent1", AGENT, now.plusSeconds(600));
    store.offer("f".repeat(64), "agent1", AGENT, now.plusSeconds(600));
    assertEquals(Optional.empty(), store.pair(CODE, TOKEN, COMPUTER, now));
    assertTrue(store.pair("f".repeat(64), TOKEN, COMPUTER, now).isPresent());
  }

  @Test
  void aRevokedBridgeIsFoundNoMore() {
    Bridge bridge = paired();
    assertTrue(store.seen(bridge.id(), now.plus(Duration.ofMinutes(2))));
    assertEquals(now.plus(Duration.ofMinutes(2)), store.find(TOKEN).orElseThrow().lastSeenAt());
    assertTrue(store.revoke(bridge.id(), "admin", now));
    assertFalse(store.revoke(bridge.id(), "admin", now), "twice");
    assertFalse(store.revoke(new BridgeId("999"), "admin", now), "nobody");
    assertEquals(Optional.empty(), store.find(TOKEN));
    assertFalse(store.seen(bridge.id(), now));
    assertEquals(List.of(), store.paired());
    Entry line =
        new AuditStore(emptied)
            .entries(Optional.empty(), Optional.of("admin"), Optional.empty(), 9)
            .getFirst();
    assertEquals("revoke bridge " + bridge.id(), line.action() + " " + line.subject());
  }

  @Test
  void anAccountTakesItsBridgesAlong() {
    paired();
    store.offer(CODE, "agent1", AGENT, now.plusSeconds(600));
    database.execute("DELETE FROM account WHERE user_name = 'agent1'");
    assertEquals(List.of(), store.paired());
    assertEquals("0", database.query("SELECT COUNT(*) FROM bridge_code"));
  }
}
