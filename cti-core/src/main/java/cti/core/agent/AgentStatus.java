package cti.core.agent;

import cti.core.event.AgentEvent;
import cti.core.event.AgentEvent.AgentBusy;
import cti.core.event.AgentEvent.AgentLoggedOff;
import cti.core.event.AgentEvent.AgentLoggedOn;
import cti.core.event.AgentEvent.AgentNotReady;
import cti.core.event.AgentEvent.AgentReady;
import cti.core.event.AgentEvent.AgentWorkingAfterCall;
import cti.core.id.AgentId;
import cti.core.id.CallId;
import cti.core.id.DeskId;
import cti.core.id.Extension;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What an agent does now, folded from their events.
 *
 * @param reason of NOT_READY and LOGGED_OFF; while BUSY or WORKING_AFTER_CALL that of the NOT_READY
 *     which the agent goes back to; else empty
 * @param since when this state began
 * @param call the call of BUSY and WORKING_AFTER_CALL
 * @param wrapUpUntil when WORKING_AFTER_CALL ends by itself
 */
public record AgentStatus(
    AgentId agent,
    AgentState state,
    String reason,
    Instant since,
    Optional<Extension> extension,
    Set<DeskId> desks,
    Optional<CallId> call,
    Optional<Instant> wrapUpUntil) {
  public AgentStatus {
    desks = Set.copyOf(desks);
  }

  /** Reason of an agent who has logged on and not yet said that they are ready. */
  public static final String LOGGED_ON = "logged-on";

  public static AgentStatus loggedOff(AgentId agent, Instant since) {
    return new AgentStatus(
        agent,
        AgentState.LOGGED_OFF,
        "",
        since,
        Optional.empty(),
        Set.of(),
        Optional.empty(),
        Optional.empty());
  }

  public AgentStatus apply(AgentEvent event) {
    return switch (event) {
      case AgentLoggedOn e ->
          new AgentStatus(
              agent,
              AgentState.NOT_READY,
              LOGGED_ON,
              e.at(),
              Optional.of(e.extension()),
              e.desks(),
              Optional.empty(),
              Optional.empty());
      case AgentLoggedOff e -> {
        AgentStatus off = loggedOff(agent, e.at());
        yield off.with(AgentState.LOGGED_OFF, e.reason(), e.at(), Optional.empty());
      }
      case AgentReady e -> with(AgentState.READY, "", e.at(), Optional.empty());
      case AgentNotReady e -> with(AgentState.NOT_READY, e.reason(), e.at(), Optional.empty());
      case AgentBusy e -> with(AgentState.BUSY, goesBackTo(), e.at(), Optional.of(e.call()));
      case AgentWorkingAfterCall e ->
          new AgentStatus(
              agent,
              AgentState.WORKING_AFTER_CALL,
              goesBackTo(),
              e.at(),
              extension,
              desks,
              Optional.of(e.call()),
              Optional.of(e.until()));
    };
  }

  private String goesBackTo() {
    return switch (state) {
      case NOT_READY, BUSY, WORKING_AFTER_CALL -> reason;
      case READY, LOGGED_OFF, UNKNOWN -> "";
    };
  }

  private AgentStatus with(AgentState next, String why, Instant at, Optional<CallId> withCall) {
    return new AgentStatus(agent, next, why, at, extension, desks, withCall, Optional.empty());
  }

  public boolean loggedOn() {
    return state != AgentState.LOGGED_OFF;
  }
}
