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
   * How the conversation went so far.
   *
   * @param language of the prompts
   * @param greeted whether the greeting was played
   * @param tries of the node that asks the caller or asked last
   * @param told major incidents that the caller heard of, each with the node that told it
   */
  public record Talk(
      String language, boolean greeted, Tries tries, Said said, Map<String, String> told) {
    public Talk {
      told = Map.copyOf(told);
    }

    static Talk in(String language) {
      return new Talk(language, false, Tries.NONE, Said.NOTHING, Map.of());
    }

    private Talk with(Said next) {
      return new Talk(language, greeted, tries, next, told);
    }
  }

  /**
   * What the caller said by keys.
   *
   * @param partial digits of the answer that is being keyed
   * @param keys all that was keyed, in order
   * @param digits answers that were collected, by name
   * @param staff who the caller said they are
   */
  public record Said(
      String partial, String keys, Map<String, String> digits, Optional<StaffId> staff) {
    static final Said NOTHING = new Said("", "", Map.of(), Optional.empty());

    public Said {
      digits = Map.copyOf(digits);
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

  public Said said() {
    return talk.said();
  }

  FlowState withNode(String next) {
    return new FlowState(caller, next, chosen, talk);
  }

  FlowState withCaller(Caller next, StaffId staff) {
    Said said = said();
    return new FlowState(next, node, chosen, talk)
        .with(new Said(said.partial(), said.keys(), said.digits(), Optional.of(staff)));
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
    return with(new Talk(talk.language(), talk.greeted(), next, talk.said(), talk.told()));
  }

  FlowState withGreeting() {
    return with(new Talk(talk.language(), true, talk.tries(), talk.said(), talk.told()));
  }

  FlowState withLanguage(Optional<String> next) {
    return next.isEmpty()
        ? this
        : with(new Talk(next.get(), talk.greeted(), talk.tries(), talk.said(), talk.told()));
  }

  /** Keys of an answer that is not over; empty when it is. */
  FlowState withPartial(String next) {
    Said said = said();
    return with(new Said(next, said.keys(), said.digits(), said.staff()));
  }

  /** One answer more. */
  FlowState withKeys(String more) {
    Said said = said();
    return with(new Said(said.partial(), said.keys() + more, said.digits(), said.staff()));
  }

  FlowState withDigits(String name, String value) {
    Said said = said();
    Map<String, String> next = new TreeMap<>(said.digits());
    next.put(name, value);
    return with(new Said(said.partial(), said.keys(), next, said.staff()));
  }

  /** A major incident was told at a node. */
  FlowState withTold(String incident, String at) {
    Map<String, String> next = new TreeMap<>(talk.told());
    next.putIfAbsent(incident, at);
    return with(new Talk(talk.language(), talk.greeted(), talk.tries(), talk.said(), next));
  }

  private FlowState with(Said next) {
    return with(talk.with(next));
  }

  private FlowState with(Talk next) {
    return new FlowState(caller, node, chosen, next);
  }
}
