package cti.core.engine;

import cti.core.call.Call;
import cti.core.call.QueueVisit;
import cti.core.callback.Callback;
import cti.core.callback.CallbackOutcome;
import cti.core.callback.CallbackPolicy;
import cti.core.callback.CallbackWishes;
import cti.core.callback.Wish;
import cti.core.desk.Desk;
import cti.core.event.AgentEvent;
import cti.core.event.CallEvent;
import cti.core.event.CallEvent.CallCleared;
import cti.core.event.CallEvent.Established;
import cti.core.event.CallEvent.PartEstablished;
import cti.core.event.CallEvent.QueueVisitEnded;
import cti.core.event.CallEvent.Queued;
import cti.core.event.CallerEvent;
import cti.core.event.CallerEvent.CallbackDialled;
import cti.core.event.CallerEvent.CallbackEnded;
import cti.core.event.CallerEvent.CallbackEvent;
import cti.core.event.CallerEvent.CallbackFailed;
import cti.core.event.CallerEvent.CallbackReached;
import cti.core.event.CallerEvent.CallbackRequested;
import cti.core.event.DomainEvent;
import cti.core.event.GatewayEvent;
import cti.core.event.RecordingEvent;
import cti.core.event.SupervisorEvent;
import cti.core.id.CallId;
import cti.core.id.CallbackId;
import cti.core.id.ChannelId;
import cti.core.id.DeskId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What becomes of callers who want to be called back. A callback keeps the place in the queue that
 * its caller had: it is dialled when as many agents are free as there are callers before it, and
 * one more; answered, it goes before all who came later. All of it is told by events, so that a
 * restart forgets nothing; an attempt whose end nobody saw ends by its own time limit.
 */
final class CallbackDecisions {
  /** How long an attempt may take beyond the ringing: dialling, greeting, the caller's key. */
  private static final Duration BEYOND_RINGING = Duration.ofSeconds(60);

  private final EngineSettings settings;
  private final LiveState state;
  private final CallbackTurns waiting;

  /** How the gateway says that a number was not reached; of calls under way. */
  private final Map<CallId, String> dialStatus = new HashMap<>();

  CallbackDecisions(EngineSettings settings, LiveState state) {
    this.settings = settings;
    this.state = state;
    this.waiting = new CallbackTurns(state);
  }

  private CallbackPolicy policy() {
    return settings.callbacks();
  }

  Reply command(CallbackCommand command, Turn turn) {
    return switch (command) {
      case CallbackCommand.Request request -> request(request, turn);
      case CallbackCommand.Cancel cancel -> cancel(cancel, turn);
    };
  }

  private Reply request(CallbackCommand.Request request, Turn turn) {
    Optional<Call> call = turn.callOf(settings.connection(request.channel()));
    Optional<Desk> desk = turn.catalog().desk(request.desk());
    if (call.isEmpty()) {
      return new Reply.Refusal(
          "no-such-call", "no call on channel " + request.channel() + ", expected one under way");
    }
    if (desk.isEmpty()) {
      return new Reply.Refusal(
          "no-such-desk", "no desk " + request.desk() + ", expected one on file");
    }
    if (!request.number().matches(Wish.NUMBER)) {
      return new Reply.Refusal(
          "bad-number", "number '" + request.number() + "', expected 3 to 20 digits");
    }
    if (!request.number().matches(policy().numbers())) {
      return new Reply.Refusal(
          "number-not-called",
          "number '" + request.number() + "', expected one that callbacks may go to");
    }
    List<Callback> open = state.callbacks().ofDesk(request.desk());
    if (open.stream().anyMatch(known -> known.wish().number().equals(request.number()))) {
      return new Reply.Accepted();
    }
    if (open.size() >= policy().mostOpen()) {
      return new Reply.Refusal(
          "too-many-callbacks",
          "desk " + request.desk() + " has " + open.size() + " callbacks, the most there may be");
    }
    CallbackId id = CallbackId.of(call.get().id());
    if (state.callbacks().callback(id).isPresent()) {
      return new Reply.Accepted();
    }
    if (!state.wishes().allows(request.number(), turn.now())) {
      return new Reply.Refusal(
          "too-many-callbacks",
          "number '" + request.number() + "', expected at most " + CallbackWishes.MOST + " a day");
    }
    Instant until = turn.now().plus(policy().validity());
    turn.happen(
        new CallbackRequested(
            id,
            call.get().id(),
            turn.now(),
            new Wish(
                desk.get().id(),
                desk.get().queue(),
                request.number(),
                place(call.get(), desk.get(), turn.now()),
                until,
                Optional.of(request.language()))));
    turn.want(new Effect.Arm(new TimerInput.CallbackDue(id, until), until));
    return new Reply.Accepted();
  }

  /** When the caller came to the desk's queue first; now for one who never waited there. */
  private static Instant place(Call call, Desk desk, Instant now) {
    return call.visits().stream()
        .filter(visit -> visit.queue().equals(desk.queue()))
        .map(QueueVisit::enteredAt)
        .findFirst()
        .orElse(now);
  }

  private Reply cancel(CallbackCommand.Cancel cancel, Turn turn) {
    Optional<Callback> callback = state.callbacks().callback(cancel.callback());
    if (callback.isEmpty()) {
      return new Reply.Refusal(
          "no-such-callback", "no callback " + cancel.callback() + ", expected one that is open");
    }
    if (callback.get().underWay()) {
      return new Reply.Refusal(
          "callback-under-way",
          "callback " + cancel.callback() + " is being called, expected one that waits");
    }
    end(callback.get(), CallbackOutcome.CANCELLED, cancel.by(), turn);
    return new Reply.Accepted();
  }

  void dialEnded(CallId call, String status) {
    if (state.callbacks().ofMade(call).isPresent()) {
      dialStatus.put(call, status);
    }
  }

  void refusedByGateway(GatewayAction.CallBack action, String message, Turn turn) {
    state
        .callbacks()
        .callback(action.callback())
        .filter(callback -> callback.state() == Callback.State.DIALLING)
        .filter(callback -> callback.made().equals(Optional.of(made(action.channel()))))
        .ifPresent(callback -> failed(callback, "gateway: " + message, turn));
  }

  private CallId made(ChannelId channel) {
    return new CallId(settings.gateway() + ":" + channel);
  }

  /** The next attempt, the end of one that nobody saw, or the end of its time. */
  void due(TimerInput.CallbackDue timer, Turn turn) {
    Optional<Callback> found = state.callbacks().callback(timer.callback());
    if (found.isEmpty()) {
      return;
    }
    Callback callback = found.get();
    if (callback.waiting() && !turn.now().isBefore(callback.wish().until())) {
      end(callback, CallbackOutcome.EXPIRED, "", turn);
    } else if (callback.state() == Callback.State.DIALLING
        && !turn.now().isBefore(attemptOver(callback))
        && callback.made().flatMap(turn::call).isEmpty()) {
      failed(callback, "the gateway never told what became of the call", turn);
    } else if (callback.state() == Callback.State.REACHED
        && !turn.now().isBefore(attemptOver(callback))) {
      reachedForLong(callback, turn);
    } else if (state.live(settings.gateway())) {
      dialWhoeverIsNext(turn);
    }
  }

  /** Who waits is left alone; a call that is not there any more has ended unseen. */
  private void reachedForLong(Callback callback, Turn turn) {
    if (callback.made().flatMap(turn::call).isEmpty()) {
      end(callback, CallbackOutcome.LEFT, "", turn);
    } else {
      Instant again = turn.now().plus(policy().ring()).plus(BEYOND_RINGING);
      turn.want(new Effect.Arm(new TimerInput.CallbackDue(callback.id(), again), again));
    }
  }

  private Instant attemptOver(Callback callback) {
    return callback.stateSince().plus(policy().ring()).plus(BEYOND_RINGING);
  }

  /** What a turn's events mean for callbacks; then whoever's turn it is by now is called. */
  void follow(Turn turn) {
    if (state.callbacks().all().isEmpty()) {
      return;
    }
    boolean look = false;
    for (DomainEvent event : turn.happened()) {
      switch (event) {
        case Queued e -> reached(e, turn);
        case Established e -> {
          talked(e.call(), turn);
          look = true;
        }
        case PartEstablished e -> talked(e.call(), turn);
        case CallCleared e -> {
          cleared(e, turn);
          look = true;
        }
        case QueueVisitEnded _ -> look = true;
        case CallbackEvent _ -> look = true;
        case AgentEvent _ -> look = true;
        case GatewayEvent _ -> look = true;
        case CallEvent _, RecordingEvent _, CallerEvent _, SupervisorEvent _ -> {}
      }
    }
    if (look && state.live(settings.gateway())) {
      dialWhoeverIsNext(turn);
    }
  }

  private void reached(Queued event, Turn turn) {
    state
        .callbacks()
        .ofMade(event.call())
        .filter(callback -> callback.state() == Callback.State.DIALLING)
        .ifPresent(
            callback -> {
              turn.happen(
                  new CallbackReached(callback.id(), callback.call(), event.at(), event.call()));
              Instant over = event.at().plus(policy().ring()).plus(BEYOND_RINGING);
              turn.want(new Effect.Arm(new TimerInput.CallbackDue(callback.id(), over), over));
            });
  }

  private void talked(CallId talk, Turn turn) {
    Optional<Callback> ours = state.callbacks().ofMade(talk);
    if (ours.isPresent()) {
      end(ours.get(), CallbackOutcome.TALKED, "", turn);
      return;
    }
    Optional<Call> call = turn.call(talk).filter(Call::answered);
    for (Callback callback : List.copyOf(state.callbacks().all())) {
      String number = callback.wish().number();
      if (callback.waiting()
          && call.filter(
                  c ->
                      c.origin().callingNumber().equals(number)
                          || c.origin().dialledNumber().equals(number))
              .isPresent()) {
        end(callback, CallbackOutcome.SETTLED, "", turn);
      }
    }
  }

  private void cleared(CallCleared event, Turn turn) {
    Optional<Callback> ours =
        state.callbacks().ofMade(event.call()).filter(callback -> !endedIn(callback.id(), turn));
    String status = dialStatus.remove(event.call());
    if (ours.isEmpty()) {
      return;
    }
    if (ours.get().state() == Callback.State.REACHED || reachedIn(ours.get().id(), turn)) {
      end(ours.get(), CallbackOutcome.LEFT, "", turn);
    } else {
      failed(
          ours.get(),
          status == null || status.equals("ANSWER") ? "answered, not confirmed" : status,
          turn);
    }
  }

  private void failed(Callback callback, String reason, Turn turn) {
    Instant again = turn.now().plus(policy().pause());
    boolean last =
        callback.attempts() >= policy().attempts() || !again.isBefore(callback.wish().until());
    turn.happen(
        new CallbackFailed(
            callback.id(),
            callback.call(),
            turn.now(),
            reason,
            last ? Optional.empty() : Optional.of(again)));
    if (last) {
      end(callback, CallbackOutcome.NOT_REACHED, "", turn);
    } else {
      turn.want(new Effect.Arm(new TimerInput.CallbackDue(callback.id(), again), again));
    }
  }

  private void end(Callback callback, CallbackOutcome outcome, String by, Turn turn) {
    if (!endedIn(callback.id(), turn)) {
      turn.happen(new CallbackEnded(callback.id(), callback.call(), turn.now(), outcome, by));
    }
  }

  private static boolean endedIn(CallbackId id, Turn turn) {
    return turn.happened().stream()
        .anyMatch(event -> event instanceof CallbackEnded e && e.callback().equals(id));
  }

  private static boolean reachedIn(CallbackId id, Turn turn) {
    return turn.happened().stream()
        .anyMatch(event -> event instanceof CallbackReached e && e.callback().equals(id));
  }

  private void dialWhoeverIsNext(Turn turn) {
    Set<DeskId> desks = new HashSet<>();
    state.callbacks().all().stream()
        .filter(callback -> callback.waiting() && !endedIn(callback.id(), turn))
        .map(callback -> callback.wish().desk())
        .forEach(desks::add);
    for (DeskId desk : desks) {
      int free = waiting.freeAgents(desk, turn);
      int before = 0;
      for (Callback callback : state.callbacks().ofDesk(desk)) {
        if (endedIn(callback.id(), turn)) {
          continue;
        }
        if (dialledIn(callback.id(), turn)) {
          before++;
        } else if (callback.underWay()) {
          before += CallbackTurns.takesAnAgent(callback, turn) ? 1 : 0;
        } else if (isDue(callback, turn) && free > before + waiting.before(callback, turn)) {
          dial(callback, turn);
          before++;
        }
      }
    }
  }

  private static boolean dialledIn(CallbackId id, Turn turn) {
    return turn.happened().stream()
        .anyMatch(event -> event instanceof CallbackDialled e && e.callback().equals(id));
  }

  /** Not while the caller is still on the line of the call in which they asked for it. */
  private static boolean isDue(Callback callback, Turn turn) {
    boolean failedNow =
        turn.happened().stream()
            .anyMatch(
                event -> event instanceof CallbackFailed e && e.callback().equals(callback.id()));
    return !failedNow
        && turn.call(callback.call()).isEmpty()
        && !turn.now().isBefore(callback.notBefore())
        && turn.now().isBefore(callback.wish().until());
  }

  private void dial(Callback callback, Turn turn) {
    int attempt = callback.attempts() + 1;
    ChannelId channel =
        new ChannelId("cti-back-" + turn.now().toEpochMilli() + "-" + shortened(callback, attempt));
    turn.happen(
        new CallbackDialled(callback.id(), callback.call(), turn.now(), attempt, made(channel)));
    turn.want(
        new Effect.Act(
            new GatewayAction.CallBack(
                settings.gateway(),
                channel,
                callback.wish().number(),
                callback.id(),
                callback.wish().queue(),
                policy().priority(),
                policy().ring(),
                callback.wish().language())));
    Instant over = turn.now().plus(policy().ring()).plus(BEYOND_RINGING);
    turn.want(new Effect.Arm(new TimerInput.CallbackDue(callback.id(), over), over));
  }

  /** Tells callbacks apart that are dialled in the same millisecond. */
  private static String shortened(Callback callback, int attempt) {
    return Integer.toHexString(callback.id().hashCode()) + "-" + attempt;
  }

  /** What must be armed again after the journal was replayed. */
  List<Effect> afterReplay() {
    List<Effect> effects = new ArrayList<>();
    for (Callback callback : state.callbacks().all()) {
      effects.add(arm(callback, callback.wish().until()));
      if (callback.waiting()) {
        effects.add(arm(callback, callback.notBefore()));
      } else {
        effects.add(arm(callback, attemptOver(callback)));
      }
    }
    return effects;
  }

  private static Effect arm(Callback callback, Instant due) {
    return new Effect.Arm(new TimerInput.CallbackDue(callback.id(), due), due);
  }
}
