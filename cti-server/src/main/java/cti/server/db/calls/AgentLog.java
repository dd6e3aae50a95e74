package cti.server.db.calls;

import cti.core.agent.AgentState;
import cti.core.agent.AgentStatus;
import cti.core.event.AgentEvent;
import cti.core.event.AgentEvent.AgentAnswerFound;
import cti.core.event.AgentEvent.AgentBusy;
import cti.core.event.AgentEvent.AgentDeskReadiness;
import cti.core.event.AgentEvent.AgentLoggedOff;
import cti.core.event.AgentEvent.AgentLoggedOn;
import cti.core.event.AgentEvent.AgentNotReady;
import cti.core.event.AgentEvent.AgentPauseOverdue;
import cti.core.event.AgentEvent.AgentReady;
import cti.core.event.AgentEvent.AgentRingMissed;
import cti.core.event.AgentEvent.AgentStatePending;
import cti.core.event.AgentEvent.AgentTakenOver;
import cti.core.event.AgentEvent.AgentWorkingAfterCall;
import cti.core.event.AgentEvent.AgentWrapUpExtended;
import cti.core.event.GatewayEvent.DriftHealed;
import cti.core.id.AgentId;
import cti.core.id.CallId;
import cti.core.id.DeskId;
import cti.server.db.calls.RecordMapper.AgentEventRow;
import cti.server.db.calls.RecordMapper.AgentStateRow;
import cti.server.event.EventCodec;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;

/** Events of agents as rows: a state that begins in one table, what else there was in another. */
final class AgentLog {
  private AgentLog() {}

  /** A state that begins; every part but {@code state} may be null. */
  private record Begun(
      AgentState state,
      String reason,
      String extension,
      Set<DeskId> desks,
      CallId call,
      Instant until) {
    static Begun of(AgentState state, String reason) {
      return new Begun(state, reason, null, null, null, null);
    }
  }

  static void append(RecordMapper mapper, EventCodec codec, long sequence, AgentEvent event) {
    switch (event) {
      case AgentLoggedOn e ->
          state(
              mapper,
              sequence,
              e,
              new Begun(AgentState.NOT_READY, null, e.extension().value(), e.desks(), null, null));
      case AgentLoggedOff e ->
          state(mapper, sequence, e, Begun.of(AgentState.LOGGED_OFF, e.reason()));
      case AgentTakenOver e -> {
        state(mapper, sequence, e, Begun.of(AgentState.LOGGED_OFF, AgentStatus.TAKEN_OVER));
        other(mapper, codec, sequence, e);
      }
      case AgentReady e -> state(mapper, sequence, e, Begun.of(AgentState.READY, null));
      case AgentNotReady e ->
          state(
              mapper,
              sequence,
              e,
              new Begun(
                  AgentState.NOT_READY, e.reason(), null, null, null, e.until().orElse(null)));
      case AgentBusy e ->
          state(mapper, sequence, e, new Begun(AgentState.BUSY, null, null, null, e.call(), null));
      case AgentWorkingAfterCall e ->
          state(
              mapper,
              sequence,
              e,
              new Begun(AgentState.WORKING_AFTER_CALL, null, null, null, e.call(), e.until()));
      case AgentWrapUpExtended _,
          AgentPauseOverdue _,
          AgentStatePending _,
          AgentDeskReadiness _,
          AgentRingMissed _,
          AgentAnswerFound _ ->
          other(mapper, codec, sequence, event);
    }
  }

  /** The audit line of a healing. */
  static void append(RecordMapper mapper, EventCodec codec, long sequence, DriftHealed event) {
    mapper.addAgentEvent(
        new AgentEventRow(
            sequence,
            event.agent().map(AgentId::value).orElse(null),
            event.at(),
            codec.typeOf(event),
            codec.encodeText(event)));
  }

  private static void state(RecordMapper mapper, long sequence, AgentEvent event, Begun begun) {
    wrapUp(mapper, sequence, event);
    mapper.addAgentState(
        new AgentStateRow(
            sequence,
            event.agent().value(),
            event.at(),
            begun.state().name(),
            begun.reason() == null ? null : CallFile.cut(begun.reason(), 255),
            begun.extension(),
            begun.desks() == null ? null : desks(begun.desks()),
            begun.call() == null ? null : begun.call().value(),
            begun.until()));
  }

  /** A state that begins ends the wrap-up before it. */
  private static void wrapUp(RecordMapper mapper, long sequence, AgentEvent event) {
    String agent = event.agent().value();
    mapper.endWrapUp(agent, event.at());
    if (event instanceof AgentWorkingAfterCall after) {
      mapper.beginWrapUp(sequence, agent, after.call().value(), event.at());
    }
  }

  private static String desks(Set<DeskId> desks) {
    return CallFile.cut(
        desks.stream().map(DeskId::value).sorted().collect(Collectors.joining(" ")), 1000);
  }

  private static void other(
      RecordMapper mapper, EventCodec codec, long sequence, AgentEvent event) {
    mapper.addAgentEvent(
        new AgentEventRow(
            sequence,
            event.agent().value(),
            event.at(),
            codec.typeOf(event),
            codec.encodeText(event)));
  }
}
