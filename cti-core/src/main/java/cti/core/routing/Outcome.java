package cti.core.routing;

import cti.core.id.DeskId;
import java.util.List;

/** What a rule does with the calls that it wins. */
public sealed interface Outcome {
  /**
   * Sends them to the first target that takes them.
   *
   * @param desk that the calls are for: on record, in figures and missed cases
   * @param targets at least one
   */
  record Targets(DeskId desk, List<Target> targets) implements Outcome {
    /** The desk's own queue, without priority, as long as the desk lets callers wait. */
    public static Targets queueOf(DeskId desk) {
      return new Targets(desk, List.of(Target.DeskQueue.of(desk)));
    }

    public Targets {
      targets = List.copyOf(targets);
      if (targets.isEmpty()) {
        throw new IllegalArgumentException("a rule without a target, expected one at least");
      }
    }
  }

  /** The flow asks the caller, by its exit undecided. */
  record Ask() implements Outcome {}
}
