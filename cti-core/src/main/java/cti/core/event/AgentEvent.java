package cti.core.event;

import cti.core.id.AgentId;
import cti.core.id.CallId;
import cti.core.id.DeskId;
import cti.core.id.Extension;
import java.time.Instant;
import java.util.Set;

/** Events of an agent (ECMA-269, 22.2). */
public sealed interface AgentEvent extends DomainEvent {
  AgentId agent();

  /** The agent took the extension and the desks; not ready until an {@link AgentReady}. */
  record AgentLoggedOn(AgentId agent, Instant at, Extension extension, Set<DeskId> desks)
      implements AgentEvent {
    public AgentLoggedOn {
      desks = Set.copyOf(desks);
    }
  }

  record AgentLoggedOff(AgentId agent, Instant at, String reason) implements AgentEvent {}

  record AgentReady(AgentId agent, Instant at) implements AgentEvent {}

  record AgentNotReady(AgentId agent, Instant at, String reason) implements AgentEvent {}

  record AgentBusy(AgentId agent, Instant at, CallId call) implements AgentEvent {}

  /** Wrap-up; ends by itself at {@code until}, or when the agent says so. */
  record AgentWorkingAfterCall(AgentId agent, Instant at, CallId call, Instant until)
      implements AgentEvent {}
}
