package cti.core.routing;

import cti.core.id.DeskId;
import java.util.List;

/** The answer of a rule set. */
public sealed interface Decision {
  Explanation explanation();

  /**
   * {@code rule} won.
   *
   * @param desk that the call is for
   * @param targets at least one, in the order in which they are tried; named lists are resolved
   */
  record Decided(DeskId desk, List<Target> targets, String rule, Explanation explanation)
      implements Decision {
    public Decided {
      targets = List.copyOf(targets);
    }
  }

  /**
   * The flow is to ask the caller: a rule says so (it is the winner of the explanation), or no rule
   * holds.
   */
  record Undecided(Explanation explanation) implements Decision {}
}
