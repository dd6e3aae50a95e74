package cti.core.routing;

import cti.core.id.DeskId;

/** The answer of a rule set. */
public sealed interface Decision {
  Explanation explanation();

  /** {@code rule} won. */
  record Decided(DeskId desk, String rule, Explanation explanation) implements Decision {}

  /** No rule holds; the flow says what then. */
  record Undecided(Explanation explanation) implements Decision {}
}
