package cti.core.ivr;

import cti.core.id.DeskId;
import cti.core.id.StaffId;
import cti.core.routing.Caller;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Where a call is in its flow, and what is known by then. */
public record FlowState(Caller caller, String node, Chosen chosen, Talk talk) {
  /**
   * What the call is to become.
   *
   * @param choice what the caller chose last
   * @param desk what the rules gave, or the last queue's desk
   * @param rule that gave the desk; empty without one
   * @param explanation why; empty without a desk
   */
  public record Chosen(
      Optional<String> choice, Optional<DeskId> desk, String rule, String explanation) {
    static final Chosen NOTHING = new Chosen(Optional.empty(), Optional.empty(), "", "");
  }

  /**
   * What was said so far.
   *
   * @param language of the prompts
   * @param greeted whether the greeting was played
   * @param tries of the node that asks the caller or asked last
   * @param partial digits of the answer that is being keyed
   * @param keys all that was keyed, in order
   * @param digits answers that were collected, by name
   * @param staff who the caller said they are
   * @param told major incidents that the caller heard of, each with the node that told it
   */
  public record Talk(
      String language,
      boolean greeted,
      Tries tries,
      String partial,
      String keys,
      Map<String, String> digits,
      Optional<StaffId> staff,
      Map<String, String> told) {
    public Talk {
      digits = Map.copyOf(digits);
      told = Map.copyOf(told);
    }

    static Talk in(String language) {
      return new Talk(language, false, Tries.NONE, "", "", Map.of(), Optional.empty(), Map.of());
    }
  }

  /** How often a node had no key, or a wrong one. */
  public record Tries(String node, int noInput, int noMatch) {
    static final Tries NONE = new Tries("", 0, 0);
  }

  static FlowState at(Caller caller, String node, String language) {
    return new FlowState(caller, node, Chosen.NOTHING, Talk.in(language));
  }

  public Optional<DeskId> desk() {
    return chosen.desk();
  }

  public Optional<String> choice() {
    return chosen.choice();
  }

  public String language() {
    return talk.language();
  }

  FlowState withNode(String next) {
    return new FlowState(caller, next, chosen, talk);
  }

  FlowState withCaller(Caller next, StaffId staff) {
    return new FlowState(
        next,
        node,
        chosen,
        new Talk(
            talk.language(),
            talk.greeted(),
            talk.tries(),
            talk.partial(),
            talk.keys(),
            talk.digits(),
            Optional.of(staff),
            talk.told()));
  }

  FlowState withChoice(Optional<String> next) {
    return next.isEmpty()
        ? this
        : new FlowState(
            caller,
            node,
            new Chosen(next, chosen.desk(), chosen.rule(), chosen.explanation()),
            talk);
  }

  FlowState withDesk(DeskId next, String byRule, String because) {
    return new FlowState(
        caller, node, new Chosen(chosen.choice(), Optional.of(next), byRule, because), talk);
  }

  FlowState withTries(Tries next) {
    return with(
        new Talk(
            talk.language(),
            talk.greeted(),
            next,
            talk.partial(),
            talk.keys(),
            talk.digits(),
            talk.staff(),
            talk.told()));
  }

  FlowState withGreeting() {
    return with(
        new Talk(
            talk.language(),
            true,
            talk.tries(),
            talk.partial(),
            talk.keys(),
            talk.digits(),
            talk.staff(),
            talk.told()));
  }

  FlowState withLanguage(Optional<String> next) {
    return next.isEmpty()
        ? this
        : with(
            new Talk(
                next.get(),
                talk.greeted(),
                talk.tries(),
                talk.partial(),
                talk.keys(),
                talk.digits(),
                talk.staff(),
                talk.told()));
  }

  /** Keys of an answer that is not over; empty when it is. */
  FlowState withPartial(String next) {
    return with(
        new Talk(
            talk.language(),
            talk.greeted(),
            talk.tries(),
            next,
            talk.keys(),
            talk.digits(),
            talk.staff(),
            talk.told()));
  }

  /** One answer more. */
  FlowState withKeys(String more) {
    return with(
        new Talk(
            talk.language(),
            talk.greeted(),
            talk.tries(),
            talk.partial(),
            talk.keys() + more,
            talk.digits(),
            talk.staff(),
            talk.told()));
  }

  FlowState withDigits(String name, String value) {
    Map<String, String> next = new TreeMap<>(talk.digits());
    next.put(name, value);
    return with(
        new Talk(
            talk.language(),
            talk.greeted(),
            talk.tries(),
            talk.partial(),
            talk.keys(),
            next,
            talk.staff(),
            talk.told()));
  }

  /** A major incident was told at a node. */
  FlowState withTold(String incident, String at) {
    Map<String, String> next = new TreeMap<>(talk.told());
    next.putIfAbsent(incident, at);
    return with(
        new Talk(
            talk.language(),
            talk.greeted(),
            talk.tries(),
            talk.partial(),
            talk.keys(),
            talk.digits(),
            talk.staff(),
            next));
  }

  FlowState with(Talk next) {
    return new FlowState(caller, node, chosen, next);
  }
}
