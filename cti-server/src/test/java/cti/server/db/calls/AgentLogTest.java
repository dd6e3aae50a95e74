package cti.server.db.calls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cti.core.agent.AgentState;
import cti.core.call.RingOutcome;
import cti.core.event.AgentEvent;
import cti.core.event.AgentEvent.AgentAnswerFound;
import cti.core.event.AgentEvent.AgentDeskReadiness;
import cti.core.event.AgentEvent.AgentNotReady;
import cti.core.event.AgentEvent.AgentPauseOverdue;
import cti.core.event.AgentEvent.AgentRingMissed;
import cti.core.event.AgentEvent.AgentStatePending;
import cti.core.event.AgentEvent.AgentTakenOver;
import cti.core.event.AgentEvent.AgentWrapUpExtended;
import cti.core.id.AgentId;
import cti.core.id.CallId;
import cti.core.id.DeskId;
import cti.core.id.Extension;
import cti.core.port.JournalRecord;
import cti.server.db.OnEveryDatabase;
import cti.server.db.TestDatabase;
import cti.server.event.EventCodec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What happens to agents besides the states that begin: each has its line too. */
@OnEveryDatabase
class AgentLogTest {
  private static final AgentId AGENT = new AgentId("2001");
  private static final Instant AT = Instant.parse("2026-11-21T01:02:03.456789Z");
  private final EventCodec codec = new EventCodec();
  private final TestDatabase database;
  private final MySqlRecordStore store;

  AgentLogTest(TestDatabase database) {
    this.database = database;
    this.store = new MySqlRecordStore(database.emptied(), codec);
  }

  @Test
  void whatBeginsNoStateIsKeptAsItWasWritten() {
    CallId call = new CallId("c1");
    List<AgentEvent> events =
        List.of(
            new AgentStatePending(AGENT, AT, AgentState.NOT_READY, "break"),
            new AgentWrapUpExtended(AGENT, AT, call, AT.plusSeconds(60), 1),
            new AgentPauseOverdue(AGENT, AT, "meal"),
            new AgentDeskReadiness(AGENT, AT, Set.of(new DeskId("erp"))),
            new AgentRingMissed(AGENT, AT, call, RingOutcome.NO_ANSWER, 2),
            new AgentAnswerFound(AGENT, AT, call),
            new AgentTakenOver(AGENT, AT, new Extension("8001"), new AgentId("2002")));
    store(events);
    assertEquals(
        "AgentStatePending AgentWrapUpExtended AgentPauseOverdue AgentDeskReadiness"
            + " AgentRingMissed AgentAnswerFound AgentTakenOver",
        database.query(
            "SELECT GROUP_CONCAT(type ORDER BY sequence SEPARATOR ' ') FROM agent_event"));
    for (int i = 0; i < events.size(); i++) {
      String written = database.query("SELECT event FROM agent_event WHERE sequence = " + (i + 1));
      assertEquals(events.get(i), codec.decode(written));
    }
  }

  @Test
  void aTakeOverAlsoEndsTheStateAndAPauseHasItsLimit() {
    store(
        List.of(
            new AgentNotReady(AGENT, AT, "meal", Optional.of(AT.plusSeconds(3600))),
            new AgentTakenOver(AGENT, AT, new Extension("8001"), new AgentId("2002"))));
    assertEquals(
        "NOT_READY/meal LOGGED_OFF/taken-over",
        database.query(
            """
            SELECT GROUP_CONCAT(CONCAT(state, '/', reason) ORDER BY sequence SEPARATOR ' ')
            FROM agent_state_log\
            """));
    assertEquals(
        "2026-11-21 02:02:03.456789",
        database.query("SELECT CAST(until_at AS CHAR) FROM agent_state_log WHERE sequence = 1"));
  }

  private void store(List<? extends AgentEvent> events) {
    List<JournalRecord> records = new ArrayList<>();
    for (AgentEvent event : events) {
      records.add(new JournalRecord(records.size() + 1, event));
    }
    store.store(records);
  }
}
