package cti.core.routing;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

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

  /** A rule that did not win, and the first condition that did not hold. */
  public record PassedOver(String rule, String why) {}

  /** All of it on one line, for people. */
  public String line() {
    String others =
        passedOver.stream()
            .map(rule -> rule.rule() + " (" + rule.why() + ")")
            .collect(Collectors.joining("; "));
    String head = winner.map(rule -> "rule " + rule + ": " + reason).orElse("no rule holds");
    return others.isEmpty() ? head : head + " | passed over: " + others;
  }
}
