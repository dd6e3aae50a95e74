package cti.core.port;

import cti.core.ivr.Flow;
import cti.core.ivr.FlowInterpreter;
import cti.core.ivr.Simulation;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The flow that callers go through, by version, and trying it. What is in force comes from memory;
 * the rest blocks and throws StoreUnavailableException.
 */
public interface Flows extends VersionedTexts, Flow.Versions {
  /** What is in force at this moment: never blocks, never fails. */
  Flow now();

  /** What there is to see in a text: what is wrong with it at which line, and its nodes. */
  Looked look(String yaml);

  /**
   * A text that somebody works on.
   *
   * @param findings what is wrong and what may be, each with its line
   * @param drawn empty where the nodes cannot be read
   */
  record Looked(VersionedTexts.Checked checked, List<Finding> findings, Optional<Drawn> drawn) {
    public Looked {
      findings = List.copyOf(findings);
    }
  }

  /**
   * One thing about a text.
   *
   * @param fault whether it cannot be published so; else it is a warning
   * @param line from 1; empty where it is about the text as a whole
   */
  record Finding(boolean fault, Optional<Integer> line, String text) {}

  /**
   * What can be drawn of a text.
   *
   * @param lines at which each node begins, from 1, by the node's id
   */
  record Drawn(Flow flow, Map<String, Integer> lines) {
    public Drawn {
      lines = Map.copyOf(lines);
    }
  }

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
     * @param waits what the call waits for there
     * @param taken the ways that it took, in order
     */
    record Done(String met, String node, Simulation.Waits waits, List<FlowInterpreter.Taken> taken)
        implements Tried {
      public Done {
        taken = List.copyOf(taken);
      }

      /** What may be done there, for people. */
      public String expects() {
        return waits.expected();
      }

      public boolean over() {
        return waits == Simulation.Waits.OVER;
      }
    }

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
