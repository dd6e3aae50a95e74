package cti.server.db.calls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.agent.AgentState;
import cti.core.event.AgentEvent.AgentLoggedOff;
import cti.core.event.AgentEvent.AgentNotReady;
import cti.core.event.AgentEvent.AgentReady;
import cti.core.event.AgentEvent.AgentWorkingAfterCall;
import cti.core.event.DomainEvent;
import cti.core.id.AgentId;
import cti.core.id.CallId;
import cti.core.port.AgentDays.AgentDay;
import cti.core.port.AgentDays.DayCall;
import cti.core.port.AgentDays.DayFigure;
import cti.core.port.CallHistory.Period;
import cti.core.port.JournalRecord;
import cti.core.port.Page;
import cti.core.stats.StateTimes.Spent;
import cti.server.db.Database;
import cti.server.db.OnEveryDatabase;
import cti.server.db.TestDatabase;
import cti.server.db.stats.AgentDayStore;
import cti.server.event.EventCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What an agent did, and the calls behind each figure. */
@OnEveryDatabase
class AgentDayStoreTest {
  private static final Instant MORNING = Instant.parse("2026-11-21T00:00:00Z");
  private static final Period DAY = new Period(MORNING, MORNING.plus(Duration.ofDays(1)));
  private static final AgentId FIRST = new AgentId("2001");
  private static final AgentId SECOND = new AgentId("2002");

  private final AgentDayStore store;

  /** Twice 2001 does not answer and 2002 does; once only 2001 rings, until the caller leaves. */
  AgentDayStoreTest(TestDatabase test) {
    Database database = test.emptied();
    this.store = new AgentDayStore(database);
    List<DomainEvent> events = new ArrayList<>();
    events.add(new AgentReady(SECOND, Instant.parse("2026-11-20T23:00:00Z")));
    events.addAll(CallScript.answeredCall("a0", "2026-11-20T09:00:00Z", "0").events());
    events.addAll(CallScript.answeredCall("a1", "2026-11-21T08:00:00Z", "1").events());
    Instant after = Instant.parse("2026-11-21T08:01:21Z");
    events.add(new AgentWorkingAfterCall(SECOND, after, new CallId("a1"), after.plusSeconds(30)));
    events.add(new AgentNotReady(SECOND, after.plusSeconds(30), "meal", Optional.empty()));
    events.add(new AgentReady(SECOND, after.plusSeconds(630)));
    events.addAll(CallScript.answeredCall("a2", "2026-11-21T09:00:00Z", "2").events());
    events.addAll(CallScript.missedCall("m1", "2026-11-21T10:00:00Z", "3").events());
    events.add(new AgentLoggedOff(SECOND, Instant.parse("2026-11-21T12:00:00Z"), ""));
    List<JournalRecord> records = new ArrayList<>();
    for (DomainEvent event : events) {
      records.add(new JournalRecord(records.size() + 1, event));
    }
    new MySqlRecordStore(database, new EventCodec()).store(records);
  }

  private List<String> calls(AgentId agent, DayFigure figure) {
    return store.calls(agent, figure, DAY, Optional.empty(), 10).items().stream()
        .map(call -> call.call().value())
        .toList();
  }

  @Test
  void whoAnswersHasTalkWrapUpAndStates() {
    AgentDay day = store.day(SECOND, DAY);
    assertEquals(2, day.answered());
    assertEquals(2, day.calls());
    assertEquals(0, day.missed());
    assertEquals(1, day.wrappedUp());
    assertEquals(Duration.ofMillis(120_500), day.talk());
    assertEquals(Duration.ofSeconds(30), day.wrapUp());
    assertEquals(
        List.of(AgentState.READY, AgentState.NOT_READY, AgentState.WORKING_AFTER_CALL),
        day.states().stream().map(Spent::state).toList());
    assertEquals(Duration.ofMinutes(10), day.states().get(1).time());
    assertEquals("meal", day.states().get(1).reason());
    assertEquals(
        Duration.ofHours(12),
        day.states().stream().map(Spent::time).reduce(Duration.ZERO, Duration::plus),
        "from midnight, ready since the evening before, until logged off");
  }

  @Test
  void whoWasRungInVainMissedEachCallOnce() {
    AgentDay day = store.day(FIRST, DAY);
    assertEquals(0, day.calls());
    assertEquals(3, day.missed());
    assertEquals(Duration.ZERO, day.talk());
    assertEquals(List.of(), day.states());
  }

  @Test
  void everyFigureOpensTheCallsThatItCounts() {
    assertEquals(List.of("a2", "a1"), calls(SECOND, DayFigure.CALLS));
    assertEquals(List.of("a2", "a1"), calls(SECOND, DayFigure.ANSWERED));
    assertEquals(List.of(), calls(SECOND, DayFigure.MADE));
    assertEquals(List.of("a1"), calls(SECOND, DayFigure.WRAPPED_UP));
    assertEquals(List.of("m1", "a2", "a1"), calls(FIRST, DayFigure.MISSED));
    DayCall call =
        store.calls(SECOND, DayFigure.WRAPPED_UP, DAY, Optional.empty(), 1).items().getFirst();
    assertTrue(call.answered());
    assertEquals("1", call.callingNumber());
    assertEquals(
        List.of("0002", "0001"), call.matches().stream().map(staff -> staff.value()).toList());
    assertEquals(Duration.ofMillis(60_250), call.talk());
    assertEquals(Duration.ofSeconds(30), call.wrapUp());
    assertFalse(
        store
            .calls(FIRST, DayFigure.MISSED, DAY, Optional.empty(), 1)
            .items()
            .getFirst()
            .answered());
  }

  @Test
  void pagesFollowOnEachOther() {
    Page<DayCall> first = store.calls(FIRST, DayFigure.MISSED, DAY, Optional.empty(), 2);
    Page<DayCall> second = store.calls(FIRST, DayFigure.MISSED, DAY, first.next(), 2);
    assertEquals(List.of("a1"), second.items().stream().map(call -> call.call().value()).toList());
    assertTrue(second.next().isEmpty());
  }
}
