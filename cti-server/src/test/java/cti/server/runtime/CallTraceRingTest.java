package cti.server.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.call.Direction;
import cti.core.call.EventCause;
import cti.core.engine.CallCommand;
import cti.core.engine.GatewayAction;
import cti.core.engine.GatewayInput;
import cti.core.engine.Reply;
import cti.core.event.CallEvent.ConnectionCleared;
import cti.core.event.CallEvent.ServiceInitiated;
import cti.core.id.AgentId;
import cti.core.id.CallId;
import cti.core.id.ChannelId;
import cti.core.id.ConnectionId;
import cti.core.id.GatewayId;
import cti.core.port.CallTraces.Trace;
import cti.core.port.JournalRecord;
import cti.server.event.EventCodec;
import cti.server.event.EventLine;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CallTraceRingTest {
  private static final GatewayId GATEWAY = new GatewayId("gw1");
  private static final Instant NOW = Instant.parse("2026-11-27T01:00:00Z");
  private static final CallId CALL = call(1);

  private final CallTraceRing ring = new CallTraceRing(new EventLine(new EventCodec(), true), true);

  private static CallId call(int number) {
    return new CallId("gw1:1795737366." + number);
  }

  private static ChannelId channel(int number) {
    return new ChannelId("1795737366." + number);
  }

  private void begins() {
    ring.take(
        NOW,
        new GatewayInput.ChannelCreated(
            GATEWAY,
            NOW,
            channel(1),
            channel(1),
            "PJSIP/trunk-1",
            "13900000001",
            "员工0001",
            "cti-hotline",
            "8000"),
        Optional.of(CALL),
        List.of(
            new JournalRecord(
                41,
                new ServiceInitiated(
                    CALL,
                    NOW,
                    EventCause.NORMAL,
                    new ConnectionId("gw1:1795737366.1"),
                    GATEWAY,
                    "PJSIP/trunk-1",
                    "13900000001",
                    "员工0001",
                    "8000",
                    Direction.INBOUND))),
        CallTraceRing.Actions.NONE,
        Optional.empty());
  }

  private void hangsUp(int call) {
    ring.take(
        NOW,
        new GatewayInput.HangupRequested(GATEWAY, NOW, channel(call)),
        Optional.of(call(call)),
        List.of(),
        CallTraceRing.Actions.NONE,
        Optional.empty());
  }

  @Test
  void aStepTellsInputEventsActionsAndWhatCameOfThem() {
    begins();
    CallTraceRing.Actions asked =
        CallTraceRing.Actions.of(List.of(new GatewayAction.HangUp(GATEWAY, channel(1))));
    ring.take(
        NOW,
        new CallCommand.HangUp(new AgentId("1001"), CALL),
        Optional.of(CALL),
        List.of(),
        asked,
        Optional.of(new Reply.Accepted()));
    Trace trace = ring.of(CALL).orElseThrow();
    assertEquals(
        "ChannelCreated at=2026-11-27T01:00:00Z channel=1795737366.1 linked=1795737366.1"
            + " name=PJSIP/trunk-1 callingNumber=139****0001 context=cti-hotline dialled=****",
        trace.steps().getFirst().input());
    assertEquals(41, trace.steps().getFirst().events().getFirst().sequence());
    assertFalse(trace.toString().contains("13900000001"), trace.toString());
    assertFalse(trace.toString().contains("员工"), trace.toString());
    assertEquals("HangUp channel=1795737366.1", trace.steps().get(1).actions().getFirst().action());
    assertEquals(Optional.empty(), trace.steps().get(1).actions().getFirst().answer());
    assertEquals(Optional.of("Accepted"), trace.steps().get(1).reply());
    asked.answered(0, "No such channel");
    assertEquals(
        Optional.of("No such channel"),
        ring.of(CALL).orElseThrow().steps().get(1).actions().getFirst().answer());
  }

  @Test
  void anInputThatConcernsManyCallsIsAStepOfEachWithItsOwnEvents() {
    ring.take(
        NOW,
        new GatewayInput.Snapshot(GATEWAY, NOW, "22", List.of(), List.of(), List.of()),
        Optional.empty(),
        List.of(gone(7, 1), gone(8, 2), gone(9, 1)),
        CallTraceRing.Actions.NONE,
        Optional.empty());
    Trace first = ring.of(CALL).orElseThrow();
    assertEquals("Snapshot", first.steps().getFirst().input());
    assertEquals(
        List.of(7L, 9L),
        first.steps().getFirst().events().stream().map(event -> event.sequence()).toList());
    assertEquals(1, ring.of(call(2)).orElseThrow().steps().getFirst().events().size());
  }

  private static JournalRecord gone(long sequence, int call) {
    return new JournalRecord(
        sequence,
        new ConnectionCleared(
            call(call), NOW, EventCause.RESYNC, new ConnectionId("gw1:1795737366." + call), 16));
  }

  @Test
  void ofACallTheLastStepsAreKept() {
    begins();
    for (int i = 0; i < CallTraceRing.STEPS_OF_A_CALL + 5; i++) {
      hangsUp(1);
    }
    Trace trace = ring.of(CALL).orElseThrow();
    assertEquals(CallTraceRing.STEPS_OF_A_CALL, trace.steps().size());
    assertEquals(6, trace.forgotten());
    assertTrue(trace.steps().getFirst().input().startsWith("HangupRequested"));
  }

  @Test
  void overAllTheCallThatWasTouchedLeastLatelyIsForgottenFirst() {
    int calls = CallTraceRing.STEPS / 2;
    for (int call = 1; call <= calls; call++) {
      hangsUp(call);
      hangsUp(call);
    }
    assertEquals(CallTraceRing.STEPS, ring.kept());
    hangsUp(1);
    assertTrue(ring.of(call(1)).isPresent(), "touched just now");
    assertEquals(Optional.empty(), ring.of(call(2)));
    assertTrue(ring.of(call(3)).isPresent());
    assertTrue(ring.kept() <= CallTraceRing.STEPS, "kept " + ring.kept());
  }
}
