package cti.core.engine;

import cti.core.agent.AgentStatus;
import cti.core.call.Call;
import cti.core.call.Connection;
import cti.core.call.EventCause;
import cti.core.call.PartRole;
import cti.core.call.QueueVisit;
import cti.core.call.RingAttempt;
import cti.core.desk.Desk;
import cti.core.event.AgentEvent;
import cti.core.event.CallEvent;
import cti.core.event.CallEvent.CallCleared;
import cti.core.event.CallEvent.ConnectionCleared;
import cti.core.event.CallEvent.Established;
import cti.core.event.CallEvent.PartEnded;
import cti.core.event.CallEvent.PartEstablished;
import cti.core.event.CallEvent.TalkEnded;
import cti.core.event.CallerEvent;
import cti.core.event.DomainEvent;
import cti.core.event.GatewayEvent;
import cti.core.event.GatewayEvent.GatewayLive;
import cti.core.event.RecordingEvent;
import cti.core.event.RecordingEvent.RecordingPaused;
import cti.core.event.RecordingEvent.RecordingResumed;
import cti.core.event.RecordingEvent.RecordingStarted;
import cti.core.event.RecordingEvent.RecordingStopped;
import cti.core.event.SupervisorEvent;
import cti.core.id.AgentId;
import cti.core.id.AttemptId;
import cti.core.id.ChannelId;
import cti.core.id.ConnectionId;
import cti.core.id.DeskId;
import cti.core.id.RecordingId;
import cti.core.recording.Recording;
import cti.core.recording.RecordingPolicy;
import cti.core.recording.RecordingRules;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of recordings. The gateway records by itself as the call was sent to its queue; what
 * is on record is what the gateway reports, never what was asked for. A recording is the agent's
 * channel's, so it ends with the talk.
 */
final class RecordingDecisions {
  /** How soon a pause that could not be ended is tried again. */
  private static final Duration AGAIN = Duration.ofSeconds(5);

  private final EngineSettings settings;
  private final LiveState state;

  RecordingDecisions(EngineSettings settings, LiveState state) {
    this.settings = settings;
    this.state = state;
  }

  /** Accepted means asked of the gateway: the events tell when it is so. */
  Reply command(AgentCommand.OfRecording command, Turn turn) {
    Optional<Call> call =
        state.agent(command.agent()).flatMap(AgentStatus::call).flatMap(state::call);
    Optional<Talk> talk = call.flatMap(found -> talkOf(found, command.agent()));
    if (talk.isEmpty()) {
      return new Reply.Refusal(
          "no-talk", "agent " + command.agent() + " is in no talk, expected one to record");
    }
    if (!state.live(settings.gateway())) {
      return new Reply.Refusal(
          "gateway-away", "gateway " + settings.gateway() + " is away, expected a link to it");
    }
    RecordingRules rules = rules(talk.get().desk(), turn).orElse(RecordingRules.NONE);
    Optional<String> channel = channelName(call.get(), talk.get().attempt());
    Optional<Recording> recording = state.recordings().ofAttempt(talk.get().attempt());
    boolean allowed =
        switch (command) {
          case AgentCommand.StartRecording _, AgentCommand.StopRecording _ -> rules.agentMayStart();
          case AgentCommand.PauseRecording _, AgentCommand.ResumeRecording _ ->
              rules.agentMayPause();
        };
    if (!allowed || channel.isEmpty()) {
      return new Reply.Refusal(
          "recording-not-allowed",
          "the desk of this talk does not let its agents do that, expected a desk that does");
    }
    if (command instanceof AgentCommand.StartRecording) {
      if (recording.isEmpty()) {
        act(new GatewayAction.StartRecording(settings.gateway(), channel.get()), turn);
      }
      return new Reply.Accepted();
    }
    if (recording.isEmpty()) {
      return new Reply.Refusal(
          "no-recording", "the talk of agent " + command.agent() + " is not recorded");
    }
    if (command instanceof AgentCommand.StopRecording) {
      act(new GatewayAction.StopRecording(settings.gateway(), channel.get()), turn);
    } else {
      boolean pause = command instanceof AgentCommand.PauseRecording;
      if (recording.get().paused() != pause) {
        act(new GatewayAction.MuteRecording(settings.gateway(), channel.get(), pause), turn);
      }
    }
    return new Reply.Accepted();
  }

  private static Optional<RecordingRules> rules(Optional<DeskId> desk, Turn turn) {
    return desk.flatMap(turn.catalog()::desk).map(Desk::recording);
  }

  /** A talk of an agent with a caller, and the desk as which it is recorded. */
  private record Talk(AttemptId attempt, Optional<DeskId> desk) {}

  /** By way of a queue, else as one whom the caller was handed on to, or who was asked. */
  private static Optional<Talk> talkOf(Call call, AgentId agent) {
    return call.talking()
        .filter(talk -> talk.agent().equals(Optional.of(agent)))
        .map(talk -> new Talk(talk.id(), visitOf(call, talk.id()).flatMap(QueueVisit::desk)))
        .or(
            () ->
                call.parts().stream()
                    .filter(part -> part.talking() && part.role() != PartRole.CALLER)
                    .filter(part -> part.device().agent().equals(Optional.of(agent)))
                    .filter(_ -> call.desk().isPresent())
                    .map(part -> new Talk(new AttemptId(part.id().value()), call.desk()))
                    .findFirst());
  }

  /** What the gateway says of the recording on a channel; bears being told twice. */
  void reported(GatewayInput.RecordingReported told, Turn turn) {
    ConnectionId connection = new ConnectionId(settings.gateway() + ":" + told.channel());
    AttemptId attempt = new AttemptId(connection.value());
    Optional<Recording> running = state.recordings().ofAttempt(attempt);
    switch (told.report()) {
      case RecordingReport.Started started ->
          turn.callOf(connection)
              .ifPresent(call -> started(call, attempt, started, told.at(), turn));
      case RecordingReport.Muted _ ->
          running
              .filter(recording -> !recording.paused())
              .ifPresent(recording -> paused(recording, told.at(), turn));
      case RecordingReport.Unmuted _ ->
          running
              .filter(Recording::paused)
              .ifPresent(
                  recording ->
                      turn.happen(
                          new RecordingResumed(
                              recording.id(), recording.talk().call(), told.at())));
      case RecordingReport.Stopped _ ->
          running.ifPresent(recording -> stopped(recording, told.at(), EventCause.NORMAL, turn));
    }
  }

  private void started(
      Call call, AttemptId attempt, RecordingReport.Started started, Instant at, Turn turn) {
    RecordingId id = RecordingId.of(attempt, started.part());
    Optional<Recording> running = state.recordings().ofAttempt(attempt);
    if (running.filter(recording -> recording.id().equals(id)).isPresent()) {
      return;
    }
    running.ifPresent(recording -> stopped(recording, at, EventCause.NORMAL, turn));
    Optional<QueueVisit> visit = visitOf(call, attempt);
    turn.happen(
        new RecordingStarted(
            id,
            call.id(),
            at,
            attempt,
            visit
                .flatMap(v -> attemptIn(v, attempt))
                .flatMap(RingAttempt::agent)
                .or(() -> agentOf(call, attempt)),
            // Whom no queue chose is recorded as the desk records that the caller came from.
            visit.isPresent() ? visit.get().desk() : call.desk(),
            started.file()));
  }

  private static Optional<AgentId> agentOf(Call call, AttemptId attempt) {
    return call.part(new ConnectionId(attempt.value())).flatMap(part -> part.device().agent());
  }

  private void paused(Recording recording, Instant at, Turn turn) {
    Instant until = turn.now().plus(settings.longestPause());
    turn.happen(new RecordingPaused(recording.id(), recording.talk().call(), at, until));
    turn.want(new Effect.Arm(new TimerInput.RecordingPauseOver(recording.id(), until), until));
  }

  /** A pause that somebody forgot ends: the rest of the talk is not lost. */
  void pauseOver(TimerInput.RecordingPauseOver timer, Turn turn) {
    state
        .recordings()
        .recording(timer.recording())
        .filter(recording -> pausedUntil(recording, timer.due()))
        .ifPresent(recording -> resume(recording, turn));
  }

  private static boolean pausedUntil(Recording recording, Instant due) {
    return recording.pause().map(Recording.Pause::until).equals(Optional.of(due));
  }

  /** Pauses that ran out while nothing could be asked of the gateway. */
  void linkIsBack(Turn turn) {
    for (Recording recording : state.recordings().all()) {
      if (recording.pause().filter(pause -> !pause.until().isAfter(turn.now())).isPresent()) {
        channelName(recording, turn)
            .ifPresent(
                channel ->
                    turn.want(
                        new Effect.Act(
                            new GatewayAction.MuteRecording(settings.gateway(), channel, false))));
      }
    }
  }

  private void resume(Recording recording, Turn turn) {
    channelName(recording, turn)
        .ifPresent(
            channel ->
                act(new GatewayAction.MuteRecording(settings.gateway(), channel, false), turn));
  }

  /** What must be armed again after the journal was replayed. */
  List<Effect> afterReplay() {
    return state.recordings().all().stream()
        .flatMap(
            recording ->
                recording.pause().stream()
                    .map(
                        pause ->
                            (Effect)
                                new Effect.Arm(
                                    new TimerInput.RecordingPauseOver(
                                        recording.id(), pause.until()),
                                    pause.until())))
        .toList();
  }

  /**
   * With the talk, its channel or its call the recording ends, whatever was reported of it. Of a
   * talk whose recording may have been reported while nobody listened the gateway is asked.
   */
  void follow(Turn turn) {
    for (DomainEvent event : turn.happened()) {
      switch (event) {
        case TalkEnded e -> talkEnded(e.attempt(), e.at(), e.cause(), turn);
        case PartEnded e ->
            talkEnded(new AttemptId(e.connection().value()), e.at(), e.cause(), turn);
        case ConnectionCleared e ->
            running(new AttemptId(e.connection().value()), turn)
                .ifPresent(recording -> stopped(recording, e.at(), e.cause(), turn));
        case CallCleared e ->
            state.recordings().all().stream()
                .filter(recording -> recording.talk().call().equals(e.call()))
                .filter(recording -> running(recording.talk().attempt(), turn).isPresent())
                .forEach(recording -> stopped(recording, e.at(), e.cause(), turn));
        case Established e -> ask(e, turn);
        case PartEstablished e -> ask(e, turn);
        case GatewayLive e -> withoutChannel(e.at(), turn);
        case CallEvent _,
            AgentEvent _,
            GatewayEvent _,
            RecordingEvent _,
            CallerEvent _,
            SupervisorEvent _ -> {}
      }
    }
  }

  private void talkEnded(AttemptId attempt, Instant at, EventCause cause, Turn turn) {
    running(attempt, turn)
        .ifPresent(
            recording -> {
              stopped(recording, at, cause, turn);
              // A channel that outlives the talk (a transfer) would go on recording.
              channelName(recording, turn)
                  .ifPresent(
                      channel ->
                          act(new GatewayAction.StopRecording(settings.gateway(), channel), turn));
            });
  }

  /**
   * The same of a phone that no queue chose: only phones of agents are recorded, and only in calls
   * that a desk has.
   */
  private void ask(PartEstablished talk, Turn turn) {
    AttemptId attempt = new AttemptId(talk.connection().value());
    if (reported(attempt, turn)) {
      return;
    }
    Optional<Call> call = turn.call(talk.call());
    Optional<String> name =
        call.flatMap(found -> channelName(found, attempt))
            .filter(channel -> settings.addressing().extensionOfChannel(channel).isPresent());
    boolean unheard =
        rules(call.flatMap(Call::desk), turn)
            .filter(
                rules ->
                    rules.policy() != RecordingPolicy.NONE
                        || talk.cause() == EventCause.RESYNC && rules.agentMayStart())
            .isPresent();
    if (unheard && linked(turn)) {
      name.ifPresent(
          channel ->
              turn.want(
                  new Effect.Act(
                      new GatewayAction.AskRecording(
                          settings.gateway(), channel(attempt), channel))));
    }
  }

  /**
   * A recording is reported before its talk: one that should have been and was not is asked for.
   */
  private void ask(Established talk, Turn turn) {
    if (reported(talk.attempt(), turn)) {
      return;
    }
    Optional<Call> call = turn.call(talk.call());
    Optional<RecordingRules> rules =
        rules(
            call.flatMap(found -> visitOf(found, talk.attempt())).flatMap(QueueVisit::desk), turn);
    boolean unheard =
        talk.cause() == EventCause.RESYNC
            ? rules.isEmpty()
                || rules.get().policy() != RecordingPolicy.NONE
                || rules.get().agentMayStart()
            : rules.filter(now -> now.policy() != RecordingPolicy.NONE).isPresent();
    if (unheard && linked(turn)) {
      call.flatMap(found -> channelName(found, talk.attempt()))
          .ifPresent(
              name ->
                  turn.want(
                      new Effect.Act(
                          new GatewayAction.AskRecording(
                              settings.gateway(), channel(talk.attempt()), name))));
    }
  }

  private boolean reported(AttemptId attempt, Turn turn) {
    return state.recordings().ofAttempt(attempt).isPresent()
        || turn.happened().stream()
            .anyMatch(
                event ->
                    event instanceof RecordingStarted started && started.attempt().equals(attempt));
  }

  /** The link is there, or comes back in this turn. */
  private boolean linked(Turn turn) {
    return state.live(settings.gateway())
        || turn.happened().stream().anyMatch(GatewayLive.class::isInstance);
  }

  /** What has no channel on the gateway is not recorded any more, whoever saw its end. */
  private void withoutChannel(Instant at, Turn turn) {
    for (Recording recording : List.copyOf(state.recordings().all())) {
      AttemptId attempt = recording.talk().attempt();
      if (turn.callOf(new ConnectionId(attempt.value())).isEmpty()
          && running(attempt, turn).isPresent()) {
        stopped(recording, at, EventCause.RESYNC, turn);
      }
    }
  }

  private ChannelId channel(AttemptId attempt) {
    return new ChannelId(attempt.value().substring(settings.gateway().value().length() + 1));
  }

  /** A recording that was under way before this turn and has not been stopped in it. */
  private Optional<Recording> running(AttemptId attempt, Turn turn) {
    return state
        .recordings()
        .ofAttempt(attempt)
        .filter(
            recording ->
                turn.happened().stream()
                    .noneMatch(
                        event ->
                            event instanceof RecordingStopped stopped
                                && stopped.recording().equals(recording.id())));
  }

  /** A pause that goes on against our will is tried again; the rest is for people to read. */
  void refusedByGateway(GatewayInput.ActionFailed failed, Turn turn) {
    turn.want(new Effect.Warn("gateway refused " + failed.action() + ": " + failed.message()));
    if (failed.action() instanceof GatewayAction.MuteRecording mute && !mute.muted()) {
      for (Recording recording : state.recordings().all()) {
        boolean still = channelName(recording, turn).equals(Optional.of(mute.channelName()));
        recording
            .pause()
            .filter(_ -> still)
            .ifPresent(
                pause ->
                    turn.want(
                        new Effect.Arm(
                            new TimerInput.RecordingPauseOver(recording.id(), pause.until()),
                            turn.now().plus(AGAIN))));
      }
    }
  }

  private static void stopped(Recording recording, Instant at, EventCause cause, Turn turn) {
    Instant end = at.isBefore(recording.startedAt()) ? recording.startedAt() : at;
    turn.happen(new RecordingStopped(recording.id(), recording.talk().call(), end, cause));
  }

  private static Optional<String> channelName(Recording recording, Turn turn) {
    AttemptId attempt = recording.talk().attempt();
    return turn.callOf(new ConnectionId(attempt.value()))
        .flatMap(call -> channelName(call, attempt));
  }

  /** The channel of an attempt, while it is there. */
  private static Optional<String> channelName(Call call, AttemptId attempt) {
    return Optional.ofNullable(call.connections().get(new ConnectionId(attempt.value())))
        .map(Connection::channelName);
  }

  private static Optional<QueueVisit> visitOf(Call call, AttemptId attempt) {
    return call.visits().stream()
        .filter(visit -> attemptIn(visit, attempt).isPresent())
        .findFirst();
  }

  private static Optional<RingAttempt> attemptIn(QueueVisit visit, AttemptId attempt) {
    return visit.attempts().stream().filter(a -> a.id().equals(attempt)).findFirst();
  }

  /** While the link is away nothing can be asked for. */
  private void act(GatewayAction action, Turn turn) {
    if (state.live(settings.gateway())) {
      turn.want(new Effect.Act(action));
    }
  }
}
