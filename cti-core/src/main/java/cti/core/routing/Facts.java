package cti.core.routing;

import java.time.Instant;

/**
 * What rules may look at besides the caller: the moment, the queues in it, and what was before.
 *
 * @param at when the call is routed
 */
public record Facts(Instant at, QueueStates queues, EarlierCalls earlier) {
  /** A moment of which nothing else is known. */
  public static Facts at(Instant at) {
    return new Facts(at, QueueStates.UNKNOWN, EarlierCalls.UNKNOWN);
  }
}
