package cti.core.ivr;

import cti.core.id.DeskId;
import cti.core.routing.Caller;
import cti.core.routing.Facts;
import java.util.Optional;

/**
 * Where a call is in its flow.
 *
 * @param keys that had a meaning in the menus so far, in order
 * @param choice what the caller chose last
 * @param desk what the rules gave, or the last queue's desk
 * @param rule that gave the desk; empty without one
 * @param explanation why; empty without a desk
 * @param tries of the menu that the caller is in or came from
 * @param greeted whether the greeting was played
 */
public record FlowState(
    Caller caller,
    Facts facts,
    String node,
    String keys,
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

  static FlowState at(Caller caller, Facts facts, String node) {
    return new FlowState(
        caller, facts, node, "", Optional.empty(), Optional.empty(), "", "", Tries.NONE, false);
  }

  FlowState withNode(String next) {
    return new FlowState(
        caller, facts, next, keys, choice, desk, rule, explanation, tries, greeted);
  }

  /** A key that had a meaning; the tries begin anew. */
  FlowState withKey(String key, Optional<String> means) {
    return new FlowState(
        caller,
        facts,
        node,
        keys + key,
        means.isPresent() ? means : choice,
        desk,
        rule,
        explanation,
        Tries.NONE,
        greeted);
  }

  FlowState withDesk(DeskId next, String byRule, String because) {
    return new FlowState(
        caller, facts, node, keys, choice, Optional.of(next), byRule, because, tries, greeted);
  }

  FlowState withTries(Tries next) {
    return new FlowState(caller, facts, node, keys, choice, desk, rule, explanation, next, greeted);
  }

  FlowState withGreeting() {
    return new FlowState(caller, facts, node, keys, choice, desk, rule, explanation, tries, true);
  }
}
