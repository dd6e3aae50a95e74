package cti.core.engine;

import cti.core.agent.Agent;
import cti.core.agent.AgentStatus;
import cti.core.desk.Desk;
import cti.core.engine.GatewayInput.MemberFacts;
import cti.core.event.AgentEvent.AgentLoggedOff;
import cti.core.id.DeskId;
import cti.core.id.Extension;
import cti.core.id.QueueName;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Agents as members of queues: what the gateway should have, and how it comes to have it. */
final class MemberDecisions {
  /** Reason of a member whose agent is ready, but not at this desk. */
  private static final String DESK_NOT_READY = "desk-not-ready";

  private static final String ON_CALL = "on-call";
  private static final String WRAP_UP = "wrap-up";

  /** Reason of an agent who is no longer among those who may log on. */
  private static final String NOT_ON_FILE = "not-on-file";

  private final EngineSettings settings;
  private final LiveState state;

  MemberDecisions(EngineSettings settings, LiveState state) {
    this.settings = settings;
    this.state = state;
  }

  /** A member's place. */
  record Seat(QueueName queue, String memberInterface) {}

  /** A member as our agents' states want them. */
  record Wanted(
      AgentStatus status,
      Extension extension,
      Desk desk,
      int penalty,
      boolean paused,
      String why) {}

  void add(AgentStatus status, Agent agent, Turn turn) {
    for (Desk desk : desks(status.desks(), turn.catalog())) {
      wanted(status, agent, desk).ifPresent(wanted -> act(addition(wanted), turn));
    }
  }

  void remove(Extension extension, Iterable<DeskId> desks, Turn turn) {
    for (Desk desk : desks(desks, turn.catalog())) {
      act(removal(seat(desk, extension)), turn);
    }
  }

  /** Pauses the agent's members, or ends that, as their state wants it. */
  void pause(AgentStatus status, Turn turn) {
    pause(status, status.desks(), turn);
  }

  void pause(AgentStatus status, Iterable<DeskId> desks, Turn turn) {
    Extension extension = status.extension().orElseThrow();
    for (Desk desk : desks(desks, turn.catalog())) {
      act(
          pause(seat(desk, extension), !status.readyAt(desk.id()), pauseReason(status, desk.id())),
          turn);
    }
  }

  /** What the queues have, against what agents asked for. */
  void reconcile(List<MemberFacts> members, Turn turn, Instant at) {
    logOffStrangers(turn, at);
    Map<Seat, MemberFacts> actual = bySeat(members);
    Map<Seat, Wanted> wanted = wanted(turn);
    wanted.forEach(
        (seat, want) -> {
          MemberFacts facts = actual.get(seat);
          if (facts == null) {
            turn.want(new Effect.Act(addition(want)));
            return;
          }
          if (facts.paused() != want.paused()) {
            turn.want(new Effect.Act(pause(seat, want.paused(), want.why())));
          }
          if (facts.penalty() != want.penalty()) {
            turn.want(new Effect.Act(penalty(seat, want.penalty())));
          }
        });
    actual.forEach(
        (seat, facts) -> {
          if (ours(facts, turn.catalog()) && !wanted.containsKey(seat)) {
            turn.want(new Effect.Act(removal(seat)));
          }
        });
  }

  private void logOffStrangers(Turn turn, Instant at) {
    for (AgentStatus status : state.agents()) {
      AgentStatus now = turn.agent(status.agent()).orElse(status);
      if (now.loggedOn() && turn.catalog().agent(now.agent()).isEmpty()) {
        turn.happen(new AgentLoggedOff(now.agent(), at, NOT_ON_FILE));
      }
    }
  }

  static Map<Seat, MemberFacts> bySeat(List<MemberFacts> members) {
    Map<Seat, MemberFacts> actual = new HashMap<>();
    members.forEach(facts -> actual.put(new Seat(facts.queue(), facts.memberInterface()), facts));
    return actual;
  }

  /** Every member that there should be. */
  Map<Seat, Wanted> wanted(Turn turn) {
    Map<Seat, Wanted> all = new LinkedHashMap<>();
    for (AgentStatus status : state.agents()) {
      AgentStatus now = turn.agent(status.agent()).orElse(status);
      if (!now.loggedOn()) {
        continue;
      }
      turn.catalog()
          .agent(now.agent())
          .ifPresent(
              agent -> {
                for (Desk desk : desks(now.desks(), turn.catalog())) {
                  wanted(now, agent, desk)
                      .ifPresent(want -> all.put(seat(desk, want.extension()), want));
                }
              });
    }
    return all;
  }

  private Optional<Wanted> wanted(AgentStatus status, Agent agent, Desk desk) {
    return Optional.ofNullable(agent.seats().get(desk.id()))
        .map(
            role ->
                new Wanted(
                    status,
                    status.extension().orElseThrow(),
                    desk,
                    role.penalty(),
                    !status.readyAt(desk.id()),
                    pauseReason(status, desk.id())));
  }

  /** Whether a member is of our making: added while running, a desk's, at an extension. */
  boolean ours(MemberFacts facts, Catalog catalog) {
    return facts.dynamic()
        && catalog.deskOf(facts.queue()).isPresent()
        && settings.addressing().extensionOf(facts.memberInterface()).isPresent();
  }

  /** What the gateway is told of why a member is paused; empty while it is not. */
  static String pauseReason(AgentStatus status, DeskId desk) {
    return switch (status.state()) {
      case BUSY -> ON_CALL;
      case WORKING_AFTER_CALL -> WRAP_UP;
      case NOT_READY -> status.reason();
      case READY -> status.readyAt(desk) ? "" : DESK_NOT_READY;
      case LOGGED_OFF, UNKNOWN -> "";
    };
  }

  GatewayAction.AddMember addition(Wanted want) {
    return new GatewayAction.AddMember(
        settings.gateway(),
        want.desk().queue(),
        settings.addressing().interfaceOf(want.extension()),
        want.status().agent().value(),
        settings.addressing().stateOf(want.extension()),
        want.penalty(),
        want.paused());
  }

  GatewayAction.RemoveMember removal(Seat seat) {
    return new GatewayAction.RemoveMember(settings.gateway(), seat.queue(), seat.memberInterface());
  }

  GatewayAction.PauseMember pause(Seat seat, boolean paused, String why) {
    return new GatewayAction.PauseMember(
        settings.gateway(), seat.queue(), seat.memberInterface(), paused, why);
  }

  GatewayAction.SetPenalty penalty(Seat seat, int penalty) {
    return new GatewayAction.SetPenalty(
        settings.gateway(), seat.queue(), seat.memberInterface(), penalty);
  }

  private Seat seat(Desk desk, Extension extension) {
    return new Seat(desk.queue(), settings.addressing().interfaceOf(extension));
  }

  /** While the link is away nothing can be asked for; the next snapshot sets it right. */
  private void act(GatewayAction action, Turn turn) {
    if (state.live(settings.gateway())) {
      turn.want(new Effect.Act(action));
    }
  }

  private static List<Desk> desks(Iterable<DeskId> ids, Catalog catalog) {
    TreeSet<DeskId> sorted = new TreeSet<>();
    ids.forEach(sorted::add);
    return sorted.stream().map(catalog::desk).flatMap(Optional::stream).toList();
  }
}
