package cti.server.prompt;

import cti.core.desk.Desk;
import cti.core.ivr.CallPlan;
import cti.core.ivr.CallbackPrompt;
import cti.core.ivr.Flow;
import cti.core.ivr.Node;
import cti.core.ivr.PhonePrompt;
import cti.core.ivr.Speech;
import cti.core.ivr.StudioPrompt;
import cti.core.port.Prompts.Kind;
import cti.core.port.Prompts.Use;
import cti.core.recording.RecordingPolicy;
import cti.core.routing.MajorIncident;
import cti.core.routing.RoutingRule;
import cti.core.routing.RuleSet;
import cti.core.routing.Target;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Who plays which prompt, of what is in force. Pure. */
public final class PromptUses {
  /** What the shipped files of the gateway name (conf/asterisk). */
  private static final Map<String, String> GATEWAY =
      Map.of("comfort", "queues_cti.conf", "phone-away", "extensions_cti.conf");

  private static final String GREETING = "greeting";

  private final Map<String, List<Use>> uses = new LinkedHashMap<>();

  private PromptUses() {}

  /**
   * @param incidents that are not over
   */
  public static Map<String, List<Use>> of(CallPlan plan, List<MajorIncident> incidents) {
    PromptUses found = new PromptUses();
    found.flow(plan.flow());
    found.rules(plan.routing().rules());
    plan.desks().forEach(found::desk);
    incidents.forEach(
        incident -> found.add(incident.prompt(), Kind.INCIDENT, incident.title(), incident.id()));
    found.server();
    GATEWAY.forEach((prompt, file) -> found.add(prompt, Kind.GATEWAY, file, ""));
    return found.uses;
  }

  private void add(String prompt, Kind kind, String name, String place) {
    Use use = new Use(kind, name, place);
    List<Use> known = uses.computeIfAbsent(prompt, _ -> new ArrayList<>());
    if (!known.contains(use)) {
      known.add(use);
    }
  }

  private void flow(Flow flow) {
    flow.greeting().forEach(prompt -> add(prompt, Kind.FLOW, flow.id(), GREETING));
    for (Node node : flow.nodes()) {
      node.prompts().forEach(prompt -> add(prompt, Kind.FLOW, flow.id(), node.id()));
      if (node instanceof Node.Queue queue
          && (queue.says().position() || queue.says().expectedWait())) {
        Speech.prompts().forEach(prompt -> add(prompt, Kind.FLOW, flow.id(), node.id()));
      }
    }
  }

  private void rules(RuleSet rules) {
    for (RoutingRule rule : rules.rules()) {
      for (Target target : rules.targetsOf(rule.id())) {
        if (target instanceof Target.Announcement announcement) {
          add(announcement.prompt(), Kind.RULES, rule.id(), "");
        }
      }
    }
  }

  private void desk(Desk desk) {
    if (desk.recording().policy() == RecordingPolicy.ANNOUNCED) {
      add(desk.recording().announcement(), Kind.DESK, desk.id().value(), "");
    }
  }

  private void server() {
    Stream.of(
            Stream.of(CallPlan.OVERLOAD_PROMPT),
            Arrays.stream(CallbackPrompt.values()).map(CallbackPrompt::id),
            Arrays.stream(PhonePrompt.values()).map(PhonePrompt::id),
            Arrays.stream(StudioPrompt.values()).map(StudioPrompt::id))
        .flatMap(prompts -> prompts)
        .forEach(prompt -> add(prompt, Kind.SERVER, "cti-server", ""));
  }
}
