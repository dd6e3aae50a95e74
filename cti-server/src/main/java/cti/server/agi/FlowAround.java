package cti.server.agi;

import cti.core.directory.NumberNormalizer;
import cti.core.id.DeskId;
import cti.core.ivr.FlowWorld;
import cti.core.port.Webhooks;
import cti.core.routing.Caller;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * What flows ask beside the rules; the first two out of memory, at once.
 *
 * @param notices major incidents that concern a caller with a choice, the oldest first
 * @param expectedWait of a desk's queue, from our own measured waits; empty where there are too few
 * @param numbers reads numbers of rules and flows that are dialled
 */
public record FlowAround(
    BiFunction<Caller, Optional<String>, List<FlowWorld.Notice>> notices,
    Function<DeskId, Optional<Duration>> expectedWait,
    Webhooks webhooks,
    NumberNormalizer numbers) {
  /** No incident, no figures, no other systems. */
  public static final FlowAround NOTHING =
      new FlowAround(
          (caller, choice) -> List.of(),
          desk -> Optional.empty(),
          Webhooks.NONE,
          NumberNormalizer.NONE);
}
