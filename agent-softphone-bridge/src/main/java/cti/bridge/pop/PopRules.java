package cti.bridge.pop;

import java.util.List;

/**
 * When a screen comes up and what it is.
 *
 * @param actions done together, in this order
 */
public record PopRules(When when, List<PopAction> actions) {
  public static final PopRules NONE = new PopRules(When.NEVER, List.of());

  public PopRules {
    actions = List.copyOf(actions);
  }

  /** At which moment of a call. */
  public enum When {
    RING,
    ANSWER,
    NEVER
  }
}
