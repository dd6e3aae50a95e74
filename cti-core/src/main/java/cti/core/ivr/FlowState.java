package cti.core.ivr;

import cti.core.id.DeskId;
import cti.core.routing.Caller;
import java.util.Optional;

/**
 * Where a call is in its flow.
 *
 * @param choice what the caller chose last
 * @param desk what the rules gave, or the last queue's desk
 * @param rule that gave the desk; empty without one
 * @param explanation why; empty without a desk
 * @param tries of the menu that the caller is in or came from
 * @param greeted whether the greeting was played
 */
public record FlowState(
    Caller caller,
    String node,
    Optional<String> choice,
    Optional<DeskId> desk,
    String rule,
    String explanation,
    Tries tries,
    boolean greeted) {

  /** How often a menu had no key, or a wrong one. */
  public record Tries(String menu, int noInput, int noMatch) {
    static final Tries NONE = new Tries("", 0, 0);
  }

  static FlowState at(Caller caller, String node) {
    return new FlowState(
        caller, node, Optional.empty(), Optional.empty(), "", "", Tries.NONE, false);
  }

  FlowState withNode(String next) {
    return new FlowState(caller, next, choice, desk, rule, explanation, tries, greeted);
  }

  FlowState withChoice(Optional<String> next) {
    return new FlowState(
        caller, node, next.isPresent() ? next : choice, desk, rule, explanation, tries, greeted);
  }

  FlowState withDesk(DeskId next, String byRule, String because) {
    return new FlowState(caller, node, choice, Optional.of(next), byRule, because, tries, greeted);
  }

  FlowState withTries(Tries next) {
    return new FlowState(caller, node, choice, desk, rule, explanation, next, greeted);
  }

  FlowState withGreeting() {
    return new FlowState(caller, node, choice, desk, rule, explanation, tries, true);
  }
}
