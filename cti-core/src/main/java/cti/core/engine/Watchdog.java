package cti.core.engine;

import cti.core.agent.AgentState;
import cti.core.agent.AgentStatus;
import cti.core.agent.DeviceState;
import cti.core.agent.DriftKind;
import cti.core.engine.GatewayInput.Looked;
import cti.core.engine.GatewayInput.MemberFacts;
import cti.core.engine.GatewayInput.SeenChannel;
import cti.core.engine.MemberDecisions.Seat;
import cti.core.engine.MemberDecisions.Wanted;
import cti.core.event.GatewayEvent.DriftHealed;
import cti.core.id.AgentId;
import cti.core.id.Extension;
import cti.core.id.QueueName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Compares what agents asked for, what the queues have and what phones are held to be, and puts
 * right what drifts apart. A look is taken beside the events, so what it finds may only be on its
 * way: something must be found twice in a row, with the agent's state unchanged in between, before
 * it is healed. Each healing is an event, so that nothing is mended in silence.
 */
final class Watchdog {
  private final EngineSettings settings;
  private final LiveState state;
  private final MemberDecisions members;
  private final AgentDecisions agents;
  private Set<Drift> lastSeen = Set.of();

  Watchdog(
      EngineSettings settings, LiveState state, MemberDecisions members, AgentDecisions agents) {
    this.settings = settings;
    this.state = state;
    this.members = members;
    this.agents = agents;
  }

  /**
   * Something that is apart; the same one at the next look is equal to it.
   *
   * @param intent since when the agent is as they are
   */
  private record Drift(
      DriftKind kind,
      Optional<AgentId> agent,
      Optional<Extension> extension,
      Optional<QueueName> queue,
      Optional<Instant> intent,
      String found,
      String wanted) {}

  /** A drift and how it is put right. */
  private record Healing(Drift drift, List<GatewayAction> actions) {}

  /** The link was lost or has come back: what was seen before says nothing any more. */
  void forget() {
    lastSeen = Set.of();
  }

  void look(Looked look, Turn turn) {
    if (!state.live(settings.gateway())) {
      return;
    }
    List<Healing> found = new ArrayList<>();
    compareMembers(look, turn, found);
    compareDevices(look, found);
    agentsInNoCall(turn, found);
    desertedChannels(look, found);
    Set<Drift> seen = new HashSet<>();
    for (Healing healing : found) {
      if (lastSeen.contains(healing.drift())) {
        heal(healing, turn, look.at());
      } else {
        seen.add(healing.drift());
      }
    }
    lastSeen = seen;
  }

  private void heal(Healing healing, Turn turn, Instant at) {
    Drift drift = healing.drift();
    turn.happen(
        new DriftHealed(
            settings.gateway(),
            at,
            drift.kind(),
            drift.agent(),
            drift.extension(),
            drift.queue(),
            drift.found(),
            drift.wanted()));
    healing.actions().forEach(action -> turn.want(new Effect.Act(action)));
    if (drift.kind() == DriftKind.AGENT_IN_NO_CALL) {
      AgentId agent = drift.agent().orElseThrow();
      turn.agent(agent)
          .flatMap(AgentStatus::call)
          .ifPresent(call -> agents.talked(agent, call, Optional.empty(), turn, at));
    }
  }

  private void compareMembers(Looked look, Turn turn, List<Healing> found) {
    Map<Seat, MemberFacts> actual = MemberDecisions.bySeat(look.members());
    Map<Seat, Wanted> wanted = members.wanted(turn);
    wanted.forEach(
        (seat, want) -> {
          MemberFacts facts = actual.get(seat);
          if (facts == null) {
            found.add(
                healing(
                    DriftKind.MEMBER_MISSING,
                    want,
                    "no member",
                    "member",
                    List.of(members.addition(want))));
          } else {
            compareMember(seat, want, facts, found);
          }
        });
    actual.forEach(
        (seat, facts) -> {
          if (members.ours(facts, turn.catalog()) && !wanted.containsKey(seat)) {
            found.add(stray(seat, facts));
          }
        });
  }

  private void compareMember(Seat seat, Wanted want, MemberFacts facts, List<Healing> found) {
    String agent = want.status().agent().value();
    if (!facts.name().isEmpty() && !facts.name().equals(agent)) {
      found.add(
          healing(
              DriftKind.MEMBER_NAME,
              want,
              facts.name(),
              agent,
              List.of(members.removal(seat), members.addition(want))));
      return;
    }
    if (facts.paused() != want.paused()) {
      found.add(
          healing(
              DriftKind.MEMBER_PAUSE,
              want,
              paused(facts.paused(), facts.pausedReason()),
              paused(want.paused(), want.why()),
              List.of(members.pause(seat, want.paused(), want.why()))));
    }
    if (facts.penalty() != want.penalty()) {
      found.add(
          healing(
              DriftKind.MEMBER_PENALTY,
              want,
              String.valueOf(facts.penalty()),
              String.valueOf(want.penalty()),
              List.of(members.penalty(seat, want.penalty()))));
    }
  }

  private static String paused(boolean paused, String why) {
    return paused ? ("paused " + why).strip() : "not paused";
  }

  private static Healing healing(
      DriftKind kind, Wanted want, String found, String wanted, List<GatewayAction> actions) {
    return new Healing(
        new Drift(
            kind,
            Optional.of(want.status().agent()),
            Optional.of(want.extension()),
            Optional.of(want.desk().queue()),
            Optional.of(want.status().since()),
            found,
            wanted),
        actions);
  }

  private Healing stray(Seat seat, MemberFacts facts) {
    return new Healing(
        new Drift(
            DriftKind.MEMBER_STRAY,
            Optional.empty(),
            settings.addressing().extensionOf(seat.memberInterface()),
            Optional.of(seat.queue()),
            Optional.empty(),
            ("member " + facts.name()).strip(),
            "no member"),
        List.of(members.removal(seat)));
  }

  /** Phones of agents and of members: in use is one that a channel goes to or a call is at. */
  private void compareDevices(Looked look, List<Healing> found) {
    Map<Extension, String> channels = new HashMap<>();
    for (SeenChannel channel : look.channels()) {
      settings
          .addressing()
          .extensionOfChannel(channel.name())
          .ifPresent(extension -> channels.put(extension, channel.name()));
    }
    Map<Extension, DeviceState> inQueues = new HashMap<>();
    for (MemberFacts facts : look.members()) {
      settings
          .addressing()
          .extensionOf(facts.memberInterface())
          .ifPresent(
              extension ->
                  inQueues.merge(extension, facts.activity().status(), Watchdog::lessFree));
    }
    TreeSet<Extension> phones = new TreeSet<>(inQueues.keySet());
    state.agents().forEach(status -> status.extension().ifPresent(phones::add));
    for (Extension phone : phones) {
      DeviceState device =
          look.devices().getOrDefault(settings.addressing().stateOf(phone), DeviceState.UNKNOWN);
      DeviceState held = lessFree(device, inQueues.getOrDefault(phone, DeviceState.UNKNOWN));
      Optional<String> channel = Optional.ofNullable(channels.get(phone));
      if (channel.isEmpty() && !look.inCall().contains(phone) && !held.free()) {
        found.add(device(phone, held.name(), DeviceState.NOT_INUSE));
      } else if (channel.isPresent() && device.free()) {
        found.add(device(phone, device + " with " + channel.get(), DeviceState.INUSE));
      }
    }
  }

  private static DeviceState lessFree(DeviceState one, DeviceState other) {
    return one.free() ? other : one;
  }

  private Healing device(Extension phone, String found, DeviceState wanted) {
    Optional<AgentStatus> agent = state.agentAt(phone).flatMap(state::agent);
    return new Healing(
        new Drift(
            DriftKind.DEVICE_STATE,
            agent.map(AgentStatus::agent),
            Optional.of(phone),
            Optional.empty(),
            agent.map(AgentStatus::since),
            found,
            wanted.name()),
        List.of(
            new GatewayAction.SetDeviceState(
                settings.gateway(), settings.addressing().stateOf(phone), wanted)));
  }

  /**
   * Where all leave a consultation in the moment in which a gateway goes on that had stood still,
   * it keeps its leg towards whoever was asked, answered and alone in its bridge, and their phone
   * with it. Nobody but us would ever end that. A leg is alone, too, while the agent has gone back
   * to the caller: then their lines are in the call.
   */
  private void desertedChannels(Looked look, List<Healing> found) {
    for (SeenChannel channel : look.channels()) {
      if (Dialplan.leads(channel.name())
          && channel.answered()
          && !channel.served()
          && alone(channel, look)
          && linesOf(channel) <= 1) {
        found.add(
            new Healing(
                new Drift(
                    DriftKind.CHANNEL_DESERTED,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    channel.name() + " answered, with nobody",
                    "hung up"),
                List.of(new GatewayAction.HangUp(settings.gateway(), channel.channel()))));
      }
    }
  }

  private static boolean alone(SeenChannel channel, Looked look) {
    return channel.bridge().isEmpty()
        || look.channels().stream()
            .filter(other -> other.bridge().equals(channel.bridge()))
            .allMatch(channel::equals);
  }

  /** How many telephones the call has lines to, as far as we know it. */
  private long linesOf(SeenChannel channel) {
    return state.callOf(settings.connection(channel.channel())).stream()
        .flatMap(call -> call.connections().values().stream())
        .filter(connection -> !Dialplan.inner(connection.channelName()))
        .count();
  }

  private void agentsInNoCall(Turn turn, List<Healing> found) {
    for (AgentStatus status : state.agents()) {
      if (status.state() == AgentState.BUSY && status.call().flatMap(turn::call).isEmpty()) {
        found.add(
            new Healing(
                new Drift(
                    DriftKind.AGENT_IN_NO_CALL,
                    Optional.of(status.agent()),
                    status.extension(),
                    Optional.empty(),
                    Optional.of(status.since()),
                    "BUSY with " + status.call().map(Object::toString).orElse("no call"),
                    "after the call"),
                List.of()));
      }
    }
  }
}
