package cti.core.engine;

import java.time.Instant;

/** What the engine wants done; data until the runtime carries it out. */
public sealed interface Effect {
  record Act(GatewayAction action) implements Effect {}

  /** Hand {@code timer} back at {@code due}. An armed timer is never cancelled: it is judged. */
  record Arm(TimerInput timer, Instant due) implements Effect {}

  /** Something that an operator should read; one line in the log at WARN. */
  record Warn(String message) implements Effect {}
}
