package cti.core.event;

import cti.core.id.GatewayId;
import java.time.Instant;

/** Events of the link to a gateway. While it is lost, agents and calls are shown as unknown. */
public sealed interface GatewayEvent extends DomainEvent {
  GatewayId gateway();

  /** The link is gone; {@code reason} is for people. */
  record GatewayLost(GatewayId gateway, Instant at, String reason) implements GatewayEvent {}

  /** Logged in, snapshot taken, differences emitted: the picture is live again. */
  record GatewayLive(GatewayId gateway, Instant at, String version) implements GatewayEvent {}
}
