package cti.core.engine;

import cti.core.agent.AgentStatus;
import cti.core.call.Call;
import cti.core.callback.Callback;
import cti.core.callback.CallbackWishes;
import cti.core.callback.LiveCallbacks;
import cti.core.event.AgentEvent;
import cti.core.event.CallEvent;
import cti.core.event.CallEvent.CallCleared;
import cti.core.event.CallEvent.CallMissed;
import cti.core.event.CallEvent.CallRecovered;
import cti.core.event.CallEvent.CallerIdentified;
import cti.core.event.CallEvent.CallsMerged;
import cti.core.event.CallEvent.Conferenced;
import cti.core.event.CallEvent.ConnectionCleared;
import cti.core.event.CallEvent.Delivered;
import cti.core.event.CallEvent.DigitsDialled;
import cti.core.event.CallEvent.Diverted;
import cti.core.event.CallEvent.Established;
import cti.core.event.CallEvent.Failed;
import cti.core.event.CallEvent.FellBack;
import cti.core.event.CallEvent.FlowEnded;
import cti.core.event.CallEvent.Held;
import cti.core.event.CallEvent.Originated;
import cti.core.event.CallEvent.PartDelivered;
import cti.core.event.CallEvent.PartEnded;
import cti.core.event.CallEvent.PartEstablished;
import cti.core.event.CallEvent.QueueVisitEnded;
import cti.core.event.CallEvent.Queued;
import cti.core.event.CallEvent.Retrieved;
import cti.core.event.CallEvent.Routed;
import cti.core.event.CallEvent.ServiceInitiated;
import cti.core.event.CallEvent.TalkEnded;
import cti.core.event.CallEvent.Transferred;
import cti.core.event.CallerEvent;
import cti.core.event.CallerEvent.CallbackEvent;
import cti.core.event.CallerEvent.CallbackRequested;
import cti.core.event.DomainEvent;
import cti.core.event.GatewayEvent.DriftHealed;
import cti.core.event.GatewayEvent.GatewayLive;
import cti.core.event.GatewayEvent.GatewayLost;
import cti.core.event.RecordingEvent;
import cti.core.event.SupervisorEvent;
import cti.core.event.SupervisorEvent.ListeningEvent;
import cti.core.id.AgentId;
import cti.core.id.CallId;
import cti.core.id.CallbackId;
import cti.core.id.ConnectionId;
import cti.core.id.Extension;
import cti.core.id.GatewayId;
import cti.core.id.ListeningId;
import cti.core.id.RecordingId;
import cti.core.recording.LiveRecordings;
import cti.core.recording.Recording;
import cti.core.supervision.Listening;
import cti.core.supervision.LiveListenings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is so now: calls under way, agents, links; folded from events by {@link #apply} and changed
 * by nothing else. Whoever wants the picture folds the same events: the engine one, the screens
 * one. Not thread-safe: one owner.
 */
public final class LiveState {
  private final Map<CallId, Call> calls = new LinkedHashMap<>();
  private final Map<ConnectionId, CallId> callOfConnection = new HashMap<>();
  private final Map<AgentId, AgentStatus> agents = new LinkedHashMap<>();
  private final Map<Extension, AgentId> agentAtExtension = new HashMap<>();
  private final Map<GatewayId, GatewayStatus> gateways = new LinkedHashMap<>();
  private final Map<RecordingId, Recording> recordings = new LinkedHashMap<>();
  private final Map<CallbackId, Callback> callbacks = new LinkedHashMap<>();
  private final Map<ListeningId, Listening> listenings = new LinkedHashMap<>();
  private final List<CallbackWishes.Granted> wishes = new ArrayList<>();
  private final EndedCalls ended = new EndedCalls();

  /** A link. {@code detail} is the version while live, else why it is away. */
  public record GatewayStatus(GatewayId gateway, boolean live, Instant since, String detail) {}

  /**
   * All of it at one moment; nothing in it changes any more. What is folded from events has its
   * place here, or a start from a checkpoint forgets it.
   *
   * @param calls oldest first
   */
  public record Memory(
      List<Call> calls,
      Map<ConnectionId, CallId> callOfConnection,
      List<AgentStatus> agents,
      Map<Extension, AgentId> agentAtExtension,
      List<GatewayStatus> gateways,
      List<Recording> recordings,
      List<Callback> callbacks,
      List<Listening> listenings,
      List<CallbackWishes.Granted> wishes,
      EndedCalls.Memory ended) {
    public static final Memory EMPTY =
        new Memory(
            List.of(),
            Map.of(),
            List.of(),
            Map.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            new EndedCalls.Memory(List.of(), List.of()));

    public Memory {
      calls = List.copyOf(calls);
      callOfConnection = Map.copyOf(callOfConnection);
      agents = List.copyOf(agents);
      agentAtExtension = Map.copyOf(agentAtExtension);
      gateways = List.copyOf(gateways);
      recordings = List.copyOf(recordings);
      callbacks = List.copyOf(callbacks);
      listenings = List.copyOf(listenings);
      wishes = List.copyOf(wishes);
    }
  }

  /** What is so now, to be kept; copies references only. */
  public Memory memory() {
    return new Memory(
        List.copyOf(calls.values()),
        callOfConnection,
        List.copyOf(agents.values()),
        agentAtExtension,
        List.copyOf(gateways.values()),
        List.copyOf(recordings.values()),
        List.copyOf(callbacks.values()),
        List.copyOf(listenings.values()),
        List.copyOf(wishes),
        ended.memory());
  }

  /**
   * Takes up what was kept, in the place of all that is here.
   *
   * @param memory of an earlier {@link #memory}
   */
  public void restore(Memory memory) {
    calls.clear();
    callOfConnection.clear();
    agents.clear();
    agentAtExtension.clear();
    gateways.clear();
    recordings.clear();
    callbacks.clear();
    wishes.clear();
    listenings.clear();
    memory.calls().forEach(call -> calls.put(call.id(), call));
    callOfConnection.putAll(memory.callOfConnection());
    memory.agents().forEach(agent -> agents.put(agent.agent(), agent));
    agentAtExtension.putAll(memory.agentAtExtension());
    memory.gateways().forEach(gateway -> gateways.put(gateway.gateway(), gateway));
    memory.recordings().forEach(recording -> recordings.put(recording.id(), recording));
    memory.callbacks().forEach(callback -> callbacks.put(callback.id(), callback));
    memory.listenings().forEach(one -> listenings.put(one.id(), one));
    wishes.addAll(memory.wishes());
    ended.restore(memory.ended());
  }

  public void apply(DomainEvent event) {
    switch (event) {
      case CallEvent e -> applyToCall(e);
      case AgentEvent e -> applyToAgent(e);
      case GatewayLive live ->
          gateways.put(
              live.gateway(), new GatewayStatus(live.gateway(), true, live.at(), live.version()));
      case GatewayLost lost -> {
        // Told again while it is away: it is away since the first time.
        Instant since = live(lost.gateway()) ? lost.at() : firstLost(lost);
        gateways.put(
            lost.gateway(), new GatewayStatus(lost.gateway(), false, since, lost.reason()));
        calls.replaceAll(
            (id, call) -> call.origin().gateway().equals(lost.gateway()) ? call.unseen() : call);
      }
      case DriftHealed _ -> {}
      case RecordingEvent e -> recordings().apply(e);
      case CallbackEvent e -> {
        callbacks().apply(e);
        if (e instanceof CallbackRequested requested) {
          wishes().apply(requested);
        }
      }
      case CallerEvent _ -> {}
      case ListeningEvent e -> listenings().apply(e);
      case SupervisorEvent _ -> {}
    }
  }

  private Instant firstLost(GatewayLost lost) {
    GatewayStatus status = gateways.get(lost.gateway());
    return status == null ? lost.at() : status.since();
  }

  private void applyToCall(CallEvent event) {
    if (ended.take(event)) {
      // Told after it was over: it is on record, and nothing of it is so now.
      return;
    }
    switch (event) {
      case ServiceInitiated e -> {
        calls.put(e.call(), Call.begun(e));
        callOfConnection.put(e.connection(), e.call());
      }
      case CallCleared e -> {
        Call gone = calls.remove(e.call());
        if (gone != null) {
          gone.connections().keySet().forEach(callOfConnection::remove);
        }
      }
      case Originated e -> {
        change(e);
        callOfConnection.put(e.connection(), e.call());
      }
      case ConnectionCleared e -> {
        change(e);
        callOfConnection.remove(e.connection());
      }
      case CallerIdentified e -> change(e);
      case DigitsDialled e -> change(e);
      case Routed e -> change(e);
      case FlowEnded e -> change(e);
      case FellBack e -> change(e);
      case Queued e -> change(e);
      case Delivered e -> change(e);
      case Diverted e -> change(e);
      case Established e -> change(e);
      case QueueVisitEnded e -> change(e);
      case TalkEnded e -> change(e);
      case PartDelivered e -> change(e);
      case PartEstablished e -> change(e);
      case PartEnded e -> change(e);
      case Failed e -> change(e);
      case Held e -> change(e);
      case Retrieved e -> change(e);
      case Transferred e -> change(e);
      case Conferenced e -> change(e);
      case CallsMerged e -> {
        change(e);
        e.parts().forEach(part -> callOfConnection.put(part.connection(), e.call()));
        recordings().merged(e.merged(), e.call());
        listenings().merged(e.merged(), e.call());
      }
      case CallMissed e -> change(e);
      case CallRecovered e -> throw new IllegalStateException("not taken as recovered: " + e);
    }
  }

  private void change(CallEvent event) {
    calls.computeIfPresent(event.call(), (id, call) -> call.apply(event));
  }

  private void applyToAgent(AgentEvent event) {
    AgentStatus before =
        agents.getOrDefault(event.agent(), AgentStatus.loggedOff(event.agent(), event.at()));
    AgentStatus after = before.apply(event);
    before.extension().ifPresent(agentAtExtension::remove);
    after.extension().ifPresent(extension -> agentAtExtension.put(extension, event.agent()));
    agents.put(event.agent(), after);
  }

  /** Calls that ended lately, so that none is told twice. */
  public EndedCalls ended() {
    return ended;
  }

  /** Calls under way, oldest first. */
  public Collection<Call> calls() {
    return Collections.unmodifiableCollection(calls.values());
  }

  public Optional<Call> call(CallId id) {
    return Optional.ofNullable(calls.get(id));
  }

  public Optional<Call> callOf(ConnectionId connection) {
    return Optional.ofNullable(callOfConnection.get(connection)).flatMap(this::call);
  }

  /** Every agent who ever logged on; the others are logged off. */
  public Collection<AgentStatus> agents() {
    return Collections.unmodifiableCollection(agents.values());
  }

  public Optional<AgentStatus> agent(AgentId id) {
    return Optional.ofNullable(agents.get(id));
  }

  public Optional<AgentId> agentAt(Extension extension) {
    return Optional.ofNullable(agentAtExtension.get(extension));
  }

  public LiveRecordings recordings() {
    return new LiveRecordings(recordings);
  }

  public LiveListenings listenings() {
    return new LiveListenings(listenings);
  }

  public LiveCallbacks callbacks() {
    return new LiveCallbacks(callbacks);
  }

  /** How often numbers were to be called back lately. */
  public CallbackWishes wishes() {
    return new CallbackWishes(wishes);
  }

  public Collection<GatewayStatus> gateways() {
    return Collections.unmodifiableCollection(gateways.values());
  }

  /** Since when the link is as it is; the epoch where nothing is known of it. */
  Instant since(GatewayId gateway) {
    GatewayStatus status = gateways.get(gateway);
    return status == null ? Instant.EPOCH : status.since();
  }

  /** Whether the link was ever up. */
  boolean knows(GatewayId gateway) {
    return gateways.containsKey(gateway);
  }

  public boolean live(GatewayId gateway) {
    GatewayStatus status = gateways.get(gateway);
    return status != null && status.live();
  }
}
