package cti.core.ivr;

import cti.core.id.DeskId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Finds everything that is wrong with a flow before a caller does; all of it at once. */
public final class FlowValidator {
  private final Map<String, Set<String>> languagesByPrompt;
  private final Set<String> languages;
  private final Set<DeskId> desks;

  /**
   * @param languagesByPrompt the prompt manifest: the languages that each prompt has
   * @param languages that every prompt must have
   * @param desks that a queue may name
   */
  public FlowValidator(
      Map<String, Set<String>> languagesByPrompt, Set<String> languages, Set<DeskId> desks) {
    this.languagesByPrompt = Map.copyOf(languagesByPrompt);
    this.languages = Set.copyOf(languages);
    this.desks = Set.copyOf(desks);
  }

  /**
   * One thing that is wrong.
   *
   * @param path where, such as nodes.hq-menu.exits.hangup
   * @param message what, and what was expected
   */
  public record Fault(String path, String message) {
    @Override
    public String toString() {
      return path + ": " + message;
    }
  }

  /** All faults in the order of the file; empty where the flow may run. */
  public List<Fault> faults(Flow flow) {
    List<Fault> faults = new ArrayList<>();
    Map<String, Node> nodes = new LinkedHashMap<>();
    for (Node node : flow.nodes()) {
      if (nodes.putIfAbsent(node.id(), node) != null) {
        faults.add(new Fault(path(node), "the id is there twice, expected once"));
      }
    }
    if (!languages.contains(flow.language())) {
      faults.add(
          new Fault(
              "language", "is " + flow.language() + ", expected one of " + sorted(languages)));
    }
    if (!nodes.containsKey(flow.start())) {
      faults.add(new Fault("start", "no node " + flow.start()));
    }
    checkPrompts("greeting", flow.greeting(), faults);
    Set<String> reached = reachedFrom(flow.start(), nodes);
    for (Node node : flow.nodes()) {
      checkId(node, faults);
      checkExits(node, nodes, faults);
      checkPrompts(path(node) + ".prompts", node.prompts(), faults);
      checkOwn(node, nodes, faults);
      if (!reached.contains(node.id()) && nodes.containsKey(flow.start())) {
        faults.add(new Fault(path(node), "no way leads to it from " + flow.start()));
      }
      if (reached.contains(node.id()) && isEndless(node, nodes)) {
        faults.add(
            new Fault(path(node), "comes back to itself for ever while the caller does nothing"));
      }
    }
    checkPerson(flow, nodes, reached, faults);
    return faults;
  }

  private static void checkId(Node node, List<Fault> faults) {
    if (!node.id().matches("[a-z0-9-]{1,40}")) {
      faults.add(new Fault(path(node), "the id is not made of 1 to 40 of a-z 0-9 -"));
    }
  }

  private static void checkExits(Node node, Map<String, Node> nodes, List<Fault> faults) {
    Set<Exit> missing = EnumSet.noneOf(Exit.class);
    missing.addAll(node.expectedExits());
    missing.removeAll(node.exits().keySet());
    for (Exit exit : missing) {
      faults.add(new Fault(path(node) + ".exits", "no exit " + exit.written()));
    }
    for (Flow.Way way : Flow.waysOut(node)) {
      if (!nodes.containsKey(way.to())) {
        faults.add(new Fault(path(node) + "." + way.name(), "no node " + way.to()));
      }
    }
    for (Exit exit : new TreeSet<>(node.exits().keySet())) {
      if (!node.expectedExits().contains(exit)) {
        faults.add(
            new Fault(
                path(node) + ".exits." + exit.written(), "this kind of node has no such exit"));
      }
    }
  }

  private void checkPrompts(String path, List<String> prompts, List<Fault> faults) {
    for (String prompt : prompts) {
      Set<String> missing = new TreeSet<>(languages);
      missing.removeAll(languagesByPrompt.getOrDefault(prompt, Set.of()));
      if (!languagesByPrompt.containsKey(prompt)) {
        faults.add(new Fault(path, "no prompt " + prompt));
      } else if (!missing.isEmpty()) {
        faults.add(new Fault(path, "prompt " + prompt + " lacks " + missing));
      }
    }
  }

  private void checkOwn(Node node, Map<String, Node> nodes, List<Fault> faults) {
    String gone = node.exits().get(Exit.HANGUP);
    if (gone != null && nodes.containsKey(gone) && !(nodes.get(gone) instanceof Node.Hangup)) {
      faults.add(
          new Fault(
              path(node) + ".exits.hangup",
              "leads to " + gone + ", expected a hangup node: nobody is left to hear another"));
    }
    switch (node) {
      case Node.Prompt prompt -> {
        if (prompt.prompts().isEmpty()) {
          faults.add(new Fault(path(node) + ".prompts", "is empty, expected at least one"));
        }
      }
      case Node.Menu menu -> checkKeys(menu, faults);
      case Node.Condition condition -> checkCases(condition, faults);
      case Node.Queue queue ->
          queue.desk().ifPresent(desk -> checkDesk(path(node) + ".desk", desk, faults));
      case Node.Route _, Node.Hangup _, Node.Fallback _ -> {}
    }
  }

  private static void checkKeys(Node.Menu menu, List<Fault> faults) {
    if (menu.options().isEmpty()) {
      faults.add(new Fault(path(menu) + ".keys", "is empty, expected at least one"));
    }
    Set<String> keys = new HashSet<>();
    for (Node.Menu.Option option : menu.options()) {
      if (!keys.add(option.key())) {
        faults.add(
            new Fault(path(menu) + ".keys." + option.key(), "is there twice, expected once"));
      }
    }
  }

  private void checkCases(Node.Condition condition, List<Fault> faults) {
    if (condition.cases().isEmpty()) {
      faults.add(new Fault(path(condition) + ".cases", "is empty, expected at least one"));
    }
    for (int i = 0; i < condition.cases().size(); i++) {
      String path = path(condition) + ".cases." + (i + 1);
      switch (condition.cases().get(i).test()) {
        case CallerTest.DeskIs test -> test.desks().forEach(desk -> checkDesk(path, desk, faults));
        case CallerTest.KindIs _ -> {}
      }
    }
  }

  private void checkDesk(String path, DeskId desk, List<Fault> faults) {
    if (!desks.contains(desk)) {
      faults.add(new Fault(path, "no desk " + desk));
    }
  }

  /** A caller who is asked for a key, or has just come, must be able to get to a person. */
  private static void checkPerson(
      Flow flow, Map<String, Node> nodes, Set<String> reached, List<Fault> faults) {
    for (Node node : flow.nodes()) {
      boolean asked = node instanceof Node.Menu || node.id().equals(flow.start());
      if (asked && reached.contains(node.id())) {
        boolean person =
            reachedFrom(node.id(), nodes).stream()
                .anyMatch(id -> nodes.get(id) instanceof Node.Queue);
        if (!person) {
          faults.add(new Fault(path(node), "no way leads from it to a queue, so to no person"));
        }
      }
    }
  }

  private static Set<String> reachedFrom(String start, Map<String, Node> nodes) {
    Set<String> reached = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(List.of(start));
    while (!open.isEmpty()) {
      Node node = nodes.get(open.pop());
      if (node != null && reached.add(node.id())) {
        Flow.waysOut(node).forEach(way -> open.push(way.to()));
      }
    }
    return reached;
  }

  /**
   * Whether a caller who does nothing can come back to the node for ever. A queue is no wait: a
   * full one returns at once. A menu may repeat itself after no key, which its tries bound; it may
   * not come back to itself by another menu, whose turn sets the tries back.
   */
  private static boolean isEndless(Node start, Map<String, Node> nodes) {
    Set<Step> seen = new HashSet<>();
    Deque<Step> open = new ArrayDeque<>();
    boolean menu = start instanceof Node.Menu;
    for (Flow.Way way : silentWays(start, true)) {
      open.push(new Step(way.to(), !way.name().equals(NO_INPUT)));
    }
    while (!open.isEmpty()) {
      Step step = open.pop();
      if (step.node().equals(start.id()) && step.endless()) {
        return true;
      }
      Node next = nodes.get(step.node());
      if (next != null && next != start && seen.add(step)) {
        boolean endless = step.endless() || next instanceof Node.Menu;
        silentWays(next, menu).forEach(way -> open.push(new Step(way.to(), endless)));
      }
    }
    return false;
  }

  private static final String NO_INPUT = "exits." + Exit.NO_INPUT.written();
  private static final Set<String> SILENT =
      Set.of(NO_INPUT, "exits." + Exit.MAX_NO_INPUT.written(), "exits." + Exit.ERROR.written());

  private record Step(String node, boolean endless) {}

  /** The ways that a caller takes without a key; out of a menu by waiting only where asked for. */
  private static List<Flow.Way> silentWays(Node node, boolean byWaiting) {
    if (!(node instanceof Node.Menu)) {
      return Flow.waysOut(node);
    }
    return Flow.waysOut(node).stream()
        .filter(way -> byWaiting ? SILENT.contains(way.name()) : way.name().endsWith(".error"))
        .toList();
  }

  private static String path(Node node) {
    return "nodes." + node.id();
  }

  private static String sorted(Set<String> words) {
    return words.stream().sorted().collect(Collectors.joining(", "));
  }
}
