package cti.core.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cti.core.agent.AgentState;
import cti.core.stats.StateTimes.Begun;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StateTimesTest {
  private static final Instant FROM = Instant.parse("2026-11-21T00:00:00Z");
  private static final Instant TO = FROM.plus(Duration.ofHours(1));

  private static Begun begun(int minute, AgentState state, String reason) {
    return new Begun(FROM.plus(Duration.ofMinutes(minute)), state, reason);
  }

  private static List<String> times(Begun... begun) {
    return StateTimes.of(List.of(begun), FROM, TO).stream()
        .map(spent -> spent.state() + " " + spent.reason() + " " + spent.time().toMinutes())
        .toList();
  }

  @Test
  void whatBeganBeforeCountsFromTheBeginAndTheLastLastsToTheEnd() {
    assertEquals(
        List.of("READY  45", "NOT_READY meal 15"),
        times(
            begun(-30, AgentState.NOT_READY, "meal"),
            begun(15, AgentState.READY, ""),
            begun(90, AgentState.BUSY, "")));
  }

  @Test
  void theSameStateIsAddedUpAndPausesAreToldApartByTheirReason() {
    assertEquals(
        List.of("BUSY  25", "NOT_READY meal 20", "NOT_READY meeting 15"),
        times(
            begun(0, AgentState.BUSY, ""),
            begun(10, AgentState.NOT_READY, "meal"),
            begun(30, AgentState.BUSY, ""),
            begun(45, AgentState.NOT_READY, "meeting")));
  }

  @Test
  void timeLoggedOffAndBeforeAnythingIsKnownIsNobodys() {
    assertEquals(
        List.of("READY  5"),
        times(begun(50, AgentState.READY, ""), begun(55, AgentState.LOGGED_OFF, "by-supervisor")));
    assertEquals(List.of(), times());
  }
}
