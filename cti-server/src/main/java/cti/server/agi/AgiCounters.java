package cti.server.agi;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What the FastAGI server has seen since it started; for metrics and health. Thread-safe. */
public final class AgiCounters {
  final AtomicInteger sessions = new AtomicInteger();
  final LongAdder calls = new LongAdder();
  final LongAdder overloaded = new LongAdder();
  final LongAdder refusedConnections = new LongAdder();
  final LongAdder silentGateways = new LongAdder();
  final LongAdder fellBack = new LongAdder();
  final LongAdder notTaken = new LongAdder();

  /** Calls in the flow now. */
  public int sessions() {
    return sessions.get();
  }

  /** Requests of the hotline that were served, returns from a queue included. */
  public long calls() {
    return calls.sum();
  }

  /** Calls that heard the overload prompt because the cap was reached. */
  public long overloaded() {
    return overloaded.sum();
  }

  /** Connections closed at once because even that was too much. */
  public long refusedConnections() {
    return refusedConnections.sum();
  }

  /** Connections closed because the gateway said nothing within the limit, or no AGI. */
  public long silentGateways() {
    return silentGateways.sum();
  }

  /** Calls that the flow left to the gateway's static queue. */
  public long fellBack() {
    return fellBack.sum();
  }

  /** Reports that the full mailbox did not take. */
  public long notTaken() {
    return notTaken.sum();
  }
}
