package cti.core.engine;

import cti.core.agent.AgentStatus;
import cti.core.call.Call;
import cti.core.call.Connection;
import cti.core.call.Part;
import cti.core.call.QueueVisit;
import cti.core.desk.Desk;
import cti.core.engine.GatewayInput.ChannelFacts;
import cti.core.engine.SupervisorCommand.Destination;
import cti.core.event.SupervisorEvent.CallerMoved;
import cti.core.event.SupervisorEvent.ListeningAsked;
import cti.core.event.SupervisorEvent.ListeningEnded;
import cti.core.event.SupervisorEvent.ListeningHeard;
import cti.core.id.AgentId;
import cti.core.id.ChannelId;
import cti.core.id.DeskId;
import cti.core.id.Extension;
import cti.core.id.ListeningId;
import cti.core.supervision.Listening;
import cti.core.supervision.ListeningEnd;
import cti.core.supervision.ListeningMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What supervisors do in the calls of others. A supervisor's phone is no call of its own and no
 * part of the one that it hears: its channels are known by their names and passed over everywhere
 * else, so that no record, no figure and no agent's state follows them.
 */
final class SupervisorDecisions {
  /** The phone rings for 30 s; later nothing comes of it any more. */
  static final Duration TO_ANSWER = Duration.ofSeconds(45);

  private static final int MOST_LISTENERS = 3;

  /** Before all priorities that rules give. */
  private static final int FIRST = 1_000;

  /** From which moments are counted, so that who is moved to the front later is before. */
  private static final long MOMENTS = Instant.parse("2024-01-01T00:00:00Z").getEpochSecond();

  private final EngineSettings settings;
  private final LiveState state;

  /** Tells apart the phones that are rung within one millisecond. */
  private long rung;

  SupervisorDecisions(EngineSettings settings, LiveState state) {
    this.settings = settings;
    this.state = state;
  }

  Reply command(SupervisorCommand command, Turn turn) {
    if (!state.live(settings.gateway())) {
      return refusal(
          "gateway-away", "the link to gateway " + settings.gateway() + " is away, try later");
    }
    return switch (command) {
      case SupervisorCommand.Listen listen -> listen(listen, turn);
      case SupervisorCommand.ListenAs other -> listenAs(other, turn);
      case SupervisorCommand.StopListening stop -> stop(stop, turn);
      case SupervisorCommand.MoveCaller move -> move(move, turn);
    };
  }

  private Reply listen(SupervisorCommand.Listen command, Turn turn) {
    Optional<Call> call =
        state.calls().stream().filter(one -> own(one, command.agent()).isPresent()).findFirst();
    if (call.isEmpty()) {
      return refusal(
          "not-talking", "agent " + command.agent() + " is in no talk, expected one who talks");
    }
    Part part = own(call.get(), command.agent()).orElseThrow();
    Optional<Reply> unfit = unfit(command, part, turn);
    if (unfit.isPresent()) {
      return unfit.get();
    }
    long listeners =
        state.listenings().all().stream()
            .filter(known -> known.agent().equals(command.agent()))
            .count();
    if (listeners >= MOST_LISTENERS) {
      return refusal(
          "too-many-listeners",
          listeners
              + " listen to agent "
              + command.agent()
              + ", expected at most "
              + MOST_LISTENERS);
    }
    rung++;
    ListeningId id = new ListeningId(Dialplan.LISTENER + turn.now().toEpochMilli() + "-" + rung);
    turn.happen(
        new ListeningAsked(
            id,
            call.get().id(),
            turn.now(),
            command.agent(),
            call.get().desk(),
            command.extension(),
            command.mode(),
            told(call.get(), command.agent(), turn),
            command.by().user(),
            command.by().name()));
    act(
        new GatewayAction.Listen(
            settings.gateway(),
            channel(id),
            Dialplan.listeningChannel(command.extension()),
            settings.channel(part.id()),
            command.mode(),
            part.device().number()),
        turn);
    turn.want(arm(id, turn.now()));
    return new Reply.Accepted();
  }

  private Optional<Reply> unfit(SupervisorCommand.Listen command, Part part, Turn turn) {
    String phone = command.extension().value();
    int digits = settings.dialplan().extensionDigits();
    if (!phone.matches("[0-9]{2," + digits + "}")) {
      return refused(
          "bad-extension", "extension '" + phone + "', expected 2 to " + digits + " digits");
    }
    if (phone.equals(part.device().number())) {
      return refused("bad-extension", "extension '" + phone + "' is the agent's own phone");
    }
    Optional<AgentId> there = state.agentAt(command.extension());
    if (there.isPresent() && !there.equals(command.by().agent())) {
      return refused(
          "extension-taken",
          "extension " + phone + " is in use by agent " + there.get() + ", expected your own");
    }
    boolean talks =
        there
            .flatMap(turn::agent)
            .flatMap(AgentStatus::call)
            .flatMap(turn::call)
            .flatMap(call -> own(call, there.get()))
            .isPresent();
    if (talks) {
      return refused("busy", "you are in a call at extension " + phone + ", expected a free phone");
    }
    return state.listenings().all().stream()
        .filter(
            known ->
                known.by().user().equals(command.by().user())
                    || known.extension().equals(command.extension()))
        .findFirst()
        .flatMap(
            known ->
                refused(
                    "already-listening",
                    known.by().user()
                        + " listens to agent "
                        + known.agent()
                        + " at extension "
                        + known.extension()
                        + ", expected its end first"));
  }

  /** By the desk of the talk; of a call of the agent's own by any desk that they are at. */
  private static boolean told(Call call, AgentId agent, Turn turn) {
    Set<DeskId> desks =
        call.desk()
            .map(Set::of)
            .orElseGet(() -> turn.agent(agent).map(AgentStatus::desks).orElse(Set.of()));
    return desks.isEmpty()
        || desks.stream().anyMatch(desk -> !turn.catalog().rules(desk).listenersHidden());
  }

  private Reply listenAs(SupervisorCommand.ListenAs command, Turn turn) {
    Optional<Listening> known = state.listenings().listening(command.listening());
    if (known.isEmpty()) {
      return noSuchListening(command.listening());
    }
    if (!known.get().heard()) {
      return refusal(
          "not-answered", "extension " + known.get().extension() + " rings, expected it answered");
    }
    if (known.get().mode() != command.mode()) {
      act(
          new GatewayAction.ListenAs(
              settings.gateway(), channel(command.listening()), command.mode()),
          turn);
    }
    return new Reply.Accepted();
  }

  private Reply stop(SupervisorCommand.StopListening command, Turn turn) {
    if (state.listenings().listening(command.listening()).isEmpty()) {
      return noSuchListening(command.listening());
    }
    act(new GatewayAction.HangUp(settings.gateway(), channel(command.listening())), turn);
    return new Reply.Accepted();
  }

  private static Reply noSuchListening(ListeningId id) {
    return refusal("no-such-listening", "no listening " + id + ", expected one under way");
  }

  private Reply move(SupervisorCommand.MoveCaller command, Turn turn) {
    Optional<Call> found = state.call(command.call());
    if (found.isEmpty()) {
      return refusal("no-such-call", "no call " + command.call() + ", expected one under way");
    }
    Call call = found.get();
    Optional<QueueVisit> waits = call.waitingVisit().filter(_ -> call.talkers().isEmpty());
    Optional<Connection> caller =
        Optional.ofNullable(call.connections().get(call.caller().connection()));
    if (waits.isEmpty() || caller.isEmpty()) {
      return refusal(
          "not-waiting", "nobody waits in call " + call.id() + ", expected a caller in a queue");
    }
    QueueVisit visit = waits.get();
    String name = caller.get().channelName();
    return switch (command.to()) {
      case Destination.ToDesk to -> toDesk(command, to, visit, name, turn);
      case Destination.ToBack to -> toBack(command, to, visit, name, turn);
      case Destination.ToAgent to -> toAgent(command, to, visit, name, turn);
    };
  }

  private Reply toDesk(
      SupervisorCommand.MoveCaller command,
      Destination.ToDesk to,
      QueueVisit visit,
      String caller,
      Turn turn) {
    Optional<Desk> desk = turn.catalog().desk(to.desk());
    if (desk.isEmpty()) {
      return refusal("no-such-desk", "no desk " + to.desk() + ", expected one on file");
    }
    int priority = to.first() ? first(turn.now()) : 0;
    if (desk.get().queue().equals(visit.queue())) {
      if (!to.first()) {
        return refusal(
            "already-there",
            "the caller waits at desk " + to.desk() + " already, expected another or the front");
      }
      moved(command, visit, Optional.of(to.desk()), Optional.empty(), true, turn);
      act(
          new GatewayAction.SetCallerPriority(settings.gateway(), visit.queue(), caller, priority),
          turn);
      return new Reply.Accepted();
    }
    moved(command, visit, Optional.of(to.desk()), Optional.empty(), to.first(), turn);
    act(
        new GatewayAction.WithdrawCaller(
            settings.gateway(),
            visit.queue(),
            caller,
            place("desk", desk.get().queue().value(), priority, visit)),
        turn);
    return new Reply.Accepted();
  }

  /** With no priority at all app_queue puts them behind everybody who has none either. */
  private Reply toBack(
      SupervisorCommand.MoveCaller command,
      Destination.ToBack to,
      QueueVisit visit,
      String caller,
      Turn turn) {
    if (!visit.desk().equals(Optional.of(to.desk()))) {
      return refusal(
          "not-waiting",
          "nobody waits at desk %s in call %s, expected the desk where the caller waits"
              .formatted(to.desk(), command.call()));
    }
    moved(command, visit, Optional.of(to.desk()), Optional.empty(), false, turn);
    act(new GatewayAction.SetCallerPriority(settings.gateway(), visit.queue(), caller, 0), turn);
    return new Reply.Accepted();
  }

  private Reply toAgent(
      SupervisorCommand.MoveCaller command,
      Destination.ToAgent to,
      QueueVisit visit,
      String caller,
      Turn turn) {
    Optional<AgentStatus> agent = turn.agent(to.agent()).filter(AgentStatus::loggedOn);
    if (agent.isEmpty()) {
      return refusal(
          "target-away", "agent " + to.agent() + " is logged off, expected one who is logged on");
    }
    if (agent.get().call().flatMap(turn::call).flatMap(c -> own(c, to.agent())).isPresent()) {
      return refusal("target-busy", "agent " + to.agent() + " is in a call, expected a free one");
    }
    moved(command, visit, Optional.empty(), Optional.of(to.agent()), false, turn);
    act(
        new GatewayAction.WithdrawCaller(
            settings.gateway(),
            visit.queue(),
            caller,
            place(
                "agent",
                agent.get().extension().map(Extension::value).orElse(""),
                first(turn.now()),
                visit)),
        turn);
    return new Reply.Accepted();
  }

  /** As [cti-transfer-moved] reads it: kind, which, priority there or on the way back, from. */
  private static String place(String kind, String which, int priority, QueueVisit visit) {
    return String.join(":", kind, which, Integer.toString(priority), visit.queue().value());
  }

  private static int first(Instant now) {
    return FIRST + (int) (now.getEpochSecond() - MOMENTS);
  }

  private static void moved(
      SupervisorCommand.MoveCaller command,
      QueueVisit visit,
      Optional<DeskId> desk,
      Optional<AgentId> agent,
      boolean first,
      Turn turn) {
    turn.happen(
        new CallerMoved(
            command.call(),
            turn.now(),
            visit.desk(),
            desk,
            agent,
            first,
            command.reason(),
            command.by().user(),
            command.by().name()));
  }

  /** The dialplan tells that the supervisor's phone hears the talk, and how. */
  void heard(ChannelId channel, ListeningMode mode, Turn turn, Instant at) {
    known(channel)
        .filter(listening -> !listening.heard() || listening.mode() != mode)
        .ifPresent(
            listening ->
                turn.happen(new ListeningHeard(listening.id(), listening.call(), at, mode)));
  }

  void channelGone(ChannelId channel, Turn turn, Instant at) {
    known(channel)
        .ifPresent(
            listening ->
                end(
                    listening,
                    listening.heard() ? ListeningEnd.OVER : ListeningEnd.NOT_ANSWERED,
                    turn,
                    at));
  }

  /** The gateway refused to ring; what it did not answer ends by its time. */
  void refusedByGateway(GatewayAction.Listen action, boolean answered, Turn turn, Instant at) {
    known(action.channel())
        .filter(_ -> answered)
        .ifPresent(listening -> end(listening, ListeningEnd.REFUSED, turn, at));
  }

  /** A phone that was not answered in time: whatever is left of it ends. */
  void due(TimerInput.ListeningDue timer, Turn turn) {
    state
        .listenings()
        .listening(timer.listening())
        .filter(listening -> !listening.heard())
        .ifPresent(
            listening -> {
              end(listening, ListeningEnd.NOT_ANSWERED, turn, turn.now());
              act(new GatewayAction.HangUp(settings.gateway(), channel(listening.id())), turn);
            });
  }

  /** After the link was away: whose channel is gone listens no longer. */
  void reconcile(GatewayInput.Snapshot snapshot, Turn turn) {
    Set<ChannelId> there =
        snapshot.channels().stream().map(ChannelFacts::channel).collect(Collectors.toSet());
    for (Listening listening : List.copyOf(state.listenings().all())) {
      if (!there.contains(channel(listening.id()))) {
        end(listening, ListeningEnd.UNSEEN, turn, snapshot.at());
      }
    }
  }

  /** What must be armed again after the journal was replayed. */
  List<Effect> afterReplay() {
    List<Effect> effects = new ArrayList<>();
    for (Listening listening : state.listenings().all()) {
      if (!listening.heard()) {
        effects.add(arm(listening.id(), listening.askedAt()));
      }
    }
    return effects;
  }

  private static Effect arm(ListeningId id, Instant asked) {
    Instant due = asked.plus(TO_ANSWER);
    return new Effect.Arm(new TimerInput.ListeningDue(id, due), due);
  }

  private static void end(Listening listening, ListeningEnd how, Turn turn, Instant at) {
    turn.happen(new ListeningEnded(listening.id(), listening.call(), at, how));
  }

  private Optional<Listening> known(ChannelId channel) {
    return Dialplan.listens(channel)
        ? state.listenings().listening(new ListeningId(channel.value()))
        : Optional.empty();
  }

  private static ChannelId channel(ListeningId id) {
    return new ChannelId(id.value());
  }

  private static Optional<Part> own(Call call, AgentId agent) {
    return call.parts().stream()
        .filter(Part::talking)
        .filter(part -> part.device().agent().equals(Optional.of(agent)))
        .findFirst();
  }

  private static void act(GatewayAction action, Turn turn) {
    turn.want(new Effect.Act(action));
  }

  private static Optional<Reply> refused(String id, String message) {
    return Optional.of(refusal(id, message));
  }

  private static Reply refusal(String id, String message) {
    return new Reply.Refusal(id, message);
  }
}
