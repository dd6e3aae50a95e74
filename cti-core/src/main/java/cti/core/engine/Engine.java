package cti.core.engine;

import cti.core.agent.AgentStatus;
import cti.core.call.Call;
import cti.core.call.ClearedBy;
import cti.core.call.EventCause;
import cti.core.call.RingOutcome;
import cti.core.event.CallEvent.ServiceInitiated;
import cti.core.event.DomainEvent;
import cti.core.event.GatewayEvent.GatewayLive;
import cti.core.event.GatewayEvent.GatewayLost;
import cti.core.id.CallId;
import cti.core.id.ChannelId;
import cti.core.id.ConnectionId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The call engine of one gateway: told what happens, it decides what that means. {@link #handle}
 * decides and changes no call and no agent; {@link #apply} is the only way to change them, for what
 * was decided just now and for what the journal replays alike. Not thread-safe: one loop owns it.
 * No I/O, no clock, no wait.
 */
public final class Engine {
  /** Callers whose flow is heard of before their channel: two sockets, no common order. */
  private static final int MOST_EARLY_CHANNELS = 1_000;

  private final EngineSettings settings;
  private final LiveState state = new LiveState();
  private final AgentDecisions agents;
  private final QueueDecisions queues;
  private final QueueTalks talks;
  private final PartDecisions parts;
  private final AgentCommandDecisions agentCommands;
  private final RingDecisions rings;
  private final Watchdog watchdog;
  private final CallDecisions calls;
  private final PartInputs partInputs;
  private final CallCommandDecisions callCommands;
  private final HoldsUnderway holds;
  private final ResyncDecisions resync;
  private final RecordingDecisions recordings;
  private final RecoveryDecisions recovery;
  private final InputSubject subject;
  private final CallbackDecisions callbacks;
  private final SupervisorDecisions supervision;
  private final Map<ConnectionId, List<FlowInput>> early = new LinkedHashMap<>();
  private Catalog catalog = Catalog.EMPTY;

  /**
   * Whether anything was heard of the link since the start. What a checkpoint of another version
   * did not keep of calls that are unseen, the first loss says again, though the link was away.
   */
  private boolean heard;

  public Engine(EngineSettings settings, CallerLookup callers) {
    this.settings = settings;
    MemberDecisions members = new MemberDecisions(settings, state);
    AgentMoves moves = new AgentMoves(members);
    this.agents = new AgentDecisions(settings, state, members, moves);
    this.agentCommands = new AgentCommandDecisions(state, members, moves);
    this.rings = new RingDecisions(moves);
    this.watchdog = new Watchdog(settings, state, members, agents);
    this.talks = new QueueTalks(state, agents);
    this.queues = new QueueDecisions(settings, state, agents, callers, talks);
    PhoneLines lines = new PhoneLines(settings);
    Silence silence = new Silence(settings);
    this.parts = new PartDecisions(settings, state, agents, queues, talks, lines, silence);
    this.calls = new CallDecisions(settings, state, agents, queues, parts, lines, silence);
    this.holds = new HoldsUnderway(settings);
    this.partInputs = new PartInputs(settings, calls, parts, holds);
    this.callCommands = new CallCommandDecisions(settings, state, lines, holds);
    this.resync = new ResyncDecisions(settings, state, queues, parts, calls, agents, members);
    this.recordings = new RecordingDecisions(settings, state);
    this.recovery = new RecoveryDecisions(settings, state, callers);
    this.subject = new InputSubject(settings, state);
    this.callbacks = new CallbackDecisions(settings, state);
    this.supervision = new SupervisorDecisions(settings, state);
  }

  /** What is so now. Read it in the loop only. */
  public LiveState state() {
    return state;
  }

  public void apply(DomainEvent event) {
    state.apply(event);
  }

  /** Which call an input is about before it is handled; empty for none, many or an unknown one. */
  public Optional<CallId> about(EngineInput input) {
    return subject.call(input);
  }

  /**
   * Decides what an input means.
   *
   * @param now the server's time, for what the gateway did not stamp
   */
  public Outcome handle(EngineInput input, Instant now) {
    Turn turn = new Turn(state, catalog, now);
    switch (input) {
      case GatewayInput gatewayInput -> gateway(gatewayInput, turn, now);
      case FlowInput flowInput -> flow(flowInput, turn, now);
      case CallCommand command -> {
        return turn.outcome(callCommands.command(command, turn, now));
      }
      case AgentCommand.OfRecording command -> {
        return turn.outcome(recordings.command(command, turn));
      }
      case AgentCommand command -> {
        Reply reply = agentCommands.command(command, turn, now);
        callbacks.follow(turn);
        return turn.outcome(reply);
      }
      case CallbackCommand command -> {
        return turn.outcome(callbacks.command(command, turn));
      }
      case SupervisorCommand command -> {
        return turn.outcome(supervision.command(command, turn));
      }
      case TimerInput.ListeningDue timer -> supervision.due(timer, turn);
      case TimerInput.HoldDue timer -> holds.due(timer, turn);
      case TimerInput.CallbackDue timer -> callbacks.due(timer, turn);
      case TimerInput.WrapUpOver timer -> agents.wrapUpOver(timer, turn, now);
      case TimerInput.PauseOver timer -> agents.pauseOver(timer, turn, now);
      case TimerInput.RecordingPauseOver timer -> recordings.pauseOver(timer, turn);
      case CatalogInput changed -> catalog = catalog.with(changed);
    }
    if (input instanceof GatewayInput.CallFound) {
      // What the logs tell afterwards says nothing about who talks now, nor what is recorded.
      rings.learn(turn);
    } else {
      talks.follow(turn);
      holds.follow(turn);
      rings.follow(turn);
      recordings.follow(turn);
      callbacks.follow(turn);
    }
    return turn.outcome();
  }

  /**
   * What must be armed again after the journal was replayed. Somebody may have set the clock since:
   * nothing lasts longer from now on than it was to last as a whole.
   */
  public List<Effect> afterReplay(Instant now) {
    List<Effect> effects = new ArrayList<>(recordings.afterReplay());
    effects.addAll(callbacks.afterReplay());
    effects.addAll(supervision.afterReplay());
    for (AgentStatus status : state.agents()) {
      status
          .wrapUpUntil()
          .ifPresent(
              until ->
                  effects.add(
                      new Effect.Arm(
                          new TimerInput.WrapUpOver(status.agent(), until),
                          atLatest(until, status.since(), now))));
      status
          .pauseUntil()
          .filter(until -> !status.stint().overdue())
          .ifPresent(
              until ->
                  effects.add(
                      new Effect.Arm(
                          new TimerInput.PauseOver(status.agent(), until),
                          atLatest(until, status.since(), now))));
    }
    return effects;
  }

  private static Instant atLatest(Instant until, Instant since, Instant now) {
    Instant whole = now.plus(Duration.between(since, until));
    return until.isBefore(whole) ? until : whole;
  }

  private void gateway(GatewayInput input, Turn turn, Instant now) {
    switch (input) {
      case GatewayInput.LinkLost e -> {
        watchdog.forget();
        holds.forget();
        if (state.live(e.gateway()) || !heard && state.knows(e.gateway())) {
          turn.happen(new GatewayLost(e.gateway(), e.at(), e.reason()));
        }
        heard = true;
      }
      case GatewayInput.Looked e -> watchdog.look(e, turn);
      case GatewayInput.Snapshot e -> {
        watchdog.forget();
        holds.forget();
        heard = true;
        resync.reconcile(e, turn);
        turn.happen(new GatewayLive(e.gateway(), e.at(), e.version()));
        recordings.linkIsBack(turn);
        supervision.reconcile(e, turn);
        catchUp(turn, now);
      }
      case GatewayInput.ChannelCreated e -> {
        calls.channelCreated(
            new GatewayInput.ChannelFacts(
                e.channel(),
                e.linked(),
                e.name(),
                e.callingNumber(),
                e.callingName(),
                e.context(),
                e.dialled(),
                "",
                Optional.empty(),
                e.at()),
            EventCause.NORMAL,
            turn,
            e.at());
        catchUp(turn, now);
      }
      case GatewayInput.HangupRequested e ->
          onCall(
              e.channel(),
              turn,
              call -> calls.hangupRequested(call, settings.connection(e.channel()), turn, e.at()));
      case GatewayInput.ChannelGone e -> {
        ConnectionId connection = settings.connection(e.channel());
        early.remove(connection);
        supervision.channelGone(e.channel(), turn, e.at());
        onCall(
            e.channel(),
            turn,
            call -> calls.channelGone(call, connection, e.q850(), EventCause.NORMAL, turn, e.at()));
      }
      case GatewayInput.CallerJoined e -> onCall(e.channel(), turn, call -> joined(call, e, turn));
      case GatewayInput.QueueReturned e ->
          onCall(
              e.channel(),
              turn,
              call -> queues.queueReturned(call, e.queue(), e.status(), turn, e.at()));
      case GatewayInput.FallbackEntered e ->
          onCall(e.channel(), turn, call -> calls.fellBack(call, e.reason(), turn, e.at()));
      case GatewayInput.MemberCalled e ->
          onCall(
              e.channel(),
              turn,
              call ->
                  queues.delivered(
                      call, e.leg(), e.memberInterface(), EventCause.NORMAL, turn, e.at()));
      case GatewayInput.MemberConnected e ->
          onCall(
              e.channel(),
              turn,
              call ->
                  queues.established(
                      call, e.leg(), e.memberInterface(), EventCause.NORMAL, turn, e.at()));
      case GatewayInput.MemberDidNotAnswer e ->
          onCall(
              e.channel(),
              turn,
              call ->
                  queues.diverted(
                      call, e.leg(), RingOutcome.NO_ANSWER, EventCause.NO_ANSWER, turn, e.at()));
      case GatewayInput.DialEnded e -> dialEnded(e, turn);
      case GatewayInput.PhoneRefused e -> {
        RingOutcome how = RingRefusal.of(e.q850());
        onCall(
            e.channel(),
            turn,
            call -> {
              queues.divertedAt(call, e.extension(), how, RingRefusal.cause(how), turn, e.at());
              parts.failedAt(call, e.extension(), how, RingRefusal.cause(how), turn, e.at());
            });
      }
      case GatewayInput.MemberCompleted e ->
          onCall(e.channel(), turn, call -> completed(call, e, turn));
      case GatewayInput.OfParts e -> partInputs.handle(e, turn);
      case GatewayInput.CallFound e -> recovery.found(e, turn);
      case GatewayInput.ListenerHeard e -> supervision.heard(e.channel(), e.mode(), turn, e.at());
      case GatewayInput.RecordingReported e -> recordings.reported(e, turn);
      case GatewayInput.ActionFailed e -> {
        if (e.action() instanceof GatewayAction.CallBack action) {
          callbacks.refusedByGateway(action, e.message(), turn);
        } else if (e.action() instanceof GatewayAction.Listen action) {
          supervision.refusedByGateway(action, e.answered(), turn, now);
        } else if (e.action() instanceof GatewayAction.OfRecording) {
          recordings.refusedByGateway(e, turn);
        } else {
          holds.refusedByGateway(e);
          agents.refusedByGateway(e, turn, now);
        }
      }
    }
  }

  /** The caller waits, or an agent who consults a desk. */
  private void joined(Call call, GatewayInput.CallerJoined e, Turn turn) {
    ConnectionId connection = settings.connection(e.channel());
    if (connection.equals(call.caller().connection())) {
      queues.queued(call, e.queue(), e.position(), EventCause.NORMAL, turn, e.at());
    } else {
      queues.consultantQueued(call, connection, e.queue(), e.position(), turn, e.at());
    }
  }

  private void completed(Call call, GatewayInput.MemberCompleted e, Turn turn) {
    settings
        .addressing()
        .extensionOf(e.memberInterface())
        .ifPresent(
            phone -> talks.completed(call, e.queue(), phone, clearedBy(e.by()), turn, e.at()));
  }

  private void dialEnded(GatewayInput.DialEnded ended, Turn turn) {
    ConnectionId leg = settings.connection(ended.leg());
    onCall(ended.leg(), turn, call -> callbacks.dialEnded(call.id(), ended.status()));
    switch (ended.status()) {
      case "ANSWER" ->
          onCall(
              ended.leg(),
              turn,
              call -> parts.answered(call, leg, EventCause.NORMAL, turn, ended.at()));
      case "BUSY" -> notTaken(ended, RingOutcome.BUSY, turn);
      case "DONTCALL", "TORTURE", "REJECTED" -> notTaken(ended, RingOutcome.REJECTED, turn);
      case "CONGESTION", "CHANUNAVAIL" -> notTaken(ended, RingOutcome.UNAVAILABLE, turn);
      // What a queue offered is told of by the queue itself.
      case "NOANSWER" -> notTakenOutsideQueues(ended, RingOutcome.NO_ANSWER, turn);
      case "CANCEL" -> notTakenOutsideQueues(ended, RingOutcome.CALLER_GONE, turn);
      default -> {}
    }
  }

  private void notTaken(GatewayInput.DialEnded ended, RingOutcome how, Turn turn) {
    onCall(
        ended.leg(),
        turn,
        call -> queues.diverted(call, ended.leg(), how, RingRefusal.cause(how), turn, ended.at()));
    notTakenOutsideQueues(ended, how, turn);
  }

  private void notTakenOutsideQueues(GatewayInput.DialEnded ended, RingOutcome how, Turn turn) {
    ConnectionId leg = settings.connection(ended.leg());
    onCall(
        ended.leg(),
        turn,
        call -> parts.failed(call, leg, how, RingRefusal.cause(how), turn, ended.at()));
  }

  private static ClearedBy clearedBy(String word) {
    return switch (word) {
      case "caller" -> ClearedBy.CALLER;
      case "agent", "transfer" -> ClearedBy.AGENT;
      default -> ClearedBy.UNKNOWN;
    };
  }

  private void flow(FlowInput input, Turn turn, Instant now) {
    Optional<Call> call = turn.callOf(settings.connection(input.channel()));
    if (call.isEmpty()) {
      keep(input, turn);
      return;
    }
    flow(call.get(), input, turn, now);
  }

  private static void flow(Call call, FlowInput input, Turn turn, Instant now) {
    FlowDecisions.told(call, input, turn, now);
  }

  private void keep(FlowInput input, Turn turn) {
    if (early.size() >= MOST_EARLY_CHANNELS && !early.containsKey(connectionOf(input))) {
      ConnectionId oldest = early.keySet().iterator().next();
      early.remove(oldest);
      turn.want(
          new Effect.Warn(
              "flow of " + oldest + " was never followed by its channel; forgotten at the limit"));
    }
    early.computeIfAbsent(connectionOf(input), c -> new ArrayList<>()).add(input);
  }

  private ConnectionId connectionOf(FlowInput input) {
    return settings.connection(input.channel());
  }

  /** Flows that were heard of before their channel are told now, in order. */
  private void catchUp(Turn turn, Instant now) {
    for (DomainEvent event : turn.happened()) {
      if (event instanceof ServiceInitiated begun) {
        List<FlowInput> inputs = early.remove(begun.connection());
        if (inputs != null) {
          inputs.forEach(input -> flow(turn.call(begun.call()).orElseThrow(), input, turn, now));
        }
      }
    }
  }

  private void onCall(ChannelId channel, Turn turn, Consumer<Call> then) {
    turn.callOf(settings.connection(channel)).ifPresent(then);
  }
}
