package cti.server.config;

import cti.core.callback.CallbackPolicy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What callers go through.
 *
 * @param scripts the folder of flows, rules and prompts; empty for those that come with the server
 * @param flow the file of the hotline's flow in it: version 1 of a new database
 * @param prompts the folder that the gateway plays prompts from, as seen from here; without it none
 *     is replaced
 * @param webhooks other systems that flows may ask, by name
 * @param webhookLimit how long one may take to answer
 */
public record IvrConfig(
    Optional<Path> scripts,
    String flow,
    Optional<Path> prompts,
    Map<String, URI> webhooks,
    Duration webhookLimit,
    CallbackPolicy callbacks) {
  public IvrConfig {
    webhooks = Map.copyOf(webhooks);
  }
}
