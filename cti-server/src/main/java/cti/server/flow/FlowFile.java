package cti.server.flow;

import cti.core.id.DeskId;
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
    FlowFile file = new FlowFile(writtenExits(top.optionalSection("default_exits")));
    List<Node> nodes = new ArrayList<>();
    top.section("nodes")
        .allSections()
        .forEach((nodeId, section) -> file.node(nodeId, section).ifPresent(nodes::add));
    top.done();
    return top.make(before, () -> new Flow(id, language, start, greeting, nodes));
  }

  private Optional<Node> node(String id, Section section) {
    int before = section.faultCount();
    String type = section.text("type");
    Optional<? extends Node> node =
        switch (type) {
          case "prompt" -> prompt(id, section);
          case "menu" -> menu(id, section);
          case "condition" -> condition(id, section);
          case "route" -> route(id, section);
          case "queue" -> queue(id, section);
          case "hangup" -> section.make(before, () -> new Node.Hangup(id));
          case "fallback" -> section.make(before, () -> new Node.Fallback(id));
          default -> {
            if (section.faultCount() == before) {
              section.fault(
                  "type",
                  "is "
                      + type
                      + ", expected prompt, menu, condition, route, queue, hangup or fallback");
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
    Map<Exit, String> exits = exits(section, Node.Prompt.EXITS);
    return section.make(before, () -> new Node.Prompt(id, prompts, exits));
  }

  private Optional<Node.Menu> menu(String id, Section section) {
    int before = section.faultCount();
    List<String> prompts = section.texts("prompts");
    Duration keyWait = Duration.ofSeconds(section.integer("wait", 1, 60));
    int tries = section.integer("tries", 1, 10);
    List<Node.Menu.Option> options = new ArrayList<>();
    for (Section key : section.sections("keys")) {
      int beforeKey = key.faultCount();
      String digit = key.text("key");
      Optional<String> choice = key.optionalText("choice");
      String to = key.text("to");
      key.done();
      key.make(beforeKey, () -> new Node.Menu.Option(digit, choice, to)).ifPresent(options::add);
    }
    Map<Exit, String> exits = exits(section, Node.Menu.EXITS);
    return section.make(before, () -> new Node.Menu(id, prompts, keyWait, tries, options, exits));
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
    Map<Exit, String> exits = exits(section, Node.Condition.EXITS);
    return section.make(before, () -> new Node.Condition(id, cases, exits));
  }

  private Optional<Node.Route> route(String id, Section section) {
    int before = section.faultCount();
    Map<Exit, String> exits = exits(section, Node.Route.EXITS);
    return section.make(before, () -> new Node.Route(id, exits));
  }

  private Optional<Node.Queue> queue(String id, Section section) {
    int before = section.faultCount();
    Optional<String> desk = section.optionalText("desk");
    int priority = section.integer("priority", 0, 100, 0);
    Map<Exit, String> exits = exits(section, Node.Queue.EXITS);
    return section.make(before, () -> new Node.Queue(id, desk.map(DeskId::new), priority, exits));
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
  private Map<Exit, String> exits(Section node, Set<Exit> expected) {
    Map<Exit, String> exits = new EnumMap<>(defaultExits);
    exits.keySet().retainAll(expected);
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
