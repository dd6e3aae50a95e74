package cti.core.routing;

import cti.core.id.DeskId;
import java.util.Optional;

/** The queues of all desks at a moment. */
@FunctionalInterface
public interface QueueStates {
  /** Nothing is known of any queue, as of a moment in the past. */
  QueueStates UNKNOWN = desk -> Optional.empty();

  /** Empty where it is not known. */
  Optional<QueueState> of(DeskId desk);
}
