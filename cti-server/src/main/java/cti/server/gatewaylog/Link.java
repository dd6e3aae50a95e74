package cti.server.gatewaylog;

import java.time.Duration;

/** The link to the gateway, as far as its logs are concerned. Never blocks. */
public interface Link {
  /** Whether the engine knows what is under way. */
  boolean live();

  /** By how much the gateway's clock is ahead of the server's, as found at the last login. */
  Duration gatewayAhead();
}
