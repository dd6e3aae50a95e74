package cti.core.engine;

import cti.core.agent.Agent;
import cti.core.agent.AgentRules;
import cti.core.agent.AgentState;
import cti.core.agent.AgentStatus;
import cti.core.agent.PendingState;
import cti.core.event.AgentEvent.AgentDeskReadiness;
import cti.core.event.AgentEvent.AgentLoggedOn;
import cti.core.event.AgentEvent.AgentStatePending;
import cti.core.event.AgentEvent.AgentTakenOver;
import cti.core.event.AgentEvent.AgentWrapUpExtended;
import cti.core.id.AgentId;
import cti.core.id.DeskId;
import cti.core.id.Extension;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What agents ask for. Who is in a call leaves it by no command: what they ask for is pending until
 * the call and its wrap-up are over.
 */
final class AgentCommandDecisions {
  /** Reason of an agent who logged on at another extension. */
  private static final String MOVED = "moved";

  private static final int LONGEST_REASON = 64;

  private final LiveState state;
  private final MemberDecisions members;
  private final AgentMoves moves;

  AgentCommandDecisions(LiveState state, MemberDecisions members, AgentMoves moves) {
    this.state = state;
    this.members = members;
    this.moves = moves;
  }

  Reply command(AgentCommand command, Turn turn, Instant now) {
    Optional<Agent> agent = turn.catalog().agent(command.agent());
    if (agent.isEmpty()) {
      return refusal(
          "no-such-agent", "no agent " + command.agent() + ", expected one of the agents on file");
    }
    AgentStatus status =
        state
            .agent(command.agent())
            .orElseGet(() -> AgentStatus.loggedOff(command.agent(), Instant.EPOCH));
    return switch (command) {
      case AgentCommand.LogOn logOn -> logOn(logOn, agent.get(), status, turn, now);
      case AgentCommand.LogOff logOff -> logOff(logOff, status, turn, now);
      case AgentCommand.BecomeReady ready ->
          ready.desks().isEmpty()
              ? ready(status, turn, now)
              : atDesks(status, ready.desks(), true, turn, now);
      case AgentCommand.BecomeNotReady notReady ->
          notReady.desks().isEmpty()
              ? notReady(notReady, status, turn, now)
              : atDesks(status, notReady.desks(), false, turn, now);
      case AgentCommand.ExtendWrapUp _ -> extendWrapUp(status, turn, now);
      case AgentCommand.OfRecording of ->
          throw new IllegalStateException(of + " is not decided here");
    };
  }

  private Reply logOn(
      AgentCommand.LogOn command, Agent agent, AgentStatus status, Turn turn, Instant now) {
    Optional<Reply> unfit = unfit(command, agent, turn.catalog());
    if (unfit.isPresent()) {
      return unfit.get();
    }
    if (status.loggedOn()) {
      boolean same =
          status.extension().equals(Optional.of(command.extension()))
              && status.desks().equals(command.desks());
      if (same) {
        return new Reply.Accepted();
      }
      if (!command.takeOver()) {
        return refusal(
            "already-logged-on",
            "agent "
                + agent.id()
                + " is logged on at extension "
                + status.extension().map(Extension::value).orElse("")
                + ", expected a log-off first");
      }
      if (status.state() == AgentState.BUSY) {
        return refusal(
            "busy",
            "agent " + agent.id() + " is in a call and cannot log on elsewhere before its end");
      }
    }
    Optional<AgentStatus> holder =
        state
            .agentAt(command.extension())
            .filter(id -> !id.equals(agent.id()))
            .flatMap(state::agent);
    Optional<Reply> held = holder.flatMap(h -> held(h, command));
    if (held.isPresent()) {
      return held.get();
    }
    if (status.loggedOn()) {
      moves.logOff(status, MOVED, turn, now);
    }
    holder.ifPresent(
        h -> {
          turn.happen(new AgentTakenOver(h.agent(), now, command.extension(), agent.id()));
          members.remove(command.extension(), h.desks(), turn);
        });
    turn.happen(new AgentLoggedOn(agent.id(), now, command.extension(), command.desks()));
    members.add(turn.agent(agent.id()).orElseThrow(), agent, turn);
    return new Reply.Accepted();
  }

  private static Optional<Reply> unfit(AgentCommand.LogOn command, Agent agent, Catalog catalog) {
    // What the gateway's [cti-agents] can dial: on any other the agent would never be rung.
    if (!command.extension().value().matches("[0-9]{2,20}")) {
      return Optional.of(
          refusal(
              "bad-extension", "extension '" + command.extension() + "', expected 2 to 20 digits"));
    }
    if (command.desks().isEmpty()) {
      return Optional.of(
          refusal("no-desk", "no desk was named, expected at least one of " + seats(agent)));
    }
    for (DeskId desk : new TreeSet<>(command.desks())) {
      if (catalog.desk(desk).isEmpty()) {
        return Optional.of(
            refusal("no-such-desk", "no desk " + desk + ", expected one of " + seats(agent)));
      }
      if (!agent.seats().containsKey(desk)) {
        return Optional.of(
            refusal(
                "not-seated",
                "agent " + agent.id() + " has no seat at " + desk + ", expected " + seats(agent)));
      }
    }
    return Optional.empty();
  }

  /** Whether the extension stays with whoever has it. */
  private static Optional<Reply> held(AgentStatus holder, AgentCommand.LogOn command) {
    if (!command.takeOver()) {
      return Optional.of(
          refusal(
              "extension-taken",
              "extension "
                  + command.extension()
                  + " is in use by agent "
                  + holder.agent()
                  + ", expected a free one or takeOver"));
    }
    if (holder.state() == AgentState.BUSY) {
      return Optional.of(
          refusal(
              "extension-in-call",
              "agent "
                  + holder.agent()
                  + " is in a call at extension "
                  + command.extension()
                  + ", expected its end before it is taken over"));
    }
    return Optional.empty();
  }

  private Reply logOff(AgentCommand.LogOff command, AgentStatus status, Turn turn, Instant now) {
    if (!status.loggedOn()) {
      return new Reply.Accepted();
    }
    String reason = printable(command.reason());
    if (status.state() == AgentState.BUSY) {
      return pend(status, new PendingState(AgentState.LOGGED_OFF, reason), turn, now);
    }
    moves.logOff(status, reason, turn, now);
    return new Reply.Accepted();
  }

  private Reply ready(AgentStatus status, Turn turn, Instant now) {
    return switch (status.state()) {
      case LOGGED_OFF, UNKNOWN -> notLoggedOn(status);
      case BUSY -> {
        boolean alreadyNext = status.pending().isEmpty() && status.reason().isEmpty();
        yield alreadyNext
            ? new Reply.Accepted()
            : pend(status, new PendingState(AgentState.READY, ""), turn, now);
      }
      case READY -> new Reply.Accepted();
      case NOT_READY, WORKING_AFTER_CALL -> {
        moves.ready(status, turn, now);
        yield new Reply.Accepted();
      }
    };
  }

  private Reply notReady(
      AgentCommand.BecomeNotReady command, AgentStatus status, Turn turn, Instant now) {
    if (!status.loggedOn()) {
      return notLoggedOn(status);
    }
    String reason = command.reason();
    if (turn.catalog().pauseReason(reason).isEmpty()) {
      return refusal(
          "unknown-reason",
          "reason '"
              + printable(reason)
              + "' is not on file, expected one of "
              + turn.catalog().pauseReasons());
    }
    if (status.state() == AgentState.BUSY) {
      return pend(status, new PendingState(AgentState.NOT_READY, reason), turn, now);
    }
    if (status.state() != AgentState.NOT_READY || !status.reason().equals(reason)) {
      moves.notReady(status, reason, turn, now);
    }
    return new Reply.Accepted();
  }

  private static Reply pend(AgentStatus status, PendingState next, Turn turn, Instant now) {
    if (!status.pending().equals(Optional.of(next))) {
      turn.happen(new AgentStatePending(status.agent(), now, next.state(), next.reason()));
    }
    return new Reply.Accepted();
  }

  /** Single desks: the agent stays ready as a whole, or whatever else they are. */
  private Reply atDesks(
      AgentStatus status, Set<DeskId> named, boolean ready, Turn turn, Instant now) {
    if (!status.loggedOn()) {
      return notLoggedOn(status);
    }
    for (DeskId desk : new TreeSet<>(named)) {
      if (!status.desks().contains(desk)) {
        return refusal(
            "no-such-desk",
            "agent "
                + status.agent()
                + " is not logged on to "
                + desk
                + ", expected one of "
                + new TreeSet<>(status.desks()));
      }
    }
    Set<DeskId> before = status.seating().notReadyAt();
    Set<DeskId> after = new HashSet<>(before);
    if (ready) {
      after.removeAll(named);
    } else {
      after.addAll(named);
    }
    if (after.containsAll(status.desks())) {
      return refusal(
          "no-desk-left",
          "agent "
              + status.agent()
              + " would be ready at no desk of "
              + new TreeSet<>(status.desks())
              + ", expected not ready as a whole, with a reason");
    }
    if (after.equals(before)) {
      return new Reply.Accepted();
    }
    turn.happen(new AgentDeskReadiness(status.agent(), now, after));
    if (status.state() == AgentState.READY) {
      members.pause(turn.agent(status.agent()).orElseThrow(), named, turn);
    }
    return new Reply.Accepted();
  }

  private Reply extendWrapUp(AgentStatus status, Turn turn, Instant now) {
    if (!status.loggedOn()) {
      return notLoggedOn(status);
    }
    if (status.wrapUpUntil().isEmpty()) {
      return refusal(
          "not-in-wrap-up",
          "agent " + status.agent() + " is " + status.state() + ", expected WORKING_AFTER_CALL");
    }
    AgentRules rules = status.stint().desk().map(turn.catalog()::rules).orElse(AgentRules.USUAL);
    int times = status.stint().extensions() + 1;
    if (times > rules.wrapUpExtensions()) {
      return refusal(
          "no-more-extensions",
          "this wrap-up was extended "
              + status.stint().extensions()
              + " times, expected at most "
              + rules.wrapUpExtensions());
    }
    Instant until = status.wrapUpUntil().get().plus(rules.wrapUpExtension());
    AgentId agent = status.agent();
    turn.happen(new AgentWrapUpExtended(agent, now, status.call().orElseThrow(), until, times));
    turn.want(new Effect.Arm(new TimerInput.WrapUpOver(agent, until), until));
    return new Reply.Accepted();
  }

  private static String printable(String given) {
    String text = given.replaceAll("\\p{Cntrl}", " ").strip();
    return text.length() > LONGEST_REASON ? text.substring(0, LONGEST_REASON) : text;
  }

  private static Reply notLoggedOn(AgentStatus status) {
    return refusal(
        "not-logged-on", "agent " + status.agent() + " is logged off, expected a log-on first");
  }

  private static String seats(Agent agent) {
    return new TreeSet<>(agent.seats().keySet()).toString();
  }

  private static Reply refusal(String id, String message) {
    return new Reply.Refusal(id, message);
  }
}
