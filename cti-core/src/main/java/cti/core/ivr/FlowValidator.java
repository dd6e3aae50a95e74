package cti.core.ivr;

import cti.core.id.DeskId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Finds everything that is wrong with a flow before a caller does; all of it at once. */
public final class FlowValidator {
  /** A caller who has answered so many menus is not asked by another. */
  public static final int MOST_MENUS = 4;

  private final Map<String, Set<String>> languagesByPrompt;
  private final Set<String> languages;
  private final Set<DeskId> desks;
  private final Set<String> hooks;

  /**
   * @param languagesByPrompt the prompt manifest: the languages that each prompt has
   * @param languages that every prompt must have
   * @param desks that a node may name
   * @param hooks other systems that a node may name
   */
  public FlowValidator(
      Map<String, Set<String>> languagesByPrompt,
      Set<String> languages,
      Set<DeskId> desks,
      Set<String> hooks) {
    this.languagesByPrompt = Map.copyOf(languagesByPrompt);
    this.languages = Set.copyOf(languages);
    this.desks = Set.copyOf(desks);
    this.hooks = Set.copyOf(hooks);
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

  /** Desks that nodes name and that are not among {@code desks}. */
  public static List<Fault> missingDesks(Flow flow, Set<DeskId> desks) {
    FlowValidator names = new FlowValidator(Map.of(), Set.of(), desks, Set.of());
    List<Fault> faults = new ArrayList<>();
    flow.nodes().forEach(node -> names.checkDesks(node, faults));
    return faults;
  }

  /** All faults in the order of the file; empty where the flow may run. */
  public List<Fault> faults(Flow flow) {
    List<Fault> faults = new ArrayList<>();
    FlowGraph graph = new FlowGraph(flow);
    for (String id : new TreeSet<>(graph.twice())) {
      faults.add(new Fault("nodes." + id, "the id is there twice, expected once"));
    }
    checkLanguage("language", flow.language(), faults);
    if (!graph.has(flow.start())) {
      faults.add(new Fault("start", "no node " + flow.start()));
    }
    checkPrompts("greeting", flow.greeting(), faults);
    Set<String> reached = graph.reached();
    Map<String, Integer> depths = graph.menuDepths();
    for (Node node : flow.nodes()) {
      checkId(node, faults);
      checkExits(node, graph, faults);
      checkPrompts(path(node) + ".prompts", node.prompts(), faults);
      checkDesks(node, faults);
      checkOwn(node, graph, faults);
      if (!reached.contains(node.id()) && graph.has(flow.start())) {
        faults.add(new Fault(path(node), "no way leads to it from " + flow.start()));
      }
      if (reached.contains(node.id()) && graph.isEndless(node)) {
        faults.add(
            new Fault(path(node), "comes back to itself for ever while the caller does nothing"));
      }
      if (node instanceof Asking.Menu && depths.getOrDefault(node.id(), 0) > MOST_MENUS) {
        faults.add(
            new Fault(
                path(node),
                "is menu number "
                    + depths.get(node.id())
                    + " on the shortest way to it, expected at most "
                    + MOST_MENUS));
      }
    }
    checkPerson(flow, graph, reached, faults);
    if (!flow.alwaysOpen()) {
      checkHours(flow, graph, faults);
    }
    return faults;
  }

  private void checkLanguage(String path, String language, List<Fault> faults) {
    if (!languages.contains(language)) {
      faults.add(new Fault(path, "is " + language + ", expected one of " + sorted(languages)));
    }
  }

  private static void checkId(Node node, List<Fault> faults) {
    if (!node.id().matches("[a-z0-9-]{1,40}")) {
      faults.add(new Fault(path(node), "the id is not made of 1 to 40 of a-z 0-9 -"));
    }
  }

  private static void checkExits(Node node, FlowGraph graph, List<Fault> faults) {
    Set<Exit> missing = EnumSet.noneOf(Exit.class);
    missing.addAll(node.expectedExits());
    missing.removeAll(node.exits().keySet());
    for (Exit exit : missing) {
      faults.add(new Fault(path(node) + ".exits", "no exit " + exit.written()));
    }
    for (Flow.Way way : Flow.waysOut(node)) {
      if (!graph.has(way.to())) {
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

  private void checkOwn(Node node, FlowGraph graph, List<Fault> faults) {
    String gone = node.exits().get(Exit.HANGUP);
    if (gone != null
        && graph.node(gone).filter(next -> !(next instanceof Node.Hangup)).isPresent()) {
      faults.add(
          new Fault(
              path(node) + ".exits.hangup",
              "leads to " + gone + ", expected a hangup node: nobody is left to hear another"));
    }
    switch (node) {
      case Node.Prompt prompt -> checkPlays(prompt, faults);
      case Asking.Menu menu -> {
        checkKeys(menu, menu.options().stream().map(Asking.Menu.Option::key).toList(), faults);
        menu.options()
            .forEach(
                option ->
                    option
                        .language()
                        .ifPresent(
                            language ->
                                checkLanguage(
                                    path(menu) + ".keys." + option.key() + ".language",
                                    language,
                                    faults)));
      }
      case Asking.Collect asking -> checkPlays(asking, faults);
      case Asking.Lookup asking -> checkPlays(asking, faults);
      case Asking.Survey asking -> checkPlays(asking, faults);
      case Asking.Notice asking -> checkPlays(asking, faults);
      case Node.Condition condition -> checkCases(condition, faults);
      case Node.Queue queue -> checkQueue(queue, faults);
      case Node.Voicemail voicemail -> checkPlays(voicemail, faults);
      case Node.Webhook webhook -> checkHook(webhook, faults);
      case Node.Hours _,
          Node.Callback _,
          Node.Route _,
          Node.Transfer _,
          Node.Hangup _,
          Node.Fallback _ -> {}
    }
  }

  private static void checkPlays(Node node, List<Fault> faults) {
    if (node.prompts().isEmpty()) {
      faults.add(new Fault(path(node) + ".prompts", "is empty, expected at least one"));
    }
  }

  private static void checkKeys(Node node, List<String> found, List<Fault> faults) {
    if (found.isEmpty()) {
      faults.add(new Fault(path(node) + ".keys", "is empty, expected at least one"));
    }
    Set<String> keys = new HashSet<>();
    for (String key : found) {
      if (!keys.add(key)) {
        faults.add(new Fault(path(node) + ".keys." + key, "is there twice, expected once"));
      }
    }
  }

  private void checkQueue(Node.Queue queue, List<Fault> faults) {
    List<String> keys = queue.keys().stream().map(Node.Queue.LeaveKey::key).toList();
    if (!keys.isEmpty()) {
      checkKeys(queue, keys, faults);
    }
    for (String key : keys) {
      if (!Node.Queue.LEAVE_KEYS.contains(key)) {
        faults.add(
            new Fault(
                path(queue) + ".keys." + key,
                "does not leave a queue, expected one of " + sorted(Node.Queue.LEAVE_KEYS)));
      }
    }
    if (!queue.says().equals(Node.Queue.Says.NOTHING)) {
      checkPrompts(path(queue) + ".says", Speech.prompts(), faults);
    }
  }

  private void checkHook(Node.Webhook webhook, List<Fault> faults) {
    if (!hooks.contains(webhook.hook())) {
      faults.add(
          new Fault(
              path(webhook) + ".hook",
              "no webhook " + webhook.hook() + ", expected one of " + sorted(hooks)));
    }
    Set<String> words = new HashSet<>();
    for (Node.Webhook.Word word : webhook.cases()) {
      if (!words.add(word.word())) {
        faults.add(
            new Fault(path(webhook) + ".words." + word.word(), "is there twice, expected once"));
      }
    }
  }

  private void checkCases(Node.Condition condition, List<Fault> faults) {
    if (condition.cases().isEmpty()) {
      faults.add(new Fault(path(condition) + ".cases", "is empty, expected at least one"));
    }
  }

  private void checkDesks(Node node, List<Fault> faults) {
    switch (node) {
      case Node.Hours hours -> hours.desk().ifPresent(desk -> checkDesk(hours, desk, faults));
      case Node.Queue queue -> queue.desk().ifPresent(desk -> checkDesk(queue, desk, faults));
      case Node.Callback callback ->
          callback.desk().ifPresent(desk -> checkDesk(callback, desk, faults));
      case Node.Voicemail voicemail ->
          voicemail.desk().ifPresent(desk -> checkDesk(voicemail, desk, faults));
      case Node.Condition condition -> checkDesksOf(condition, faults);
      case Asking _,
          Node.Prompt _,
          Node.Route _,
          Node.Transfer _,
          Node.Webhook _,
          Node.Hangup _,
          Node.Fallback _ -> {}
    }
  }

  private void checkDesksOf(Node.Condition condition, List<Fault> faults) {
    for (int i = 0; i < condition.cases().size(); i++) {
      String path = path(condition) + ".cases." + (i + 1);
      switch (condition.cases().get(i).test()) {
        case CallerTest.DeskIs test ->
            test.desks().stream().sorted().forEach(desk -> checkDesk(path, desk, faults));
        case CallerTest.KindIs _ -> {}
      }
    }
  }

  private void checkDesk(Node node, DeskId desk, List<Fault> faults) {
    checkDesk(path(node) + ".desk", desk, faults);
  }

  private void checkDesk(String path, DeskId desk, List<Fault> faults) {
    if (!desks.contains(desk)) {
      faults.add(new Fault(path, "no desk " + desk));
    }
  }

  /** A caller who is asked for a key, or has just come, must be able to get to a person. */
  private static void checkPerson(
      Flow flow, FlowGraph graph, Set<String> reached, List<Fault> faults) {
    for (Node node : flow.nodes()) {
      boolean asked = node instanceof Asking.Menu || node.id().equals(flow.start());
      if (asked
          && reached.contains(node.id())
          && !graph.leadsTo(
              node.id(), next -> next instanceof Node.Queue || next instanceof Node.Transfer)) {
        faults.add(new Fault(path(node), "no way leads from it to a queue, so to no person"));
      }
    }
  }

  /** A queue that is reached without asking whether somebody works there now. */
  private static void checkHours(Flow flow, FlowGraph graph, List<Fault> faults) {
    Set<String> unasked = graph.reachedFrom(flow.start(), node -> node instanceof Node.Hours);
    for (Node node : flow.nodes()) {
      if (node instanceof Node.Queue && unasked.contains(node.id())) {
        faults.add(
            new Fault(
                path(node),
                "is reached without an hours node, so a caller waits in vain out of hours;"
                    + " expected one before it, or always_open: true"));
      }
    }
  }

  private static String path(Node node) {
    return "nodes." + node.id();
  }

  private static String sorted(Set<String> words) {
    return words.isEmpty() ? "none" : words.stream().sorted().collect(Collectors.joining(", "));
  }
}
