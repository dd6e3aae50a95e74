package cti.core.event;

import cti.core.agent.DriftKind;
import cti.core.id.AgentId;
import cti.core.id.Extension;
import cti.core.id.GatewayId;
import cti.core.id.QueueName;
import java.time.Instant;
import java.util.Optional;

/** Events of the link to a gateway. While it is lost, agents and calls are shown as unknown. */
public sealed interface GatewayEvent extends DomainEvent {
  GatewayId gateway();

  /** The link is gone; {@code reason} is for people. */
  record GatewayLost(GatewayId gateway, Instant at, String reason) implements GatewayEvent {}

  /** Logged in, snapshot taken, differences emitted: the picture is live again. */
  record GatewayLive(GatewayId gateway, Instant at, String version) implements GatewayEvent {}

  /**
   * The watchdog found something apart twice in a row and puts it right.
   *
   * @param agent whose it is, where somebody is logged on
   * @param found what the gateway had, in its words
   * @param wanted what it is put to
   */
  record DriftHealed(
      GatewayId gateway,
      Instant at,
      DriftKind kind,
      Optional<AgentId> agent,
      Optional<Extension> extension,
      Optional<QueueName> queue,
      String found,
      String wanted)
      implements GatewayEvent {}
}
