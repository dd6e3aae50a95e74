package cti.core.port;

import cti.core.engine.GatewayAction;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Where the loop hands what it wants of a gateway, once the events behind it are on disk. Called on
 * the journal's thread: must not block.
 */
public interface GatewayCommands {
  /**
   * Carries an action out, in the order of the calls.
   *
   * @return empty once the gateway did it (or had it so already), else what it said, or that it was
   *     away or silent; never fails
   */
  CompletionStage<Optional<String>> perform(GatewayAction action);
}
