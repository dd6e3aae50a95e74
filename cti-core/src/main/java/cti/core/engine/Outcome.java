package cti.core.engine;

import cti.core.event.DomainEvent;
import java.util.List;
import java.util.Optional;

/**
 * What one input leads to.
 *
 * @param reply present for commands only
 */
public record Outcome(List<DomainEvent> events, List<Effect> effects, Optional<Reply> reply) {
  public static final Outcome NOTHING = new Outcome(List.of(), List.of(), Optional.empty());

  public Outcome {
    events = List.copyOf(events);
    effects = List.copyOf(effects);
  }
}
