package cti.core.engine;

import cti.core.agent.Agent;
import cti.core.agent.AgentState;
import cti.core.agent.AgentStatus;
import cti.core.desk.Desk;
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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What becomes of agents: commands, talk, wrap-up. The member of a queue is paused from the moment
 * its agent talks until wrap-up is over, so that no next call can slip in between.
 */
final class AgentDecisions {
  /** Reason of an agent whom the gateway would not take. */
  static final String GATEWAY_REFUSED = "gateway-refused";

  /** Reason of an agent who gave none. */
  private static final String NO_REASON = "unspecified";

  private static final String ON_CALL = "on-call";
  private static final String WRAP_UP = "wrap-up";
  private static final int LONGEST_REASON = 64;

  private final EngineSettings settings;
  private final LiveState state;

  AgentDecisions(EngineSettings settings, LiveState state) {
    this.settings = settings;
    this.state = state;
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
      case AgentCommand.BecomeReady ready -> ready(status, turn, now);
      case AgentCommand.BecomeNotReady notReady -> notReady(notReady, status, turn, now);
    };
  }

  private Reply logOn(
      AgentCommand.LogOn command, Agent agent, AgentStatus status, Turn turn, Instant now) {
    // What the gateway's [cti-agents] can dial: on any other the agent would never be rung.
    if (!command.extension().value().matches("[0-9]{2,20}")) {
      return refusal(
          "bad-extension", "extension '" + command.extension() + "', expected 2 to 20 digits");
    }
    if (command.desks().isEmpty()) {
      return refusal("no-desk", "no desk was named, expected at least one of " + seats(agent));
    }
    for (DeskId desk : new TreeSet<>(command.desks())) {
      if (turn.catalog().desk(desk).isEmpty()) {
        return refusal("no-such-desk", "no desk " + desk + ", expected one of " + seats(agent));
      }
      if (!agent.seats().containsKey(desk)) {
        return refusal(
            "not-seated",
            "agent " + agent.id() + " has no seat at " + desk + ", expected " + seats(agent));
      }
    }
    if (status.loggedOn()) {
      boolean same =
          status.extension().equals(Optional.of(command.extension()))
              && status.desks().equals(command.desks());
      return same
          ? new Reply.Accepted()
          : refusal(
              "already-logged-on",
              "agent "
                  + agent.id()
                  + " is logged on at extension "
                  + status.extension().map(Extension::value).orElse("")
                  + ", expected a log-off first");
    }
    Optional<AgentId> holder = state.agentAt(command.extension());
    if (holder.isPresent()) {
      return refusal(
          "extension-taken",
          "extension "
              + command.extension()
              + " is in use by agent "
              + holder.get()
              + ", expected a free one");
    }
    turn.happen(new AgentLoggedOn(agent.id(), now, command.extension(), command.desks()));
    for (Desk desk : desks(command.desks(), turn.catalog())) {
      act(addMember(agent, command.extension(), desk, true), turn);
    }
    return new Reply.Accepted();
  }

  private Reply logOff(AgentCommand.LogOff command, AgentStatus status, Turn turn, Instant now) {
    if (!status.loggedOn()) {
      return new Reply.Accepted();
    }
    if (status.state() == AgentState.BUSY) {
      return inCall(status, "log off");
    }
    turn.happen(new AgentLoggedOff(status.agent(), now, reason(command.reason())));
    Extension extension = status.extension().orElseThrow();
    for (Desk desk : desks(status.desks(), turn.catalog())) {
      act(
          new GatewayAction.RemoveMember(
              settings.gateway(), desk.queue(), settings.addressing().interfaceOf(extension)),
          turn);
    }
    return new Reply.Accepted();
  }

  private Reply ready(AgentStatus status, Turn turn, Instant now) {
    return switch (status.state()) {
      case LOGGED_OFF, UNKNOWN -> notLoggedOn(status);
      case BUSY -> inCall(status, "become ready");
      case READY -> new Reply.Accepted();
      case NOT_READY, WORKING_AFTER_CALL -> {
        becomeReady(status, turn, now);
        yield new Reply.Accepted();
      }
    };
  }

  private Reply notReady(
      AgentCommand.BecomeNotReady command, AgentStatus status, Turn turn, Instant now) {
    String given = reason(command.reason());
    String reason = given.isEmpty() ? NO_REASON : given;
    return switch (status.state()) {
      case LOGGED_OFF, UNKNOWN -> notLoggedOn(status);
      case BUSY -> inCall(status, "become not ready");
      case READY, NOT_READY, WORKING_AFTER_CALL -> {
        if (status.state() != AgentState.NOT_READY || !status.reason().equals(reason)) {
          turn.happen(new AgentNotReady(status.agent(), now, reason));
          pause(status, true, reason, turn);
        }
        yield new Reply.Accepted();
      }
    };
  }

  /** The agent's wrap-up may be over: only the one that was armed last counts. */
  void wrapUpOver(TimerInput.WrapUpOver timer, Turn turn, Instant now) {
    state
        .agent(timer.agent())
        .filter(status -> status.state() == AgentState.WORKING_AFTER_CALL)
        .filter(status -> status.wrapUpUntil().equals(Optional.of(timer.due())))
        .ifPresent(status -> comeBack(status, turn, now));
  }

  /** Agent and caller talk. */
  void talks(AgentId agent, CallId call, Turn turn, Instant at) {
    turn.agent(agent)
        .filter(AgentStatus::loggedOn)
        .ifPresent(
            status -> {
              turn.happen(new AgentBusy(agent, at, call));
              pause(status, true, ON_CALL, turn);
            });
  }

  /** The talk is over: wrap-up as the desk has it. */
  void talked(AgentId agent, CallId call, Optional<Desk> desk, Turn turn, Instant at) {
    Optional<AgentStatus> busy =
        turn.agent(agent)
            .filter(status -> status.state() == AgentState.BUSY)
            .filter(status -> status.call().equals(Optional.of(call)));
    if (busy.isEmpty()) {
      return;
    }
    Duration wrapUp = desk.map(Desk::wrapUp).orElse(Duration.ZERO);
    if (wrapUp.isZero()) {
      comeBack(busy.get(), turn, at);
      return;
    }
    Instant until = turn.now().plus(wrapUp);
    turn.happen(new AgentWorkingAfterCall(agent, at, call, until));
    turn.want(new Effect.Arm(new TimerInput.WrapUpOver(agent, until), until));
  }

  /** The gateway would not have the agent as asked: nobody may look ready and be deaf. */
  void refusedByGateway(GatewayInput.ActionFailed failed, Turn turn, Instant now) {
    turn.want(new Effect.Warn("gateway refused " + failed.action() + ": " + failed.message()));
    String memberInterface =
        switch (failed.action()) {
          case GatewayAction.AddMember a -> a.memberInterface();
          case GatewayAction.PauseMember a -> a.memberInterface();
          case GatewayAction.RemoveMember _,
              GatewayAction.HangUp _,
              GatewayAction.TransferBlind _,
              GatewayAction.Consult _,
              GatewayAction.CancelConsult _,
              GatewayAction.CompleteTransfer _,
              GatewayAction.JoinConference _,
              GatewayAction.Call _ ->
              "";
        };
    settings
        .addressing()
        .extensionOf(memberInterface)
        .flatMap(state::agentAt)
        .flatMap(state::agent)
        .filter(status -> status.state() == AgentState.READY)
        .ifPresent(
            status -> {
              turn.happen(new AgentNotReady(status.agent(), now, GATEWAY_REFUSED));
              // Other queues may have taken the same agent: nobody is rung while not ready.
              pause(status, true, GATEWAY_REFUSED, turn);
            });
  }

  GatewayAction.AddMember addMember(Agent agent, Extension extension, Desk desk, boolean paused) {
    return new GatewayAction.AddMember(
        settings.gateway(),
        desk.queue(),
        settings.addressing().interfaceOf(extension),
        agent.id().value(),
        settings.addressing().stateOf(extension),
        agent.seats().get(desk.id()).penalty(),
        paused);
  }

  List<Desk> desks(Iterable<DeskId> ids, Catalog catalog) {
    TreeSet<DeskId> sorted = new TreeSet<>();
    ids.forEach(sorted::add);
    return sorted.stream().map(catalog::desk).flatMap(Optional::stream).toList();
  }

  /** After a call: ready, or not ready for the reason for which the agent was before it. */
  private void comeBack(AgentStatus status, Turn turn, Instant at) {
    if (status.reason().isEmpty()) {
      becomeReady(status, turn, at);
      return;
    }
    turn.happen(new AgentNotReady(status.agent(), at, status.reason()));
    pause(status, true, status.reason(), turn);
  }

  private void becomeReady(AgentStatus status, Turn turn, Instant at) {
    turn.happen(new AgentReady(status.agent(), at));
    pause(status, false, "", turn);
  }

  private void pause(AgentStatus status, boolean paused, String reason, Turn turn) {
    String memberInterface = settings.addressing().interfaceOf(status.extension().orElseThrow());
    for (Desk desk : desks(status.desks(), turn.catalog())) {
      act(
          new GatewayAction.PauseMember(
              settings.gateway(), desk.queue(), memberInterface, paused, reason),
          turn);
    }
  }

  /** While the link is away nothing can be asked for; the next snapshot sets it right. */
  private void act(GatewayAction action, Turn turn) {
    if (state.live(settings.gateway())) {
      turn.want(new Effect.Act(action));
    }
  }

  /** What the gateway is told of why a member is paused; empty while it is not. */
  static String pauseReason(AgentStatus status) {
    return switch (status.state()) {
      case BUSY -> ON_CALL;
      case WORKING_AFTER_CALL -> WRAP_UP;
      case NOT_READY -> status.reason();
      case READY, LOGGED_OFF, UNKNOWN -> "";
    };
  }

  private static String reason(String given) {
    String text = given.replaceAll("\\p{Cntrl}", " ").strip();
    return text.length() > LONGEST_REASON ? text.substring(0, LONGEST_REASON) : text;
  }

  private static Reply notLoggedOn(AgentStatus status) {
    return refusal(
        "not-logged-on", "agent " + status.agent() + " is logged off, expected a log-on first");
  }

  private static Reply inCall(AgentStatus status, String what) {
    return refusal(
        "busy", "agent " + status.agent() + " is in a call and cannot " + what + " before its end");
  }

  private static String seats(Agent agent) {
    return new TreeSet<>(agent.seats().keySet()).toString();
  }

  private static Reply refusal(String id, String message) {
    return new Reply.Refusal(id, message);
  }
}
