package cti.core.engine;

import cti.core.agent.AgentStatus;
import cti.core.call.Call;
import cti.core.event.AgentEvent;
import cti.core.event.CallEvent;
import cti.core.event.CallEvent.CallCleared;
import cti.core.event.CallEvent.CallMissed;
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
import cti.core.event.DomainEvent;
import cti.core.event.GatewayEvent;
import cti.core.event.GatewayEvent.GatewayLive;
import cti.core.event.GatewayEvent.GatewayLost;
import cti.core.id.AgentId;
import cti.core.id.CallId;
import cti.core.id.ConnectionId;
import cti.core.id.Extension;
import cti.core.id.GatewayId;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
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

  /** A link. {@code detail} is the version while live, else why it is away. */
  public record GatewayStatus(GatewayId gateway, boolean live, Instant since, String detail) {}

  public void apply(DomainEvent event) {
    switch (event) {
      case CallEvent e -> applyToCall(e);
      case AgentEvent e -> applyToAgent(e);
      case GatewayEvent e -> {
        GatewayStatus status =
            switch (e) {
              case GatewayLive live ->
                  new GatewayStatus(live.gateway(), true, live.at(), live.version());
              case GatewayLost lost ->
                  new GatewayStatus(lost.gateway(), false, lost.at(), lost.reason());
            };
        gateways.put(e.gateway(), status);
      }
    }
  }

  private void applyToCall(CallEvent event) {
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
      }
      case CallMissed e -> change(e);
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

  public Collection<GatewayStatus> gateways() {
    return Collections.unmodifiableCollection(gateways.values());
  }

  public boolean live(GatewayId gateway) {
    GatewayStatus status = gateways.get(gateway);
    return status != null && status.live();
  }
}
