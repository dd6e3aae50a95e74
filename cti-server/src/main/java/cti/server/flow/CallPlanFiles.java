package cti.server.flow;

import cti.core.desk.Desk;
import cti.core.desk.Site;
import cti.core.id.DeskId;
import cti.core.ivr.Asking;
import cti.core.ivr.CallPlan;
import cti.core.ivr.Flow;
import cti.core.ivr.FlowValidator;
import cti.core.ivr.Node;
import cti.core.recording.RecordingPolicy;
import cti.core.routing.Condition;
import cti.core.routing.RoutingPlan;
import cti.core.routing.RoutingRule;
import cti.core.routing.RoutingWorld;
import cti.core.routing.RuleSet;
import cti.core.routing.RuleSetCheck;
import cti.server.yaml.BadFileException;
import cti.server.yaml.Faults;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** Reads and checks a flow, the rules and the prompts together: all or nothing. */
public final class CallPlanFiles {
  public static final String ROUTING = "routing.yaml";
  public static final String PROMPTS = "prompts.yaml";

  /** Every prompt must be there in each of these. */
  public static final Set<String> LANGUAGES = Set.of("zh", "en");

  private CallPlanFiles() {}

  /**
   * @param flowFile such as hotline.yaml
   * @throws BadFileException with every fault of all three files
   * @throws IOException where a file cannot be read
   */
  public static CallPlan load(
      ScriptFolder folder, String flowFile, List<Desk> desks, List<Site> sites)
      throws BadFileException, IOException {
    return load(folder, flowFile, House.of(desks, sites), Set.of());
  }

  /**
   * The same, with the rules checked against people and agents too.
   *
   * @param hooks the webhooks that a flow may name
   * @throws BadFileException with every fault of all three files
   * @throws IOException where a file cannot be read
   */
  public static CallPlan load(ScriptFolder folder, String flowFile, House house, Set<String> hooks)
      throws BadFileException, IOException {
    return load(
        folder,
        flowFile,
        house,
        hooks,
        new Checks((plan, world) -> RuleSetCheck.check(plan, world).faults(), true));
  }

  /**
   * The same of texts that were checked when they were published: of the rules only whether what
   * they name is there, for whom they reach changes with the days. Rules may be published that lead
   * callers to one place whatever they choose: the flow goes on all the same.
   *
   * @throws BadFileException with every fault of all three files
   * @throws IOException where a file cannot be read
   */
  public static CallPlan loadPublished(
      ScriptFolder folder, String flowFile, House house, Set<String> hooks)
      throws BadFileException, IOException {
    return load(folder, flowFile, house, hooks, new Checks(RuleSetCheck::missingNames, false));
  }

  /**
   * What is looked at.
   *
   * @param ofChoices whether each choice of the flow must be in a rule
   */
  private record Checks(
      BiFunction<RoutingPlan, RoutingWorld, List<String>> ofRules, boolean ofChoices) {}

  private static CallPlan load(
      ScriptFolder folder, String flowFile, House house, Set<String> hooks, Checks checks)
      throws BadFileException, IOException {
    List<Desk> desks = house.desks();
    Set<DeskId> deskIds = desks.stream().map(Desk::id).collect(Collectors.toSet());
    Faults promptFaults = new Faults(PROMPTS);
    Map<String, Map<String, String>> prompts = PromptFile.read(folder.text(PROMPTS), promptFaults);
    boolean promptsRead = promptFaults.count() == 0 || !prompts.isEmpty();
    if (promptsRead && !prompts.containsKey(CallPlan.OVERLOAD_PROMPT)) {
      promptFaults.add(
          "prompts", "no prompt " + CallPlan.OVERLOAD_PROMPT + ", the server itself plays it");
    }
    if (promptsRead) {
      checkAnnouncements(desks, prompts.keySet(), promptFaults);
    }
    Faults ruleFaults = new Faults(ROUTING);
    Optional<RoutingPlan> rules = RoutingFile.read(folder.text(ROUTING), ruleFaults);
    Faults flowFaults = new Faults(flowFile);
    Optional<Flow> flow = FlowFile.read(folder.text(flowFile), flowFaults);
    RoutingWorld world =
        house.world(prompts.keySet(), flow.map(CallPlanFiles::choices).orElse(Set.of()));
    rules.ifPresent(
        plan -> checks.ofRules().apply(plan, world).forEach(fault -> ruleFaults.add("", fault)));
    FlowValidator validator =
        new FlowValidator(PromptFile.languages(prompts), LANGUAGES, deskIds, hooks);
    flow.filter(any -> promptsRead)
        .ifPresent(
            read ->
                validator
                    .faults(read)
                    .forEach(fault -> flowFaults.add(fault.path(), fault.message())));
    if (checks.ofChoices() && flow.isPresent() && rules.isPresent()) {
      checkChoices(flow.get(), rules.get().rules(), flowFaults);
    }
    List<String> all = new ArrayList<>(flowFaults.found());
    all.addAll(ruleFaults.found());
    all.addAll(promptFaults.found());
    if (!all.isEmpty()) {
      throw new BadFileException(all);
    }
    return new CallPlan(flow.orElseThrow(), rules.orElseThrow(), desks, house.sites());
  }

  /** The texts of every prompt, by id and language; for those who make speech of them. */
  public static Map<String, Map<String, String>> prompts(ScriptFolder folder)
      throws BadFileException, IOException {
    Faults faults = new Faults(PROMPTS);
    Map<String, Map<String, String>> prompts = PromptFile.read(folder.text(PROMPTS), faults);
    faults.throwIfAny();
    return prompts;
  }

  /**
   * The numbers by which prompts are chosen at a phone, by prompt; those without one are not there.
   *
   * @throws IOException where the manifest cannot be read
   */
  public static Map<String, Integer> promptNumbers(ScriptFolder folder) throws IOException {
    return PromptFile.numbers(folder.text(PROMPTS));
  }

  private static void checkAnnouncements(List<Desk> desks, Set<String> prompts, Faults faults) {
    for (Desk desk : desks) {
      String announcement = desk.recording().announcement();
      if (desk.recording().policy() == RecordingPolicy.ANNOUNCED
          && !prompts.contains(announcement)) {
        faults.add(
            "prompts",
            "no prompt " + announcement + ", desk " + desk.id() + " announces recordings by it");
      }
    }
  }

  /** What the callers of a flow can choose, in the words that the rules know. */
  public static Set<String> choices(Flow flow) {
    Set<String> choices = new HashSet<>();
    for (Node node : flow.nodes()) {
      if (node instanceof Asking.Menu menu) {
        menu.options().forEach(option -> option.choice().ifPresent(choices::add));
      }
    }
    return choices;
  }

  /** A choice that a caller can make and no rule knows is a mistake in one of the two files. */
  static void checkChoices(Flow flow, RuleSet rules, Faults faults) {
    Set<String> known = new HashSet<>();
    for (RoutingRule rule : rules.rules()) {
      for (Condition condition : rule.conditions()) {
        if (condition instanceof Condition.ChoiceIs choice) {
          known.addAll(choice.choices());
        }
      }
    }
    for (Node node : flow.nodes()) {
      if (node instanceof Asking.Menu menu) {
        for (Asking.Menu.Option option : menu.options()) {
          option
              .choice()
              .filter(choice -> !known.contains(choice))
              .ifPresent(
                  choice ->
                      faults.add(
                          "nodes." + menu.id() + ".keys." + option.key(),
                          "choice " + choice + " is in no rule of " + ROUTING));
        }
      }
    }
  }
}
