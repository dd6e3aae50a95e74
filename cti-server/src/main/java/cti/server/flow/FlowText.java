package cti.server.flow;

import cti.core.desk.Desk;
import cti.core.id.DeskId;
import cti.core.ivr.Asking;
import cti.core.ivr.Flow;
import cti.core.ivr.FlowValidator;
import cti.core.ivr.Node;
import cti.core.port.Flows.Finding;
import cti.core.routing.Condition;
import cti.core.routing.RoutingRule;
import cti.core.routing.RuleSet;
import cti.server.yaml.Faults;
import cti.server.yaml.Lines;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

/** The text of a flow by itself: read, and checked against the house that it is for. */
public final class FlowText {
  private static final String NAME = "flow";
  private static final int MOST_NAMED = 10;

  private FlowText() {}

  /**
   * A text as it was read.
   *
   * @param flow empty where it cannot be used: then there are faults
   * @param drawn the flow also where it cannot be used; empty where its nodes cannot be read
   * @param findings faults and warnings once more, each with its line
   */
  public record Read(
      Optional<Flow> flow,
      List<String> faults,
      List<String> warnings,
      Optional<Flow> drawn,
      List<Finding> findings) {
    public Read {
      faults = List.copyOf(faults);
      warnings = List.copyOf(warnings);
      findings = List.copyOf(findings);
    }
  }

  /**
   * What a flow may name.
   *
   * @param prompts texts by id and language
   * @param hooks webhooks
   * @param rules those in force, which must know every choice that the flow offers
   * @param heard whether a prompt, in a language, has a sound at the gateway, as far as is known
   */
  public record Around(
      Map<String, Map<String, String>> prompts,
      Set<String> hooks,
      List<Desk> desks,
      RuleSet rules,
      BiPredicate<String, String> heard) {
    public Around {
      hooks = Set.copyOf(hooks);
      desks = List.copyOf(desks);
    }
  }

  /** Desks that the flow names and that are not there. */
  public static List<String> missingDesks(Flow flow, List<Desk> desks) {
    Set<DeskId> known = desks.stream().map(Desk::id).collect(Collectors.toSet());
    return FlowValidator.missingDesks(flow, known).stream().map(Object::toString).toList();
  }

  /** Reads and checks a text, all faults at once. */
  public static Read read(String yaml, Around around) {
    Faults faults = new Faults(NAME);
    Optional<Flow> flow = FlowFile.read(yaml, faults);
    if (flow.isEmpty() || faults.count() > 0) {
      return new Read(
          Optional.empty(), faults.found(), List.of(), flow, findings(yaml, faults, false));
    }
    Set<DeskId> desks = around.desks().stream().map(Desk::id).collect(Collectors.toSet());
    new FlowValidator(
            PromptFile.languages(around.prompts()), CallPlanFiles.LANGUAGES, desks, around.hooks())
        .faults(flow.get())
        .forEach(fault -> faults.add(fault.path(), fault.message()));
    CallPlanFiles.checkChoices(flow.get(), around.rules(), faults);
    List<String> warnings = new ArrayList<>(choicesThatAreGone(flow.get(), around.rules()));
    warnings.addAll(silent(flow.get(), around));
    List<Finding> findings = new ArrayList<>(findings(yaml, faults, true));
    warnings.forEach(text -> findings.add(new Finding(false, Optional.empty(), text)));
    return new Read(
        faults.count() == 0 ? flow : Optional.empty(), faults.found(), warnings, flow, findings);
  }

  /**
   * @param entriesByName how the paths call the entries of lists, see {@link Lines#of}
   */
  private static List<Finding> findings(String yaml, Faults faults, boolean entriesByName) {
    Lines lines = Lines.of(yaml);
    return faults.places().stream()
        .map(
            at ->
                new Finding(
                    true,
                    lines.of(at.path(), entriesByName),
                    (at.path().isEmpty() ? "" : at.path() + ": ") + at.message()))
        .toList();
  }

  /** The line at which each node of a text begins. */
  public static Map<String, Integer> linesOfNodes(String yaml, Flow flow) {
    Lines lines = Lines.of(yaml);
    Map<String, Integer> found = new HashMap<>();
    for (Node node : flow.nodes()) {
      lines.of("nodes." + node.id(), true).ifPresent(line -> found.put(node.id(), line));
    }
    return found;
  }

  /** A rule about a choice that no caller can make any more would never win. */
  private static List<String> choicesThatAreGone(Flow flow, RuleSet rules) {
    Set<String> offered = CallPlanFiles.choices(flow);
    List<String> gone = new ArrayList<>();
    for (RoutingRule rule : rules.rules()) {
      for (Condition condition : rule.conditions()) {
        if (condition instanceof Condition.ChoiceIs is) {
          new TreeSet<>(is.choices())
              .stream()
                  .filter(choice -> !offered.contains(choice))
                  .forEach(
                      choice ->
                          gone.add(
                              NAME
                                  + ": no menu offers the choice "
                                  + choice
                                  + ", which rule "
                                  + rule.id()
                                  + " in force is about"));
        }
      }
    }
    return gone;
  }

  /** Prompts of the manifest that the gateway cannot play: their nodes would go by their error. */
  private static List<String> silent(Flow flow, Around around) {
    Set<String> played = new TreeSet<>(flow.greeting());
    Set<String> languages = new TreeSet<>(Set.of(flow.language()));
    for (Node node : flow.nodes()) {
      played.addAll(node.prompts());
      if (node instanceof Asking.Menu menu) {
        menu.options().forEach(option -> option.language().ifPresent(languages::add));
      }
    }
    List<String> silent = new ArrayList<>();
    for (String language : languages) {
      List<String> without =
          played.stream()
              .filter(around.prompts()::containsKey)
              .filter(prompt -> !around.heard().test(prompt, language))
              .toList();
      if (!without.isEmpty()) {
        int more = without.size() - MOST_NAMED;
        silent.add(
            NAME
                + ": no sound in "
                + language
                + " of "
                + String.join(", ", without.subList(0, Math.min(without.size(), MOST_NAMED)))
                + (more > 0 ? " and " + more + " more" : "")
                + ", a node that plays it takes its exit error");
      }
    }
    return silent;
  }

  /** A text that was checked when it was published; empty where it reads no more. */
  public static Optional<Flow> published(String yaml, int version) {
    return FlowFile.read(yaml, new Faults(NAME)).map(flow -> flow.withVersion(version));
  }
}
