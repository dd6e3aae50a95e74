package cti.server.flow;

import cti.core.directory.StaffStatus;
import cti.core.id.DeskId;
import cti.core.id.SiteId;
import cti.core.routing.Condition;
import cti.core.routing.RoutingRule;
import cti.core.routing.RuleSet;
import cti.server.yaml.Faults;
import cti.server.yaml.Section;
import cti.server.yaml.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the routing rules; the format is in docs/ivr.md. */
final class RoutingFile {
  private RoutingFile() {}

  /** The rules; empty where the file has faults, which are added. */
  static Optional<RuleSet> read(String yaml, Faults faults) {
    return Section.top(yaml, faults).flatMap(RoutingFile::rules);
  }

  private static Optional<RuleSet> rules(Section top) {
    int before = top.faultCount();
    List<RoutingRule> rules = new ArrayList<>();
    for (Section rule : top.sections("rules")) {
      rule(rule).ifPresent(rules::add);
    }
    top.done();
    return top.make(before, () -> new RuleSet(rules));
  }

  private static Optional<RoutingRule> rule(Section section) {
    int before = section.faultCount();
    String id = section.text("id");
    List<Condition> conditions = conditions(section.section("when"));
    String desk = section.text("desk");
    section.done();
    return section.make(before, () -> RoutingRule.toDesk(id, conditions, new DeskId(desk)));
  }

  private static List<Condition> conditions(Section when) {
    int before = when.faultCount();
    List<Condition> conditions = new ArrayList<>();
    List<String> choices = when.optionalTexts("choice");
    List<String> sites = when.optionalTexts("site");
    List<String> statuses = when.optionalTexts("status");
    boolean always = when.flag("always", false);
    when.done();
    if (!choices.isEmpty()) {
      conditions.add(new Condition.ChoiceIs(Set.copyOf(choices)));
    }
    if (!sites.isEmpty()) {
      when.make(
              before,
              () ->
                  new Condition.SiteIs(sites.stream().map(SiteId::new).collect(Collectors.toSet())))
          .ifPresent(conditions::add);
    }
    if (!statuses.isEmpty()) {
      conditions.add(
          new Condition.StatusIs(Words.parseAll(StaffStatus.class, statuses, when, "status")));
    }
    if (always) {
      conditions.add(new Condition.Always());
    }
    if (conditions.isEmpty() && when.faultCount() == before) {
      when.fault("", "has no condition, expected choice, site, status or always: true");
    }
    return conditions;
  }
}
