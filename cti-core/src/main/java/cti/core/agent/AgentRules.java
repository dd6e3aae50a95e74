package cti.core.agent;

import java.time.Duration;

/**
 * What a desk lets its agents do, and what it does about phones that are not answered.
 *
 * @param wrapUpExtension by how much an agent may lengthen a wrap-up at a time, 10 s to 30 min
 * @param wrapUpExtensions how often in one wrap-up, 0 to 10
 * @param missesInARow how many rings in a row an agent may leave unanswered before they are not
 *     ready, 1 to 20; 0 for as many as they like
 * @param unreachableAtOnce whether an agent whose phone cannot be reached is not ready at once
 * @param listenersHidden whether agents are not told that a supervisor listens
 */
public record AgentRules(
    Duration wrapUpExtension,
    int wrapUpExtensions,
    int missesInARow,
    boolean unreachableAtOnce,
    boolean listenersHidden) {
  private static final Duration LEAST = Duration.ofSeconds(10);
  private static final Duration MOST = Duration.ofMinutes(30);

  /** Of a desk that has none of its own. */
  public static final AgentRules USUAL = new AgentRules(Duration.ofMinutes(2), 2, 3, true);

  /** Where agents are told who listens. */
  public AgentRules(
      Duration wrapUpExtension, int wrapUpExtensions, int missesInARow, boolean unreachableAtOnce) {
    this(wrapUpExtension, wrapUpExtensions, missesInARow, unreachableAtOnce, false);
  }

  public AgentRules {
    if (wrapUpExtension.compareTo(LEAST) < 0 || wrapUpExtension.compareTo(MOST) > 0) {
      throw new IllegalArgumentException(
          "extension of a wrap-up is " + wrapUpExtension + ", expected " + LEAST + " to " + MOST);
    }
    between("extensions of a wrap-up", wrapUpExtensions, 10);
    between("misses in a row", missesInARow, 20);
  }

  private static void between(String what, int value, int most) {
    if (value < 0 || value > most) {
      throw new IllegalArgumentException(what + " is " + value + ", expected 0 to " + most);
    }
  }
}
