package cti.core.event;

import java.time.Instant;

/**
 * Something that happened and is on record. The journal keeps these, in order; the state of the
 * engine, the database and every screen are folded from them and from nothing else.
 */
public sealed interface DomainEvent
    permits CallEvent, AgentEvent, GatewayEvent, RecordingEvent, CallerEvent, SupervisorEvent {
  /**
   * When it happened: the gateway's own stamp where it gave one, put right where its clock is known
   * to differ from the server's; else the server's clock; UTC.
   */
  Instant at();
}
