package cti.core.engine;

import cti.core.agent.AgentStatus;
import cti.core.call.Call;
import cti.core.event.AgentEvent;
import cti.core.event.CallEvent;
import cti.core.event.CallEvent.CallCleared;
import cti.core.event.CallEvent.CallRecovered;
import cti.core.event.CallEvent.ServiceInitiated;
import cti.core.event.CallerEvent;
import cti.core.event.DomainEvent;
import cti.core.event.GatewayEvent;
import cti.core.event.RecordingEvent;
import cti.core.event.SupervisorEvent;
import cti.core.id.AgentId;
import cti.core.id.CallId;
import cti.core.id.ConnectionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One input's decisions while they are made: each event is seen by the next decision, the state
 * itself stays untouched until the engine applies them.
 */
final class Turn {
  private final LiveState state;
  private final Catalog catalog;
  private final Instant now;
  private final Map<CallId, Optional<Call>> calls = new HashMap<>();
  private final Map<AgentId, AgentStatus> agents = new HashMap<>();
  private final List<DomainEvent> events = new ArrayList<>();
  private final List<Effect> effects = new ArrayList<>();

  Turn(LiveState state, Catalog catalog, Instant now) {
    this.state = state;
    this.catalog = catalog;
    this.now = now;
  }

  /** The master data of this turn. */
  Catalog catalog() {
    return catalog;
  }

  /** The server's time: timers are judged by it, whatever the gateway's clock says. */
  Instant now() {
    return now;
  }

  void happen(CallEvent event) {
    switch (event) {
      case ServiceInitiated e -> {
        Optional<Call> toldAgain = call(e.call()).filter(call -> call.ending().retold());
        calls.put(
            e.call(), toldAgain.map(call -> call.apply(e)).or(() -> Optional.of(Call.begun(e))));
      }
      case CallCleared e -> calls.put(e.call(), Optional.empty());
      default -> {
        Optional<Call> before = call(event.call());
        if (before.isEmpty()) {
          throw new IllegalStateException("no call for " + event);
        }
        calls.put(event.call(), before.map(call -> call.apply(event)));
      }
    }
    events.add(event);
  }

  /**
   * What the gateway's logs tell of a call that is over begins.
   *
   * @param before what is on record of it; empty where nothing is
   */
  void retell(CallRecovered event, Optional<Call> before) {
    calls.put(event.call(), before.map(call -> call.apply(event)));
    events.add(event);
  }

  void happen(AgentEvent event) {
    AgentStatus before =
        agent(event.agent()).orElseGet(() -> AgentStatus.loggedOff(event.agent(), event.at()));
    agents.put(event.agent(), before.apply(event));
    events.add(event);
  }

  void happen(GatewayEvent event) {
    events.add(event);
  }

  void happen(RecordingEvent event) {
    events.add(event);
  }

  void happen(CallerEvent event) {
    events.add(event);
  }

  void happen(SupervisorEvent event) {
    events.add(event);
  }

  void want(Effect effect) {
    effects.add(effect);
  }

  Optional<Call> call(CallId id) {
    Optional<Call> changed = calls.get(id);
    return changed != null ? changed : state.call(id);
  }

  /** The call that a connection belonged to before this turn. */
  Optional<Call> callOf(ConnectionId connection) {
    return state.callOf(connection).flatMap(call -> call(call.id()));
  }

  Optional<AgentStatus> agent(AgentId id) {
    AgentStatus changed = agents.get(id);
    return changed != null ? Optional.of(changed) : state.agent(id);
  }

  /** The events so far, as they stand at this moment. */
  List<DomainEvent> happened() {
    return List.copyOf(events);
  }

  Outcome outcome() {
    return events.isEmpty() && effects.isEmpty()
        ? Outcome.NOTHING
        : new Outcome(events, effects, Optional.empty());
  }

  Outcome outcome(Reply reply) {
    return new Outcome(events, effects, Optional.of(reply));
  }
}
