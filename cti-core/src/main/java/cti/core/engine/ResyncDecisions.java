package cti.core.engine;

import cti.core.agent.AgentState;
import cti.core.agent.AgentStatus;
import cti.core.call.Call;
import cti.core.call.ClearedBy;
import cti.core.call.EventCause;
import cti.core.call.Part;
import cti.core.call.QueueVisit;
import cti.core.engine.GatewayInput.ChannelFacts;
import cti.core.engine.GatewayInput.Snapshot;
import cti.core.engine.GatewayInput.WaitingFacts;
import cti.core.id.CallId;
import cti.core.id.ChannelId;
import cti.core.id.ConnectionId;
import cti.core.id.Extension;
import cti.core.id.QueueName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The picture that we had is compared with the gateway's own, and the differences become ordinary
 * events with cause RESYNC: first what is gone, then what is new, then who waits and who talks.
 * Members of queues are put right towards what agents asked for.
 */
final class ResyncDecisions {
  /** A queue tells its waits in whole seconds. */
  private static final Duration SAME_STAY = Duration.ofSeconds(2);

  private final EngineSettings settings;
  private final LiveState state;
  private final QueueDecisions queues;
  private final PartDecisions parts;
  private final PartReconciliation partReconciliation;
  private final CallDecisions calls;
  private final AgentDecisions agents;
  private final MemberDecisions members;

  ResyncDecisions(
      EngineSettings settings,
      LiveState state,
      QueueDecisions queues,
      PartDecisions parts,
      CallDecisions calls,
      AgentDecisions agents,
      MemberDecisions members) {
    this.settings = settings;
    this.state = state;
    this.queues = queues;
    this.parts = parts;
    this.partReconciliation = new PartReconciliation(settings, state, parts);
    this.calls = calls;
    this.agents = agents;
    this.members = members;
  }

  void reconcile(Snapshot snapshot, Turn turn) {
    calls.lookAgain(snapshot.channels());
    gone(snapshot, turn);
    snapshot.channels().stream()
        .sorted(
            Comparator.comparing((ChannelFacts f) -> !f.channel().equals(f.linked()))
                .thenComparing(ChannelFacts::since))
        .forEach(facts -> calls.channelCreated(facts, EventCause.RESYNC, turn, facts.since()));
    Map<CallId, List<ChannelFacts>> byCall =
        snapshot.channels().stream().collect(Collectors.groupingBy(this::callOf));
    Map<CallId, WaitingFacts> waiting = waiting(snapshot);
    byCall.forEach(
        (id, channels) ->
            turn.call(id)
                .ifPresent(call -> queueSide(call, channels, waiting.get(id), snapshot, turn)));
    byCall.forEach(
        (id, channels) ->
            turn.call(id)
                .ifPresent(
                    call -> partReconciliation.reconcile(call, channels, turn, snapshot.at())));
    strandedAgents(snapshot, turn);
    members.reconcile(snapshot.members(), turn, snapshot.at());
  }

  private void gone(Snapshot snapshot, Turn turn) {
    Set<ConnectionId> present =
        snapshot.channels().stream()
            .map(facts -> settings.connection(facts.channel()))
            .collect(Collectors.toSet());
    for (Call call : calls.callsOfGateway()) {
      List<ConnectionId> missing = new ArrayList<>(call.connections().keySet());
      missing.removeAll(present);
      missing.sort(
          Comparator.comparing((ConnectionId c) -> c.equals(call.caller().connection()))
              .thenComparing(ConnectionId::value));
      for (ConnectionId connection : missing) {
        calls.channelGone(
            turn.call(call.id()).orElseThrow(),
            connection,
            0,
            EventCause.RESYNC,
            turn,
            snapshot.at());
      }
    }
  }

  private CallId callOf(ChannelFacts facts) {
    return state
        .callOf(settings.connection(facts.channel()))
        .map(Call::id)
        .orElseGet(() -> new CallId(settings.gateway() + ":" + facts.linked()));
  }

  private Map<CallId, WaitingFacts> waiting(Snapshot snapshot) {
    Map<CallId, WaitingFacts> waiting = new HashMap<>();
    for (WaitingFacts facts : snapshot.waiting()) {
      snapshot.channels().stream()
          .filter(channel -> channel.channel().equals(facts.channel()))
          .findFirst()
          .ifPresent(channel -> waiting.put(callOf(channel), facts));
    }
    return waiting;
  }

  /** Whether the call waits, rings or talks, by its channels and the queue's own list. */
  private void queueSide(
      Call call, List<ChannelFacts> channels, WaitingFacts waits, Snapshot snapshot, Turn turn) {
    if (waits != null && !isCaller(call, waits.channel())) {
      ConnectionId consults = settings.connection(waits.channel());
      queues.consultantQueued(call, consults, waits.queue(), waits.position(), turn, waits.since());
    } else if (waits != null && !left(call, waits)) {
      queues.queued(call, waits.queue(), waits.position(), EventCause.RESYNC, turn, waits.since());
    }
    Optional<ChannelFacts> caller =
        channels.stream().filter(c -> isCaller(call, c.channel())).findFirst();
    Optional<ChannelFacts> talkingLeg =
        caller
            .filter(c -> !c.bridge().isEmpty() && !handedOn(c))
            .flatMap(
                c ->
                    channels.stream()
                        .filter(leg -> leg.bridge().equals(c.bridge()))
                        .filter(leg -> extensionOf(leg).isPresent())
                        // In a conference the queue's agent was there before whom they asked.
                        .min(
                            Comparator.comparing(ChannelFacts::since)
                                .thenComparing(leg -> leg.channel().value())));
    Call after = turn.call(call.id()).orElseThrow();
    if (talkingLeg.isPresent()) {
      if (QueueDecisions.talked(after, settings.connection(talkingLeg.get().channel()))) {
        return;
      }
      Optional<QueueName> queue = caller.flatMap(ChannelFacts::queue);
      if (after.talking().isEmpty() && after.waitingVisit().isEmpty() && queue.isPresent()) {
        queues.queued(after, queue.get(), 0, EventCause.RESYNC, turn, caller.get().since());
      }
      Call queued = turn.call(call.id()).orElseThrow();
      if (queued.talking().isEmpty() && queued.waitingVisit().isPresent()) {
        queues.established(
            queued,
            talkingLeg.get().channel(),
            memberInterface(talkingLeg.get()),
            EventCause.RESYNC,
            turn,
            snapshot.at());
      }
      return;
    }
    for (Part part : after.talkers()) {
      if (!bridged(part, channels)) {
        parts.ended(after, part, ClearedBy.UNKNOWN, EventCause.RESYNC, turn, snapshot.at());
      }
    }
    // In Queue(), but on no list and in no bridge: an agent is being connected at this moment.
    Optional<QueueName> connecting = caller.flatMap(ChannelFacts::queue);
    if (connecting.isPresent()
        && waits == null
        && caller.get().bridge().isEmpty()
        && after.visits().isEmpty()) {
      queues.queued(after, connecting.get(), 0, EventCause.RESYNC, turn, caller.get().since());
    }
    after
        .waitingVisit()
        .filter(visit -> waits == null && !connecting.equals(Optional.of(visit.queue())))
        .ifPresent(visit -> queues.leftUnseen(after, visit, turn, snapshot.at()));
    if (caller.isPresent() && (waits == null || isCaller(call, waits.channel()))) {
      ringing(call.id(), channels, turn);
    }
  }

  /**
   * Phones that the caller's queue is ringing: their agents see who it is, as at any offer. Since
   * when is known in whole seconds, and told up to one late: so it is never before an earlier ring.
   */
  private void ringing(CallId id, List<ChannelFacts> channels, Turn turn) {
    Optional<Instant> entered =
        turn.call(id).orElseThrow().waitingVisit().map(QueueVisit::enteredAt);
    if (entered.isEmpty()) {
      return;
    }
    Wiring wiring = new Wiring(channels, settings.addressing());
    for (ChannelFacts leg : channels) {
      boolean ofThisStay = !leg.since().isBefore(entered.get().minus(SAME_STAY));
      if (wiring.phone(leg).isPresent() && leg.bridge().isEmpty() && ofThisStay) {
        queues.delivered(
            turn.call(id).orElseThrow(),
            leg.channel(),
            memberInterface(leg),
            EventCause.RESYNC,
            turn,
            leg.since().isBefore(entered.get()) ? entered.get() : leg.since());
      }
    }
  }

  /** Whether whoever the caller talks to was reached by a transfer, and by no queue. */
  private static boolean handedOn(ChannelFacts caller) {
    return caller.queue().isEmpty() && Dialplan.handedOn(caller.context());
  }

  /**
   * Whether the caller was seen to hang up in that very stay: the queue's list is a moment older.
   */
  private static boolean left(Call call, WaitingFacts waits) {
    return call.lastVisit()
        .filter(visit -> visit.queue().equals(waits.queue()) && !visit.waiting())
        .filter(
            visit ->
                Duration.between(visit.enteredAt(), waits.since()).abs().compareTo(SAME_STAY) <= 0)
        .isPresent();
  }

  private boolean isCaller(Call call, ChannelId channel) {
    return settings.connection(channel).equals(call.caller().connection());
  }

  /** With somebody: the caller, or who is consulted while the caller is on hold. */
  private boolean bridged(Part part, List<ChannelFacts> channels) {
    return channels.stream()
        .anyMatch(
            facts ->
                settings.connection(facts.channel()).equals(part.id())
                    && !facts.bridge().isEmpty());
  }

  private Optional<Extension> extensionOf(ChannelFacts facts) {
    return settings.addressing().extensionOfChannel(facts.name());
  }

  private String memberInterface(ChannelFacts leg) {
    return settings.addressing().interfaceOf(extensionOf(leg).orElseThrow());
  }

  /** Agents who were in a call that ended unseen, with nobody left to end their talk. */
  private void strandedAgents(Snapshot snapshot, Turn turn) {
    for (AgentStatus status : state.agents()) {
      AgentStatus now = turn.agent(status.agent()).orElse(status);
      if (now.state() == AgentState.BUSY
          && now.call().flatMap(turn::call).filter(call -> talks(now, call)).isEmpty()) {
        agents.talked(now.agent(), now.call().orElseThrow(), Optional.empty(), turn, snapshot.at());
      }
    }
  }

  private static boolean talks(AgentStatus agent, Call call) {
    return call.parts().stream()
        .anyMatch(
            part -> part.talking() && part.device().agent().equals(Optional.of(agent.agent())));
  }
}
