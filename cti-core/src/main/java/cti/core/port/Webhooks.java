package cti.core.port;

import java.util.Map;

/** Other systems that a flow may ask about a call. Blocks, within a limit of its own. */
@FunctionalInterface
public interface Webhooks {
  /** Where no webhook is configured; a flow that names one is refused when it is read. */
  Webhooks NONE =
      (hook, facts) -> {
        throw new WebhookException("no webhook " + hook + " is configured");
      };

  /**
   * Asks one.
   *
   * @param hook its name in the configuration
   * @param facts of the call, by name
   * @return the word that it answered with
   * @throws WebhookException where it does not answer in time, or not with a word
   */
  String ask(String hook, Map<String, String> facts);
}
