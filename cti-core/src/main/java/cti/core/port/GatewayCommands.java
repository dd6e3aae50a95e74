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
   * Why an action was not done, as far as is known.
   *
   * @param answered the gateway refused; else it was away or silent, and may do it yet
   */
  record Failure(String message, boolean answered) {
    public static Failure refused(String message) {
      return new Failure(message, true);
    }

    public static Failure unanswered(String message) {
      return new Failure(message, false);
    }
  }

  /**
   * Carries an action out, in the order of the calls.
   *
   * @return empty once the gateway did it (or had it so already), else why not; never fails
   */
  CompletionStage<Optional<Failure>> perform(GatewayAction action);
}
