package cti.server.flow;

import cti.core.id.DeskId;
import cti.core.ivr.Asking;
import cti.core.ivr.CallerTest;
import cti.core.ivr.Exit;
import cti.core.ivr.Flow;
import cti.core.ivr.Node;
import cti.core.routing.CallerKind;
import cti.server.yaml.Faults;
import cti.server.yaml.Section;
import cti.server.yaml.Words;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads a flow; the format is in docs/ivr.md. */
final class FlowFile {
  /** Every kind of node, as {@code type} names it. */
  static final List<String> TYPES =
      List.of(
          "prompt",
          "menu",
          "collect",
          "lookup",
          "survey",
          "notice",
          "condition",
          "hours",
          "route",
          "queue",
          "callback",
          "voicemail",
          "transfer",
          "webhook",
          "hangup",
          "fallback");

  private final Map<Exit, String> defaultExits;

  private FlowFile(Map<Exit, String> defaultExits) {
    this.defaultExits = defaultExits;
  }

  /** The flow; empty where the file has faults, which are added. */
  static Optional<Flow> read(String yaml, Faults faults) {
    return Section.top(yaml, faults).flatMap(FlowFile::flow);
  }

  private static Optional<Flow> flow(Section top) {
    int before = top.faultCount();
    String id = top.text("flow");
    String language = top.text("language");
    String start = top.text("start");
    List<String> greeting = top.optionalTexts("greeting");
    boolean alwaysOpen = top.flag("always_open", false);
    // Where an editor keeps what it needs to draw the flow; without meaning here.
    top.ignore("layout");
    FlowFile file = new FlowFile(writtenExits(top.optionalSection("default_exits")));
    List<Node> nodes = new ArrayList<>();
    top.section("nodes")
        .allSections()
        .forEach((nodeId, section) -> file.node(nodeId, section).ifPresent(nodes::add));
    top.done();
    return top.make(before, () -> new Flow(id, language, start, greeting, alwaysOpen, nodes));
  }

  private Optional<Node> node(String id, Section section) {
    int before = section.faultCount();
    String type = section.text("type");
    Optional<? extends Node> node =
        switch (type) {
          case "prompt" -> prompt(id, section);
          case "menu" -> menu(id, section);
          case "collect" -> collect(id, section);
          case "lookup" -> lookup(id, section);
          case "survey" -> survey(id, section);
          case "notice" -> notice(id, section);
          case "condition" -> condition(id, section);
          case "hours" -> hours(id, section);
          case "route" -> route(id, section);
          case "queue" -> queue(id, section);
          case "callback" -> callback(id, section);
          case "voicemail" -> voicemail(id, section);
          case "transfer" -> transfer(id, section);
          case "webhook" -> webhook(id, section);
          case "hangup" -> section.make(before, () -> new Node.Hangup(id));
          case "fallback" -> section.make(before, () -> new Node.Fallback(id));
          default -> {
            if (section.faultCount() == before) {
              section.fault("type", "is " + type + ", expected one of " + String.join(", ", TYPES));
            }
            yield Optional.empty();
          }
        };
    if (node.isPresent()) {
      section.done();
    }
    return node.map(found -> found);
  }

  private Optional<Node.Prompt> prompt(String id, Section section) {
    int before = section.faultCount();
    List<String> prompts = section.texts("prompts");
    Map<Exit, String> exits = exits(section);
    return section.make(before, () -> new Node.Prompt(id, prompts, exits));
  }

  /** What all nodes have that wait for keys. */
  private record Question(List<String> prompts, Duration keyWait, int tries) {}

  private static Question question(Section section) {
    return new Question(
        section.texts("prompts"),
        Duration.ofSeconds(section.integer("wait", 1, 60)),
        section.integer("tries", 1, 10));
  }

  private Optional<Asking.Menu> menu(String id, Section section) {
    int before = section.faultCount();
    Question ask = question(section);
    List<Asking.Menu.Option> options = new ArrayList<>();
    for (Section key : section.sections("keys")) {
      int beforeKey = key.faultCount();
      String digit = key.text("key");
      Optional<String> choice = key.optionalText("choice");
      Optional<String> language = key.optionalText("language");
      String to = key.text("to");
      key.done();
      key.make(beforeKey, () -> new Asking.Menu.Option(digit, choice, language, to))
          .ifPresent(options::add);
    }
    Map<Exit, String> exits = exits(section);
    return section.make(
        before,
        () -> new Asking.Menu(id, ask.prompts(), ask.keyWait(), ask.tries(), options, exits));
  }

  private Optional<Asking.Collect> collect(String id, Section section) {
    int before = section.faultCount();
    Question ask = question(section);
    Asking.Span span = span(section);
    String into = section.text("into");
    Map<Exit, String> exits = exits(section);
    return section.make(
        before,
        () -> new Asking.Collect(id, ask.prompts(), ask.keyWait(), ask.tries(), span, into, exits));
  }

  private Optional<Asking.Lookup> lookup(String id, Section section) {
    int before = section.faultCount();
    Question ask = question(section);
    Asking.Span span = span(section);
    String prefix = section.textOrEmpty("prefix");
    Map<Exit, String> exits = exits(section);
    return section.make(
        before,
        () ->
            new Asking.Lookup(id, ask.prompts(), ask.keyWait(), ask.tries(), span, prefix, exits));
  }

  private static Asking.Span span(Section section) {
    int least = section.integer("least", 1, 20);
    int most = section.integer("most", 1, 20);
    if (least > most) {
      section.fault("least", "is " + least + ", expected at most " + most + ", the value of most");
    }
    return new Asking.Span(Math.min(least, most), most);
  }

  private Optional<Asking.Survey> survey(String id, Section section) {
    int before = section.faultCount();
    Question ask = question(section);
    Map<Exit, String> exits = exits(section);
    return section.make(
        before, () -> new Asking.Survey(id, ask.prompts(), ask.keyWait(), ask.tries(), exits));
  }

  private Optional<Asking.Notice> notice(String id, Section section) {
    int before = section.faultCount();
    Question ask = question(section);
    String key = section.text("key");
    Map<Exit, String> exits = exits(section);
    return section.make(
        before, () -> new Asking.Notice(id, ask.prompts(), ask.keyWait(), ask.tries(), key, exits));
  }

  private Optional<Node.Condition> condition(String id, Section section) {
    int before = section.faultCount();
    List<Node.Condition.Case> cases = new ArrayList<>();
    for (Section branch : section.sections("cases")) {
      int beforeCase = branch.faultCount();
      Optional<CallerTest> test = test(branch.section("when"));
      String to = branch.text("to");
      branch.done();
      test.flatMap(found -> branch.make(beforeCase, () -> new Node.Condition.Case(found, to)))
          .ifPresent(cases::add);
    }
    Map<Exit, String> exits = exits(section);
    return section.make(before, () -> new Node.Condition(id, cases, exits));
  }

  private Optional<Node.Route> route(String id, Section section) {
    int before = section.faultCount();
    Map<Exit, String> exits = exits(section);
    return section.make(before, () -> new Node.Route(id, exits));
  }

  private Optional<Node.Hours> hours(String id, Section section) {
    int before = section.faultCount();
    Optional<DeskId> desk = desk(section);
    Map<Exit, String> exits = exits(section);
    return section.make(before, () -> new Node.Hours(id, desk, exits));
  }

  private static Optional<DeskId> desk(Section section) {
    int before = section.faultCount();
    return section
        .optionalText("desk")
        .flatMap(text -> section.make(before, () -> new DeskId(text)));
  }

  private Optional<Node.Queue> queue(String id, Section section) {
    int before = section.faultCount();
    Optional<DeskId> desk = desk(section);
    int priority = section.integer("priority", 0, 100, 0);
    Section says = section.optionalSection("says");
    Node.Queue.Says told =
        new Node.Queue.Says(says.flag("position", false), says.flag("expected_wait", false));
    says.done();
    List<Node.Queue.LeaveKey> keys = new ArrayList<>();
    for (Section key : section.has("keys") ? section.sections("keys") : List.<Section>of()) {
      keys.add(new Node.Queue.LeaveKey(key.text("key"), key.text("to")));
      key.done();
    }
    Map<Exit, String> exits = exits(section);
    return section.make(before, () -> new Node.Queue(id, desk, priority, told, keys, exits));
  }

  private Optional<Node.Callback> callback(String id, Section section) {
    int before = section.faultCount();
    Optional<DeskId> desk = desk(section);
    Optional<String> number = section.optionalText("number");
    Map<Exit, String> exits = exits(section);
    return section.make(before, () -> new Node.Callback(id, desk, number, exits));
  }

  private Optional<Node.Voicemail> voicemail(String id, Section section) {
    int before = section.faultCount();
    Optional<DeskId> desk = desk(section);
    List<String> prompts = section.texts("prompts");
    Duration longest = Duration.ofSeconds(section.integer("longest", 5, 600));
    Map<Exit, String> exits = exits(section);
    return section.make(before, () -> new Node.Voicemail(id, desk, prompts, longest, exits));
  }

  private Optional<Node.Transfer> transfer(String id, Section section) {
    int before = section.faultCount();
    String number = section.text("number");
    Duration ring = Duration.ofSeconds(section.integer("ring", 5, 120, 30));
    Map<Exit, String> exits = exits(section);
    return section.make(before, () -> new Node.Transfer(id, number, ring, exits));
  }

  private Optional<Node.Webhook> webhook(String id, Section section) {
    int before = section.faultCount();
    String hook = section.text("hook");
    List<Node.Webhook.Word> words = new ArrayList<>();
    for (Section word : section.sections("words")) {
      words.add(new Node.Webhook.Word(word.text("word"), word.text("to")));
      word.done();
    }
    Map<Exit, String> exits = exits(section);
    return section.make(before, () -> new Node.Webhook(id, hook, words, exits));
  }

  private static Optional<CallerTest> test(Section when) {
    int before = when.faultCount();
    List<String> kinds = when.optionalTexts("caller");
    List<String> desks = when.optionalTexts("desk");
    when.done();
    if (kinds.isEmpty() == desks.isEmpty() && when.faultCount() == before) {
      when.fault("", "expected one of caller, desk");
    }
    Set<CallerKind> callers = Words.parseAll(CallerKind.class, kinds, when, "caller");
    return when.make(
        before,
        () ->
            desks.isEmpty()
                ? new CallerTest.KindIs(callers)
                : new CallerTest.DeskIs(
                    desks.stream().map(DeskId::new).collect(Collectors.toSet())));
  }

  /**
   * The exits that a node names, and the flow's default for those that it has but does not name.
   */
  private Map<Exit, String> exits(Section node) {
    Map<Exit, String> exits = new EnumMap<>(defaultExits);
    exits.keySet().retainAll(Node.exitsOf(node.textOrEmpty("type")));
    exits.putAll(writtenExits(node.optionalSection("exits")));
    return exits;
  }

  private static Map<Exit, String> writtenExits(Section section) {
    Map<Exit, String> exits = new EnumMap<>(Exit.class);
    section
        .allTexts()
        .forEach(
            (name, to) ->
                Words.parse(Exit.class, name, section, name)
                    .ifPresent(exit -> exits.put(exit, to)));
    return exits;
  }
}
