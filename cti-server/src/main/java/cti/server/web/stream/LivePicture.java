package cti.server.web.stream;

import cti.core.agent.Agent;
import cti.core.agent.AgentStatus;
import cti.core.call.Call;
import cti.core.call.EventCause;
import cti.core.call.QueueVisit;
import cti.core.call.RingAttempt;
import cti.core.engine.LiveQueues;
import cti.core.engine.LiveState;
import cti.core.engine.LiveState.GatewayStatus;
import cti.core.event.AgentEvent;
import cti.core.event.AgentEvent.AgentLoggedOff;
import cti.core.event.AgentEvent.AgentLoggedOn;
import cti.core.event.AgentEvent.AgentTakenOver;
import cti.core.event.CallEvent;
import cti.core.event.CallEvent.CallCleared;
import cti.core.event.CallerEvent;
import cti.core.event.DomainEvent;
import cti.core.event.GatewayEvent;
import cti.core.event.GatewayEvent.DriftHealed;
import cti.core.event.RecordingEvent;
import cti.core.event.RecordingEvent.RecordingStopped;
import cti.core.event.SupervisorEvent;
import cti.core.event.SupervisorEvent.ListeningEvent;
import cti.core.id.AgentId;
import cti.core.id.CallId;
import cti.core.id.DeskId;
import cti.core.id.Extension;
import cti.core.id.GatewayId;
import cti.core.port.JournalRecord;
import cti.core.recording.Recording;
import cti.core.supervision.Listening;
import cti.server.web.http.Words;
import cti.server.web.stream.Scope.Audience;
import cti.server.web.view.AgentView;
import cti.server.web.view.CallView;
import cti.server.web.view.GatewayView;
import cti.server.web.view.ListeningView;
import cti.server.web.view.PopView;
import cti.server.web.view.Views;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What the screens know: folded from the journal's records; makes a frame of each. One owner. */
public final class LivePicture {
  private static final int HEALED_AT_MOST = 50;

  private final Views views;
  private final Pops pops;
  private final LiveState state = new LiveState();
  private final Map<CallId, Audience> audiences = new HashMap<>();
  private final Deque<DriftHealed> healed = new ArrayDeque<>();
  private long seq;

  LivePicture(Views views, Pops.Loader loader) {
    this.views = views;
    this.pops = new Pops(views, loader);
  }

  /** All of it at one moment; what is folded from records has its place here. */
  public record Memory(
      LiveState.Memory state,
      Map<CallId, Audience> audiences,
      Pops.Memory pops,
      List<DriftHealed> healed) {
    public static final Memory EMPTY =
        new Memory(
            LiveState.Memory.EMPTY, Map.of(), new Pops.Memory(List.of(), List.of()), List.of());

    public Memory {
      audiences = Map.copyOf(audiences);
      healed = List.copyOf(healed);
    }
  }

  Memory memory() {
    return new Memory(state.memory(), audiences, pops.memory(), List.copyOf(healed));
  }

  /** Takes up what was kept, as it was after the record {@code sequence}. */
  void restore(long sequence, Memory memory) {
    state.restore(memory.state());
    audiences.clear();
    audiences.putAll(memory.audiences());
    pops.restore(memory.pops());
    healed.clear();
    healed.addAll(memory.healed());
    seq = sequence;
  }

  /** The last record that was folded; 0 for none. */
  public long seq() {
    return seq;
  }

  Pops pops() {
    return pops;
  }

  /** Folds the next record and makes its frames; the one that stands for the record comes last. */
  List<Frame> apply(JournalRecord record, long nowNanos) {
    seq = record.sequence();
    DomainEvent event = record.event();
    return switch (event) {
      case CallEvent e -> applyToCall(e, nowNanos);
      case AgentEvent e -> applyToAgent(e);
      case DriftHealed e -> {
        healed.addLast(e);
        if (healed.size() > HEALED_AT_MOST) {
          healed.removeFirst();
        }
        yield List.of(Notices.of(seq, e), Frame.nothing(seq, Topic.GATEWAY));
      }
      case GatewayEvent e -> List.of(applyToGateway(e));
      case RecordingEvent e -> List.of(applyToRecording(e));
      case ListeningEvent e -> List.of(applyToListening(e));
      case SupervisorEvent e -> {
        state.apply(e);
        yield List.of(Frame.nothing(seq, Topic.CALLS));
      }
      case CallerEvent e -> {
        state.apply(e);
        yield List.of(Frame.nothing(seq, Topic.CALLS));
      }
    };
  }

  private List<Frame> applyToCall(CallEvent event, long nowNanos) {
    Optional<Call> before = state.call(event.call());
    state.apply(event);
    Optional<Call> shown = event instanceof CallCleared ? before : state.call(event.call());
    if (shown.isEmpty()) {
      return List.of(Frame.nothing(seq, Topic.CALLS));
    }
    Call call = shown.get();
    Audience audience =
        audiences.getOrDefault(call.id(), Audience.SUPERVISORS).and(desksOf(call), agentsOf(call));
    audiences.put(call.id(), audience);
    List<Frame> frames = new ArrayList<>(pops.apply(seq, event, call, nowNanos));
    Supplier<CallView> view;
    if (event instanceof CallCleared end) {
      audiences.remove(call.id());
      view = () -> views.ended(call, end);
    } else {
      Optional<Instant> lost = lostSince(call.origin().gateway());
      Optional<Recording> recording = state.recordings().ofCall(call.id());
      view = () -> views.call(call, lost, recording);
    }
    long at = seq;
    frames.add(
        Frame.of(
            seq,
            Topic.CALLS,
            "call " + call.id(),
            audience,
            () ->
                new ServerFrame.CallChanged(
                    at, event.getClass().getSimpleName(), Words.of(event.cause()), view.get())));
    return frames;
  }

  /** The call whose talk is recorded shows it; one that has just ended says nothing more. */
  private Frame applyToRecording(RecordingEvent event) {
    state.apply(event);
    Optional<Call> call = state.call(event.call());
    if (call.isEmpty()) {
      return Frame.nothing(seq, Topic.CALLS);
    }
    EventCause cause = event instanceof RecordingStopped e ? e.cause() : EventCause.NORMAL;
    Optional<Instant> lost = lostSince(call.get().origin().gateway());
    Optional<Recording> recording = state.recordings().ofCall(event.call());
    long at = seq;
    return Frame.of(
        seq,
        Topic.CALLS,
        "call " + event.call(),
        audience(call.get()),
        () ->
            new ServerFrame.CallChanged(
                at,
                event.getClass().getSimpleName(),
                Words.of(cause),
                views.call(call.get(), lost, recording)));
  }

  private Frame applyToListening(ListeningEvent event) {
    Optional<Listening> before = state.listenings().listening(event.listening());
    state.apply(event);
    Optional<Listening> after =
        before
            .map(listening -> listening.apply(event))
            .or(() -> state.listenings().listening(event.listening()));
    if (after.isEmpty()) {
      return Frame.nothing(seq, Topic.LISTENINGS);
    }
    Listening listening = after.get();
    long at = seq;
    return Frame.of(
        seq,
        Topic.LISTENINGS,
        "listening " + listening.id(),
        audience(listening),
        () ->
            new ServerFrame.ListeningChanged(
                at, event.getClass().getSimpleName(), views.listening(listening)));
  }

  private Audience audience(Listening listening) {
    return Audience.overseersOf(
        listening.desk().map(Set::of).orElseGet(() -> views.seats(listening.agent())),
        listening.told() ? Set.of(listening.agent()) : Set.of());
  }

  /** Who listens to whom, as far as somebody sees it, oldest first. */
  public List<ListeningView> listenings(Scope scope) {
    return state.listenings().all().stream()
        .filter(listening -> scope.sees(audience(listening)))
        .map(views::listening)
        .toList();
  }

  private static Set<DeskId> desksOf(Call call) {
    Set<DeskId> desks = new HashSet<>();
    call.route().map(Call.Route::desk).ifPresent(desks::add);
    call.visits().forEach(visit -> visit.desk().ifPresent(desks::add));
    return desks;
  }

  /** Whom a queue offered the call, and whoever has a device in it: calls of their own too. */
  private static Set<AgentId> agentsOf(Call call) {
    Set<AgentId> agents = new HashSet<>();
    call.parts().forEach(part -> part.device().agent().ifPresent(agents::add));
    for (QueueVisit visit : call.visits()) {
      for (RingAttempt attempt : visit.attempts()) {
        attempt.agent().ifPresent(agents::add);
      }
    }
    return agents;
  }

  private List<Frame> applyToAgent(AgentEvent event) {
    state.apply(event);
    AgentStatus status = state.agent(event.agent()).orElseThrow();
    pops.apply(status);
    Optional<Instant> lost = lostSince();
    long at = seq;
    List<Frame> frames = new ArrayList<>(Notices.of(seq, event));
    frames.add(
        Frame.of(
            seq,
            Topic.AGENTS,
            "agent " + event.agent(),
            Audience.EVERYBODY,
            () ->
                new ServerFrame.AgentChanged(
                    at, event.getClass().getSimpleName(), views.agent(status, lost))));
    return frames;
  }

  private Frame applyToGateway(GatewayEvent event) {
    state.apply(event);
    GatewayView gateway =
        state.gateways().stream()
            .filter(known -> known.gateway().equals(event.gateway()))
            .map(GatewayView::of)
            .findFirst()
            .orElseThrow();
    Map<CallView, Audience> calls = new LinkedHashMap<>();
    for (Call call : state.calls()) {
      if (call.origin().gateway().equals(event.gateway())) {
        calls.put(view(call), audience(call));
      }
    }
    GatewayNews news =
        new GatewayNews(seq, event.getClass().getSimpleName(), gateway, agents(), calls);
    return new Frame(
        seq, true, Topic.GATEWAY, "", Audience.EVERYBODY, new Frame.Rendering.ByScope(news::json));
  }

  /** Whether what somebody sees may have changed with this event: they log on or off. */
  static Optional<AgentId> scopeChanged(DomainEvent event) {
    return switch (event) {
      case AgentLoggedOn e -> Optional.of(e.agent());
      case AgentLoggedOff e -> Optional.of(e.agent());
      case AgentTakenOver e -> Optional.of(e.agent());
      case AgentEvent e -> Optional.empty();
      case CallEvent e -> Optional.empty();
      case GatewayEvent e -> Optional.empty();
      case RecordingEvent e -> Optional.empty();
      case CallerEvent e -> Optional.empty();
      case SupervisorEvent e -> Optional.empty();
    };
  }

  private Audience audience(Call call) {
    return audiences.getOrDefault(call.id(), Audience.SUPERVISORS);
  }

  private CallView view(Call call) {
    return views.call(
        call, lostSince(call.origin().gateway()), state.recordings().ofCall(call.id()));
  }

  private Optional<Instant> lostSince(GatewayId gateway) {
    return state.gateways().stream()
        .filter(link -> link.gateway().equals(gateway) && !link.live())
        .map(GatewayStatus::since)
        .findFirst();
  }

  /** When the first of the links that are lost was lost; an agent may be busy on any of them. */
  private Optional<Instant> lostSince() {
    return state.gateways().stream()
        .filter(link -> !link.live())
        .map(GatewayStatus::since)
        .min(Instant::compareTo);
  }

  /** The desks that an agent has a seat at or is logged on to. */
  public Set<DeskId> desks(AgentId agent) {
    Set<DeskId> desks = new HashSet<>(views.seats(agent));
    state.agent(agent).ifPresent(status -> desks.addAll(status.desks()));
    return desks;
  }

  /** Calls under way that somebody sees, oldest first. */
  public List<CallView> calls(Scope scope) {
    return state.calls().stream()
        .filter(call -> scope.sees(audience(call)))
        .map(this::view)
        .toList();
  }

  public Optional<CallView> call(CallId id, Scope scope) {
    return state.call(id).filter(call -> scope.sees(audience(call))).map(this::view);
  }

  /** Every agent of the catalog and every other one who ever logged on, by number. */
  public List<AgentView> agents() {
    Optional<Instant> lost = lostSince();
    Map<AgentId, AgentView> all =
        views.catalog().agents().stream()
            .collect(Collectors.toMap(agent -> agent.id(), views::agent, (a, b) -> a));
    state.agents().forEach(status -> all.put(status.agent(), views.agent(status, lost)));
    return all.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(Map.Entry::getValue)
        .toList();
  }

  public Optional<AgentView> agent(AgentId id) {
    return state
        .agent(id)
        .map(status -> views.agent(status, lostSince()))
        .or(() -> views.agent(id).map(views::agent));
  }

  /** Who is logged on at an extension. */
  public Optional<AgentStatus> agentAt(Extension extension) {
    return state.agentAt(extension).flatMap(state::agent);
  }

  /** The queues, as routing looks at them. */
  public LiveQueues queues(List<DeskId> desks, List<Agent> agents, Instant now) {
    return LiveQueues.of(state, desks, agents, now);
  }

  /** Where an agent of the catalog is ready and in no call; empty while a gateway is not seen. */
  public Optional<Extension> readyAt(AgentId agent) {
    return views.agent(agent).flatMap(_ -> LiveQueues.readyAt(state, agent));
  }

  /** What agents asked for, those who never logged on left out; for supervisors. */
  public List<AgentStatus> statuses() {
    return List.copyOf(state.agents());
  }

  /** What the watchdog put right, newest first; at most 50. */
  public List<DriftHealed> healed() {
    return List.copyOf(healed).reversed();
  }

  public List<GatewayView> gateways() {
    return state.gateways().stream().map(GatewayView::of).toList();
  }

  /** Pops that are up for whoever sees them. */
  public List<PopView> pops(Scope scope) {
    return pops.seenBy(scope);
  }

  Views views() {
    return views;
  }
}
