package cti.core.routing;

import java.util.List;
import java.util.Optional;

/**
 * Why a call goes where it goes.
 *
 * @param winner the rule that decided; empty where none did
 * @param reason why it holds; empty where none did
 * @param passedOver every rule before it, in order
 */
public record Explanation(Optional<String> winner, String reason, List<PassedOver> passedOver) {
  public Explanation {
    passedOver = List.copyOf(passedOver);
  }

  /**
   * A rule that did not win, and the first condition that did not hold.
   *
   * @param known false where what the condition looks at was not known
   */
  public record PassedOver(String rule, String why, boolean known) {}

  /** All of it on one line, for people; rules in a row with the same reason stand together. */
  public String line() {
    String head = winner.map(rule -> "rule " + rule + ": " + reason).orElse("no rule holds");
    StringBuilder line = new StringBuilder(head);
    for (int i = 0; i < passedOver.size(); i++) {
      PassedOver rule = passedOver.get(i);
      boolean first = i == 0;
      boolean last = i + 1 == passedOver.size();
      boolean sameAsBefore = !first && passedOver.get(i - 1).why().equals(rule.why());
      line.append(first ? " | passed over: " : sameAsBefore ? ", " : "; ").append(rule.rule());
      if (last || !passedOver.get(i + 1).why().equals(rule.why())) {
        line.append(" (").append(rule.why()).append(")");
      }
    }
    return line.toString();
  }
}
