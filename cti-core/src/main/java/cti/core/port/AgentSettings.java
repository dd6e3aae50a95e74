package cti.core.port;

import cti.core.agent.AgentRules;
import cti.core.agent.PauseReason;
import cti.core.id.DeskId;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Pause reasons, and what desks let their agents do; who changed them. */
public interface AgentSettings {
  /** As they stand now, from memory: never blocks, never fails. */
  Rules now();

  /**
   * Adds a reason, or puts it in the place of the one with its id. What is under way keeps the rule
   * that it began with. Blocks; throws StoreUnavailableException.
   *
   * @param by the user who changes it
   */
  Saved save(PauseReason reason, String by);

  /** The same for the rules of a desk. */
  Saved save(DeskId desk, AgentRules rules, String by);

  /** What was changed by hand, newest first. Blocks; throws StoreUnavailableException. */
  List<Change> changes(int limit);

  /**
   * What there is.
   *
   * @param reasons in order of display
   * @param ofDesks desks without rules of their own are left out: {@link AgentRules#USUAL}
   */
  record Rules(List<PauseReason> reasons, Map<DeskId, AgentRules> ofDesks) {
    /** What a server without a database begins with. */
    public static final Rules SHIPPED = new Rules(PauseReason.SHIPPED, Map.of());

    public Rules {
      reasons = List.copyOf(reasons);
      ofDesks = Map.copyOf(ofDesks);
    }
  }

  /**
   * An audit line.
   *
   * @param subject "pause-reason" or "desk", a blank, its id
   * @param before empty for something new
   */
  record Change(Instant at, String by, String subject, String before, String after) {}

  /** What came of a change. */
  sealed interface Saved {
    record Done() implements Saved {}

    /** Another reason that is on offer has the same key on desk phones. */
    record KeyTaken(String otherReason) implements Saved {}

    record NoSuchDesk() implements Saved {}
  }
}
