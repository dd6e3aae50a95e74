package cti.core.routing;

import cti.core.agent.SeatRole;
import cti.core.calendar.Calendars;
import cti.core.calendar.Roster;
import cti.core.desk.Desk;
import cti.core.desk.Site;
import cti.core.id.DeskId;
import cti.core.id.StaffId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether the targets of rules lead to somebody, and whether somebody is there. */
final class TargetCheck {
  /** So far ahead gaps of rosters are looked for. */
  private static final Duration AHEAD = Duration.ofDays(56);

  private final RoutingWorld world;
  private final RuleSet set;
  private final Calendars calendars;
  private final Set<DeskId> desks;
  private final List<String> faults;
  private final List<String> warnings;

  /** What is found is added to {@code faults} and {@code warnings}. */
  TargetCheck(RoutingPlan plan, RoutingWorld world, List<String> faults, List<String> warnings) {
    this.world = world;
    this.set = plan.rules();
    this.calendars = plan.calendars();
    this.desks = world.desks().stream().map(Desk::id).collect(Collectors.toSet());
    this.faults = faults;
    this.warnings = warnings;
  }

  /** Only whether what targets name is there. */
  void names() {
    for (RoutingRule rule : set.rules()) {
      set.targetsOf(rule.id()).forEach(target -> name(rule, target));
    }
  }

  void targets() {
    for (RoutingRule rule : set.rules()) {
      if (rule.outcome() instanceof Outcome.Targets) {
        List<Target> targets = set.targetsOf(rule.id());
        targets.forEach(target -> target(rule, target));
        reachesSomebody(rule, targets);
      }
    }
  }

  private void name(RoutingRule rule, Target target) {
    target
        .ownDesk()
        .filter(desk -> !desks.contains(desk))
        .ifPresent(desk -> fault(rule, "no desk " + desk));
    if (target instanceof Target.Duty duty && !calendars.rosters().containsKey(duty.roster())) {
      fault(rule, "no roster " + duty.roster());
    }
    if (target instanceof Target.Announcement announcement
        && !world.prompts().contains(announcement.prompt())) {
      fault(rule, "no prompt " + announcement.prompt());
    }
  }

  private void target(RoutingRule rule, Target target) {
    name(rule, target);
    switch (target) {
      case Target.DeskQueue queue -> staffed(rule, queue.desk(), Set.of(SeatRole.A, SeatRole.B));
      case Target.DeskRole role -> staffed(rule, role.desk(), Set.of(role.role()));
      case Target.Number number -> number(rule, number.number());
      case Target.Duty _,
          Target.Announcement _,
          Target.LastAgent _,
          Target.Callback _,
          Target.Voicemail _,
          Target.ListOf _ -> {}
    }
  }

  private void staffed(RoutingRule rule, DeskId desk, Set<SeatRole> roles) {
    boolean somebody =
        world.agents().stream()
            .map(agent -> agent.seats().get(desk))
            .anyMatch(role -> role != null && roles.contains(role));
    if (desks.contains(desk) && !somebody) {
      warn(
          rule,
          roles.size() == 1
              ? "desk " + desk + " has no agent of the " + roles.iterator().next() + " role"
              : "desk " + desk + " has no agents");
    }
  }

  private void number(RoutingRule rule, String number) {
    if (set.hotline().contains(number)) {
      fault(rule, "number " + number + " is the hotline itself: its calls would go round");
      return;
    }
    switch (world.reach().apply(number)) {
      case SOMEBODY -> {}
      case BEHIND_PREFIX -> behindPrefix(rule, number);
      case NOBODY ->
          fault(rule, "number " + number + " reaches nobody: it is an extension without a person");
      case NOT_DIALLABLE ->
          fault(
              rule,
              "number " + number + " reaches nobody: neither an extension nor a number outside");
    }
  }

  /** The prefix must be that of the site whose desk the call is for: others mean nothing there. */
  private void behindPrefix(RoutingRule rule, String number) {
    Optional<Site> from =
        rule.outcome() instanceof Outcome.Targets targets
            ? siteOf(targets.desk())
            : Optional.empty();
    from.filter(site -> site.outsidePrefix().isEmpty() || !number.startsWith(site.outsidePrefix()))
        .ifPresent(
            site ->
                fault(
                    rule,
                    "number "
                        + number
                        + " has the outside prefix of another site, expected "
                        + (site.outsidePrefix().isEmpty()
                            ? "none: site " + site.id() + " dials numbers outside as they are"
                            : site.outsidePrefix() + ", which site " + site.id() + " dials")));
  }

  private Optional<Site> siteOf(DeskId id) {
    return world.desks().stream()
        .filter(desk -> desk.id().equals(id))
        .findFirst()
        .flatMap(
            desk ->
                world.sites().stream().filter(site -> site.id().equals(desk.site())).findFirst());
  }

  private void reachesSomebody(RoutingRule rule, List<Target> targets) {
    boolean surely = false;
    boolean leaves = false;
    List<String> gaps = new ArrayList<>();
    for (Target target : targets) {
      switch (target) {
        case Target.DeskQueue _, Target.DeskRole _, Target.Number _ -> surely = true;
        case Target.Duty duty -> {
          Optional<Roster.Gap> gap =
              Optional.ofNullable(calendars.rosters().get(duty.roster()))
                  .flatMap(roster -> gaps(roster).stream().findFirst());
          gap.ifPresent(
              found -> gaps.add(duty.roster() + " has nobody from " + local(found.from())));
          surely = surely || gap.isEmpty();
        }
        case Target.Callback _, Target.Voicemail _ -> leaves = true;
        case Target.LastAgent _, Target.Announcement _, Target.ListOf _ -> {}
      }
    }
    if (surely) {
      return;
    }
    if (!gaps.isEmpty()) {
      fault(rule, "reaches nobody at times: roster " + String.join(", ", gaps));
    } else if (leaves) {
      warn(rule, "its callers reach nobody, they can only leave a number or a message");
    } else {
      fault(
          rule,
          "its callers reach nobody, expected a desk, a role, a duty or a number among its"
              + " targets");
    }
  }

  private List<Roster.Gap> gaps(Roster roster) {
    return roster.gaps(world.now(), world.now().plus(AHEAD));
  }

  void rosters() {
    for (Roster roster : calendars.rosters().values()) {
      for (Roster.Gap gap : gaps(roster)) {
        warnings.add(
            "roster "
                + roster.name()
                + ": nobody is on duty from "
                + local(gap.from())
                + " until "
                + local(gap.until()));
      }
      Set<StaffId> people = new LinkedHashSet<>();
      roster.weeks().values().forEach(people::addAll);
      roster.swaps().forEach(swap -> people.addAll(swap.people()));
      for (StaffId person : people) {
        boolean reached =
            world
                .people()
                .apply(person)
                .flatMap(found -> TargetRun.number(found, Target.DutyLine.MOBILE))
                .isPresent();
        if (world.people().apply(person).isEmpty()) {
          faults.add("roster " + roster.name() + ": nobody " + person + " is in the directory");
        } else if (!reached) {
          faults.add("roster " + roster.name() + ": " + person + " has no number");
        }
      }
    }
  }

  private String local(Instant at) {
    return at.atZone(calendars.zone()).toLocalDateTime().toString();
  }

  private void fault(RoutingRule rule, String message) {
    faults.add("rule " + rule.id() + ": " + message);
  }

  private void warn(RoutingRule rule, String message) {
    warnings.add("rule " + rule.id() + ": " + message);
  }
}
