package cti.server.web.stream;

import cti.core.agent.AgentState;
import cti.core.agent.AgentStatus;
import cti.core.call.Call;
import cti.core.call.Direction;
import cti.core.call.Part;
import cti.core.call.RingOutcome;
import cti.core.event.CallEvent;
import cti.core.event.CallEvent.CallCleared;
import cti.core.event.CallEvent.CallerIdentified;
import cti.core.event.CallEvent.CallsMerged;
import cti.core.event.CallEvent.Delivered;
import cti.core.event.CallEvent.Diverted;
import cti.core.event.CallEvent.Established;
import cti.core.event.CallEvent.Failed;
import cti.core.event.CallEvent.JoiningPart;
import cti.core.event.CallEvent.PartDelivered;
import cti.core.event.CallEvent.PartEstablished;
import cti.core.id.AgentId;
import cti.core.id.AttemptId;
import cti.core.id.CallId;
import cti.core.id.ConnectionId;
import cti.core.id.StaffId;
import cti.server.web.http.Words;
import cti.server.web.stream.Scope.Audience;
import cti.server.web.view.IncidentView;
import cti.server.web.view.PopView;
import cti.server.web.view.Views;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The screen-pops that are up: from the ring until the ring ends, or until the agent has done with
 * the call. A phone rings for an agent where a queue offers the call, where the caller is handed to
 * them or sent to their extension, and where they are consulted. Earlier incidents are asked for as
 * soon as the caller is known and come when they come. One owner.
 */
final class Pops {
  static final int INCIDENTS_AT_MOST = 5;
  private static final int CALLS_AT_MOST = 4_096;

  private final PopMaking making;
  private final Loader loader;
  private final Map<AttemptId, Up> up = new LinkedHashMap<>();
  private final Map<CallId, Earlier> earlier = new BoundedMap();

  /** Asks for earlier incidents; answers later through {@link #loaded}. Never blocks. */
  @FunctionalInterface
  interface Loader {
    void load(CallId call, List<StaffId> matches, String number);
  }

  record Up(AttemptId attempt, CallId call, AgentId agent, boolean answered, PopView view) {
    Up with(PopView revised) {
      return new Up(attempt, call, agent, answered, revised);
    }
  }

  /** Earlier incidents of a call's caller; {@code askedNanos} tells how long we have waited. */
  private record Earlier(
      IncidentsState state, List<IncidentView> incidents, long askedNanos, Question question) {}

  /** Whose incidents were asked for. */
  record Question(CallId call, List<StaffId> matches, String number) {}

  /** What is up and what was asked, to be kept. */
  record Memory(List<Up> up, List<Question> asked) {
    Memory {
      up = List.copyOf(up);
      asked = List.copyOf(asked);
    }
  }

  Memory memory() {
    return new Memory(
        List.copyOf(up.values()), earlier.values().stream().map(Earlier::question).toList());
  }

  /** Takes up what was kept; {@link #askAgain} then asks for the incidents anew. */
  void restore(Memory memory) {
    memory.up().forEach(pop -> up.put(pop.attempt(), pop));
    memory
        .asked()
        .forEach(
            question ->
                earlier.put(
                    question.call(), new Earlier(IncidentsState.LOADING, List.of(), 0, question)));
  }

  private enum IncidentsState {
    LOADING,
    LOADED,
    UNAVAILABLE
  }

  private static final class BoundedMap extends LinkedHashMap<CallId, Earlier> {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<CallId, Earlier> eldest) {
      return size() > CALLS_AT_MOST;
    }
  }

  Pops(Views views, Loader loader) {
    this.making = new PopMaking(views);
    this.loader = loader;
  }

  /** Pops that are up for whoever sees them. */
  List<PopView> seenBy(Scope scope) {
    return up.values().stream()
        .filter(pop -> scope.sees(Audience.of(pop.agent())))
        .map(pop -> PopMaking.seenBy(scope, pop.view()))
        .toList();
  }

  /**
   * Folds an event of a call.
   *
   * @param call the call with the event applied; as it was before for CallCleared
   */
  List<Frame> apply(long seq, CallEvent event, Call call, long nowNanos) {
    return switch (event) {
      case CallerIdentified e -> {
        ask(new Question(e.call(), e.matches(), e.number()), nowNanos);
        yield revise(seq, call);
      }
      case Delivered e -> {
        if (e.agent().isEmpty() || !knows(call, e.attempt())) {
          yield List.of();
        }
        yield raise(seq, call, e.attempt(), e.agent().get(), false, nowNanos);
      }
      case Established e -> {
        if (nowAnswered(e.attempt()) || e.agent().isEmpty() || !knows(call, e.attempt())) {
          yield List.of();
        }
        yield raise(seq, call, e.attempt(), e.agent().get(), true, nowNanos);
      }
      case Diverted e -> end(seq, e.attempt(), e.outcome());
      case PartDelivered e -> raise(seq, call, e.connection(), false, nowNanos);
      case PartEstablished e ->
          nowAnswered(id(e.connection()))
              ? List.of()
              : raise(seq, call, e.connection(), true, nowNanos);
      case CallsMerged e -> {
        List<Frame> frames = new ArrayList<>();
        for (JoiningPart part : e.parts()) {
          frames.addAll(raise(seq, call, part.connection(), part.answered(), nowNanos));
        }
        yield frames;
      }
      case Failed e -> end(seq, id(e.connection()), e.outcome());
      case CallCleared e -> {
        List<Frame> frames = new ArrayList<>();
        for (Up pop : List.copyOf(up.values())) {
          if (pop.call().equals(e.call()) && !pop.answered()) {
            frames.addAll(end(seq, pop.attempt(), RingOutcome.CALLER_GONE));
          }
        }
        // Somebody who works on the call still wants to see them.
        if (up.values().stream().noneMatch(pop -> pop.call().equals(e.call()))) {
          earlier.remove(e.call());
        }
        yield frames;
      }
      default -> List.of();
    };
  }

  /** A pop of a phone that no queue rang is named after its connection, as an offer is. */
  private static AttemptId id(ConnectionId connection) {
    return new AttemptId(connection.value());
  }

  private boolean nowAnswered(AttemptId pop) {
    return up.computeIfPresent(
            pop, (id, ringing) -> new Up(id, ringing.call(), ringing.agent(), true, ringing.view()))
        != null;
  }

  /** An agent's state changed: whoever has done with a call needs its pop no more. */
  void apply(AgentStatus status) {
    boolean atWork =
        status.state() == AgentState.BUSY || status.state() == AgentState.WORKING_AFTER_CALL;
    for (Up pop : List.copyOf(up.values())) {
      boolean theirs = pop.answered() && pop.agent().equals(status.agent());
      if (theirs && !(atWork && status.call().equals(Optional.of(pop.call())))) {
        up.remove(pop.attempt());
        earlier.remove(pop.call());
      }
    }
  }

  /** The incidents of a call came; empty where the store failed or took too long. */
  List<Frame> loaded(long seq, CallId call, Optional<List<IncidentView>> incidents) {
    Earlier asked = earlier.get(call);
    if (asked == null || asked.state() == IncidentsState.LOADED) {
      return List.of();
    }
    Earlier answer =
        new Earlier(
            incidents.isPresent() ? IncidentsState.LOADED : IncidentsState.UNAVAILABLE,
            incidents.orElse(List.of()),
            asked.askedNanos(),
            asked.question());
    earlier.put(call, answer);
    List<Frame> frames = new ArrayList<>();
    for (Up pop : List.copyOf(up.values())) {
      if (pop.call().equals(call)) {
        frames.add(
            show(
                seq,
                pop.with(
                    PopMaking.with(pop.view(), answer.incidents(), Words.of(answer.state())))));
      }
    }
    return frames;
  }

  /** Calls whose incidents have not come within {@code limit}. */
  List<CallId> overdue(long nowNanos, Duration limit) {
    List<CallId> late = new ArrayList<>();
    earlier.forEach(
        (call, asked) -> {
          if (asked.state() == IncidentsState.LOADING
              && nowNanos - asked.askedNanos() > limit.toNanos()) {
            late.add(call);
          }
        });
    return late;
  }

  private Earlier ask(Question question, long nowNanos) {
    Earlier asked = new Earlier(IncidentsState.LOADING, List.of(), nowNanos, question);
    earlier.put(question.call(), asked);
    loader.load(question.call(), question.matches(), question.number());
    return asked;
  }

  /** Asks again for what has not come: nobody answered while the picture was restored. */
  void askAgain(long nowNanos) {
    List.copyOf(earlier.values()).stream()
        .filter(asked -> asked.state() == IncidentsState.LOADING)
        .forEach(asked -> ask(asked.question(), nowNanos));
  }

  /** No pop where the call does not know the offer: its beginning was not seen. */
  private static boolean knows(Call call, AttemptId attempt) {
    return call.visits().stream()
        .flatMap(visit -> visit.attempts().stream())
        .anyMatch(ring -> ring.id().equals(attempt));
  }

  private List<Frame> raise(
      long seq, Call call, AttemptId attempt, AgentId agent, boolean answered, long nowNanos) {
    Earlier known = earlier.get(call.id());
    if (known == null) {
      known = ask(new Question(call.id(), call.matches(), PopMaking.number(call)), nowNanos);
    }
    return making
        .of(call, attempt, agent, known.incidents(), Words.of(known.state()))
        .map(view -> List.of(show(seq, new Up(attempt, call.id(), agent, answered, view))))
        .orElse(List.of());
  }

  /** No pop for a colleague who is dialled, nor for who makes the call: nobody comes to them. */
  private List<Frame> raise(
      long seq, Call call, ConnectionId connection, boolean answered, long nowNanos) {
    return call.part(connection)
        .filter(part -> comesToThem(call, part))
        .flatMap(part -> part.device().agent())
        .map(agent -> raise(seq, call, id(connection), agent, answered, nowNanos))
        .orElse(List.of());
  }

  private static boolean comesToThem(Call call, Part part) {
    return switch (part.role()) {
      case TRANSFERRED_TO, CONSULTED -> true;
      case CALLED -> call.origin().direction() == Direction.INBOUND;
      case CALLER, QUEUE_AGENT, CONFERENCED -> false;
    };
  }

  private Frame show(long seq, Up pop) {
    up.put(pop.attempt(), pop);
    return Frame.besideWithIncidents(
        seq,
        "pop " + pop.attempt(),
        Audience.of(pop.agent()),
        new ServerFrame.Pop(seq, pop.view()),
        scope -> new ServerFrame.Pop(seq, PopMaking.seenBy(scope, pop.view())));
  }

  /** The caller was identified only after the phone began to ring. */
  private List<Frame> revise(long seq, Call call) {
    List<Frame> frames = new ArrayList<>();
    for (Up pop : List.copyOf(up.values())) {
      if (pop.call().equals(call.id())) {
        Earlier known = earlier.get(call.id());
        making
            .of(call, pop.attempt(), pop.agent(), known.incidents(), Words.of(known.state()))
            .map(now -> pop.with(PopMaking.revision(now, pop.view().revision() + 1)))
            .ifPresent(now -> frames.add(show(seq, now)));
      }
    }
    return frames;
  }

  private List<Frame> end(long seq, AttemptId attempt, RingOutcome outcome) {
    Up gone = up.remove(attempt);
    if (gone == null) {
      return List.of();
    }
    return List.of(
        Frame.beside(
            seq,
            Topic.POPS,
            "pop " + attempt,
            Audience.of(gone.agent()),
            new ServerFrame.PopEnded(
                seq,
                attempt.value(),
                gone.call().value(),
                gone.agent().value(),
                Words.of(outcome))));
  }
}
