package cti.server.web.view;

import cti.core.engine.LiveState.GatewayStatus;
import java.time.Instant;

/** A link. {@code detail} is the gateway's version while live, else why it is away. */
public record GatewayView(String id, boolean live, Instant since, String detail) {
  public static GatewayView of(GatewayStatus status) {
    return new GatewayView(
        status.gateway().value(), status.live(), status.since(), status.detail());
  }
}
