package cti.core.agent;

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
import cti.core.id.AgentId;
import cti.core.id.CallId;
import cti.core.id.DeskId;
import cti.core.id.Extension;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What an agent does now, folded from their events.
 *
 * @param reason of NOT_READY and LOGGED_OFF; while BUSY or WORKING_AFTER_CALL that of the NOT_READY
 *     which the agent goes back to; else empty
 * @param since when this state began
 * @param pending what follows the call and its wrap-up instead of what was before
 * @param missedAt when rings were left unanswered in a row, since the agent last answered or became
 *     ready; the last at the end
 */
public record AgentStatus(
    AgentId agent,
    AgentState state,
    String reason,
    Instant since,
    Seating seating,
    Stint stint,
    Optional<PendingState> pending,
    List<Instant> missedAt) {
  public AgentStatus {
    missedAt = List.copyOf(missedAt);
  }

  /** Reason of an agent who has logged on and not yet said that they are ready. */
  public static final String LOGGED_ON = "logged-on";

  /** Reason of an agent whose extension another one took. */
  public static final String TAKEN_OVER = "taken-over";

  public static AgentStatus loggedOff(AgentId agent, Instant since) {
    return loggedOff(agent, "", since);
  }

  private static AgentStatus loggedOff(AgentId agent, String why, Instant since) {
    return new AgentStatus(
        agent,
        AgentState.LOGGED_OFF,
        why,
        since,
        Seating.NONE,
        Stint.PLAIN,
        Optional.empty(),
        List.of());
  }

  public AgentStatus apply(AgentEvent event) {
    return switch (event) {
      case AgentLoggedOn e ->
          new AgentStatus(
              agent,
              AgentState.NOT_READY,
              LOGGED_ON,
              e.at(),
              new Seating(Optional.of(e.extension()), e.desks(), Set.of()),
              Stint.PLAIN,
              Optional.empty(),
              List.of());
      case AgentLoggedOff e -> loggedOff(agent, e.reason(), e.at());
      case AgentTakenOver e -> loggedOff(agent, TAKEN_OVER, e.at());
      case AgentReady e ->
          new AgentStatus(
              agent,
              AgentState.READY,
              "",
              e.at(),
              seating,
              Stint.PLAIN,
              Optional.empty(),
              List.of());
      case AgentNotReady e ->
          new AgentStatus(
              agent,
              AgentState.NOT_READY,
              e.reason(),
              e.at(),
              seating,
              Stint.pause(e.until()),
              Optional.empty(),
              missedAt);
      case AgentBusy e ->
          new AgentStatus(
              agent,
              AgentState.BUSY,
              goesBackTo(),
              e.at(),
              seating,
              Stint.onCall(e.call()),
              pending,
              List.of());
      case AgentWorkingAfterCall e ->
          new AgentStatus(
              agent,
              AgentState.WORKING_AFTER_CALL,
              goesBackTo(),
              e.at(),
              seating,
              Stint.afterCall(e.call(), e.desk(), e.until()),
              pending,
              missedAt);
      case AgentStatePending e -> with(seating, stint, pending(e), missedAt);
      case AgentWrapUpExtended e ->
          with(seating, stint.extended(e.until(), e.times()), pending, missedAt);
      case AgentPauseOverdue e -> with(seating, stint.tooLong(), pending, missedAt);
      case AgentDeskReadiness e ->
          with(seating.notReadyAt(e.notReadyAt()), stint, pending, missedAt);
      case AgentRingMissed e ->
          with(
              seating,
              stint,
              pending,
              Stream.concat(
                      missedAt.stream().skip(Math.max(0, missedAt.size() + 1 - e.inARow())),
                      Stream.of(e.at()))
                  .toList());
      case AgentAnswerFound e ->
          with(
              seating,
              stint,
              pending,
              missedAt.stream().filter(missed -> !missed.isBefore(e.at())).toList());
    };
  }

  private String goesBackTo() {
    return switch (state) {
      case NOT_READY, BUSY, WORKING_AFTER_CALL -> reason;
      case READY, LOGGED_OFF, UNKNOWN -> "";
    };
  }

  /** Ready is what follows anyway where nothing else was before. */
  private Optional<PendingState> pending(AgentStatePending event) {
    return event.next() == AgentState.READY && goesBackTo().isEmpty()
        ? Optional.empty()
        : Optional.of(new PendingState(event.next(), event.reason()));
  }

  private AgentStatus with(
      Seating where, Stint what, Optional<PendingState> after, List<Instant> missed) {
    return new AgentStatus(agent, state, reason, since, where, what, after, missed);
  }

  /** How many rings were left unanswered in a row. */
  public int misses() {
    return missedAt.size();
  }

  public boolean loggedOn() {
    return state != AgentState.LOGGED_OFF;
  }

  public Optional<Extension> extension() {
    return seating.extension();
  }

  public Set<DeskId> desks() {
    return seating.desks();
  }

  /** Whether calls of a desk may be offered to the agent now. */
  public boolean readyAt(DeskId desk) {
    return state == AgentState.READY
        && seating.desks().contains(desk)
        && !seating.notReadyAt().contains(desk);
  }

  /** The call of BUSY and WORKING_AFTER_CALL. */
  public Optional<CallId> call() {
    return stint.call();
  }

  /** When WORKING_AFTER_CALL ends by itself. */
  public Optional<Instant> wrapUpUntil() {
    return stint.until().filter(until -> state == AgentState.WORKING_AFTER_CALL);
  }

  /** When NOT_READY has lasted as long as its reason allows. */
  public Optional<Instant> pauseUntil() {
    return stint.until().filter(until -> state == AgentState.NOT_READY);
  }
}
