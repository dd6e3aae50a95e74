package cti.core.call;

import java.time.Duration;
import java.time.Instant;

/**
 * A call's life as its caller spent it, without gap or overlap: the parts add up to the time from
 * {@code startedAt} to {@code until} by construction. Stamps that run backwards take no time.
 *
 * @param until up to when it is told
 * @param inFlow greeting, menus, and before anything rings
 * @param waiting in queues, phones ringing or not
 * @param ringing for a phone outside a queue: the target of a transfer, a number that was dialled
 * @param talking with somebody
 * @param onHold put on hold, or putting on hold, with somebody
 * @param ending talked or waited, and not yet gone
 */
public record CallTimes(
    Instant startedAt,
    Instant until,
    Duration inFlow,
    Duration waiting,
    Duration ringing,
    Duration talking,
    Duration onHold,
    Duration ending) {

  static CallTimes from(Instant at) {
    Duration none = Duration.ZERO;
    return new CallTimes(at, at, none, none, none, none, none, none);
  }

  public Duration total() {
    return inFlow.plus(waiting).plus(ringing).plus(talking).plus(onHold).plus(ending);
  }

  /** The time up to {@code at} was spent in {@code phase}. */
  CallTimes spent(CallPhase phase, boolean inQueue, Instant at) {
    if (!at.isAfter(until)) {
      return this;
    }
    Duration more = Duration.between(until, at);
    Duration none = Duration.ZERO;
    boolean rings = phase == CallPhase.RINGING && !inQueue;
    boolean waits = phase == CallPhase.WAITING || phase == CallPhase.RINGING && inQueue;
    return new CallTimes(
        startedAt,
        at,
        inFlow.plus(phase == CallPhase.IN_FLOW ? more : none),
        waiting.plus(waits ? more : none),
        ringing.plus(rings ? more : none),
        talking.plus(phase == CallPhase.TALKING ? more : none),
        onHold.plus(phase == CallPhase.ON_HOLD ? more : none),
        ending.plus(phase == CallPhase.ENDING ? more : none));
  }

  /** Of the time talked, so much was on hold; at most all of it. */
  CallTimes withHold(Duration held) {
    Duration most = held.compareTo(talking) > 0 ? talking : held;
    return new CallTimes(
        startedAt, until, inFlow, waiting, ringing, talking.minus(most), onHold.plus(most), ending);
  }
}
