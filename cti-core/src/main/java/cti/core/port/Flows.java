package cti.core.port;

import cti.core.ivr.Flow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The flow that callers go through, by version, and trying it. What is in force comes from memory;
 * the rest blocks and throws StoreUnavailableException.
 */
public interface Flows extends VersionedTexts, Flow.Versions {
  /** What is in force at this moment: never blocks, never fails. */
  Flow now();

  /** What a caller would meet. */
  Tried simulate(Trial trial);

  /**
   * A call that is thought of.
   *
   * @param number of the caller as the switch would present it; may be empty
   * @param at empty for now
   * @param does what the caller does, in the words of docs/ivr.md
   * @param yaml the flow to try; empty for the one in force
   */
  record Trial(String number, Optional<Instant> at, List<String> does, Optional<String> yaml) {
    public Trial {
      does = List.copyOf(does);
    }
  }

  /** What came of it. */
  sealed interface Tried {
    /**
     * @param met all that the caller met, in the words of docs/ivr.md
     * @param node at which the call is
     * @param expects what may be done there, for people
     * @param over whether the flow is over
     */
    record Done(String met, String node, String expects, boolean over) implements Tried {}

    /** The text has faults. */
    record Faulty(List<String> faults) implements Tried {
      public Faulty {
        faults = List.copyOf(faults);
      }
    }

    /** The caller cannot do that there; {@code why} is for people. */
    record Impossible(String why) implements Tried {}
  }
}
