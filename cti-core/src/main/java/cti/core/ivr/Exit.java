package cti.core.ivr;

import java.util.Locale;
import java.util.Optional;

/** The ways out of a node; keys of a menu come on top of these. Written in lower case in YAML. */
public enum Exit {
  /** What was to be done is done. */
  NEXT,
  /** No key came in time, and more tries are left. */
  NO_INPUT,
  /** A key came that the menu does not have, and more tries are left. */
  NO_MATCH,
  /** No key came, once too often. */
  MAX_NO_INPUT,
  /** A key came that the menu does not have, once too often. */
  MAX_NO_MATCH,
  /** No case of a condition holds. */
  OTHERWISE,
  /** The rules gave a desk. */
  DECIDED,
  /** No rule holds. */
  UNDECIDED,
  /** Back from the queue after the talk. */
  ANSWERED,
  /** The longest wait passed. */
  TIMEOUT,
  /** The queue holds its most callers. */
  FULL,
  /** The queue has no agents, or lost them. */
  NO_AGENTS,
  /** The caller pressed the key that leaves the queue. */
  LEFT_BY_KEY,
  /** Taken out of the queue by somebody else. */
  WITHDRAWN,
  /** The caller is gone. */
  HANGUP,
  /** The gateway could not do it. */
  ERROR;

  public String written() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Exit> parse(String written) {
    for (Exit exit : values()) {
      if (exit.written().equals(written)) {
        return Optional.of(exit);
      }
    }
    return Optional.empty();
  }
}
