package cti.core.port;

import cti.core.routing.Caller;
import cti.core.routing.Facts;

/** What routing may look at besides the directory: the moment, the queues, earlier calls. */
@FunctionalInterface
public interface CallFacts {
  /** The facts of this moment, out of memory; never waits. */
  Facts of(Caller caller);
}
