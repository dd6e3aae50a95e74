package cti.server.flow;

import cti.core.calendar.CalendarName;
import cti.core.calendar.Calendars;
import cti.core.calendar.DayType;
import cti.core.directory.DepartmentPath;
import cti.core.directory.StaffStatus;
import cti.core.id.DeskId;
import cti.core.id.SiteId;
import cti.core.id.StaffId;
import cti.core.routing.CallerKind;
import cti.core.routing.Condition;
import cti.core.routing.Outcome;
import cti.core.routing.RoutingPlan;
import cti.core.routing.RoutingRule;
import cti.core.routing.RuleSet;
import cti.core.routing.Target;
import cti.server.yaml.Faults;
import cti.server.yaml.Section;
import cti.server.yaml.Words;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads routing.yaml: rules, shared lists of targets, calendars; the format is in docs/routing.md.
 */
public final class RoutingFile {
  /** The word for a caller who chose nothing. */
  private static final String NOTHING = "none";

  private static final String CONDITIONS =
      "choice, site, caller, department, person, vip, status, dialled, keys, open, closed, holiday,"
          + " make_up, queue, missed_today_at_least, talked_with or always: true";

  private RoutingFile() {}

  /**
   * The rules with their calendars, version 0; empty where the file has faults, which are added.
   */
  public static Optional<RoutingPlan> read(String yaml, Faults faults) {
    return Section.top(yaml, faults).flatMap(RoutingFile::plan);
  }

  private static Optional<RoutingPlan> plan(Section top) {
    int before = top.faultCount();
    Calendars calendars = CalendarSections.read(top);
    Set<String> hotline = new LinkedHashSet<>(top.optionalTexts("hotline"));
    Map<String, List<Target>> lists = new LinkedHashMap<>();
    top.optionalSection("lists")
        .allSectionLists()
        .forEach((name, targets) -> lists.put(name, TargetSections.read(targets)));
    List<RoutingRule> rules = new ArrayList<>();
    for (Section rule : top.sections("rules")) {
      rule(rule).ifPresent(rules::add);
    }
    top.done();
    return top.make(
        before, () -> new RoutingPlan(0, new RuleSet(rules, lists, hotline), calendars));
  }

  private static Optional<RoutingRule> rule(Section section) {
    int before = section.faultCount();
    String id = section.text("id");
    List<Condition> conditions = conditions(section.section("when"));
    Optional<Outcome> outcome = outcome(section);
    section.done();
    return outcome.flatMap(
        found -> section.make(before, () -> new RoutingRule(id, conditions, found)));
  }

  private static Optional<Outcome> outcome(Section section) {
    int before = section.faultCount();
    if (section.flag("ask", false)) {
      boolean more =
          section.optionalText("desk").isPresent()
              || !section.optionalSections("targets").isEmpty();
      if (more) {
        section.fault("ask", "is there beside a desk or targets, expected one of them");
      }
      return Optional.of(new Outcome.Ask());
    }
    String desk = section.text("desk");
    List<Target> targets = TargetSections.read(section.optionalSections("targets"));
    if (section.has("targets") && targets.isEmpty() && section.faultCount() == before) {
      section.fault("targets", "is empty, expected one target at least");
    }
    return section.make(
        before,
        () -> {
          DeskId own = new DeskId(desk);
          return targets.isEmpty()
              ? Outcome.Targets.queueOf(own)
              : new Outcome.Targets(own, targets);
        });
  }

  private static List<Condition> conditions(Section when) {
    int before = when.faultCount();
    List<Condition> conditions = new ArrayList<>();
    choice(when, conditions);
    ids(when, "site", SiteId::new, Condition.SiteIs::new, conditions);
    words(when, "caller", CallerKind.class, Condition.CallerIs::new, conditions);
    ids(when, "department", DepartmentPath::parse, Condition.DepartmentIn::new, conditions);
    ids(when, "person", StaffId::new, Condition.PersonIs::new, conditions);
    if (when.has("vip")) {
      conditions.add(new Condition.VipIs(when.flag("vip", true)));
    }
    words(when, "status", StaffStatus.class, Condition.StatusIs::new, conditions);
    ids(when, "dialled", Function.identity(), Condition.DialledIs::new, conditions);
    ids(when, "keys", Function.identity(), Condition.KeysAre::new, conditions);
    one(when, "open", desk -> new Condition.DeskOpen(new DeskId(desk), true), conditions);
    one(when, "closed", desk -> new Condition.DeskOpen(new DeskId(desk), false), conditions);
    one(
        when,
        "holiday",
        name -> new Condition.DayIs(new CalendarName(name), DayType.HOLIDAY),
        conditions);
    one(
        when,
        "make_up",
        name -> new Condition.DayIs(new CalendarName(name), DayType.MAKE_UP),
        conditions);
    if (when.has("queue")) {
      queue(when.section("queue")).ifPresent(conditions::add);
    }
    if (when.has("missed_today_at_least")) {
      conditions.add(new Condition.MissedToday(when.integer("missed_today_at_least", 1, 100)));
    }
    if (when.has("talked_with")) {
      talkedWith(when.section("talked_with")).ifPresent(conditions::add);
    }
    if (when.flag("always", false)) {
      conditions.add(new Condition.Always());
    }
    when.done();
    if (conditions.isEmpty() && when.faultCount() == before) {
      when.fault("", "has no condition, expected " + CONDITIONS);
    }
    return conditions;
  }

  private static void choice(Section when, List<Condition> conditions) {
    List<String> choices = when.optionalTexts("choice");
    if (choices.equals(List.of(NOTHING))) {
      conditions.add(new Condition.NothingChosen());
    } else if (choices.contains(NOTHING)) {
      when.fault("choice", "has none beside others, expected it alone");
    } else if (!choices.isEmpty()) {
      conditions.add(new Condition.ChoiceIs(Set.copyOf(choices)));
    }
  }

  private static <I> void ids(
      Section when,
      String key,
      Function<String, I> id,
      Function<Set<I>, Condition> condition,
      List<Condition> conditions) {
    int before = when.faultCount();
    List<String> written = when.optionalTexts(key);
    if (!written.isEmpty()) {
      when.make(before, () -> condition.apply(written.stream().map(id).collect(Collectors.toSet())))
          .ifPresent(conditions::add);
    }
  }

  private static <W extends Enum<W>> void words(
      Section when,
      String key,
      Class<W> type,
      Function<Set<W>, Condition> condition,
      List<Condition> conditions) {
    List<String> written = when.optionalTexts(key);
    if (!written.isEmpty()) {
      conditions.add(condition.apply(Words.parseAll(type, written, when, key)));
    }
  }

  private static void one(
      Section when, String key, Function<String, Condition> condition, List<Condition> conditions) {
    int before = when.faultCount();
    when.optionalText(key)
        .flatMap(text -> when.make(before, () -> condition.apply(text)))
        .ifPresent(conditions::add);
  }

  private static Optional<Condition> queue(Section section) {
    int before = section.faultCount();
    String desk = section.text("desk");
    OptionalInt waiting = atMost(section, "waiting_at_least", 1, 1000);
    OptionalInt readyAtMost = atMost(section, "ready_at_most", 0, 1000);
    OptionalInt readyAtLeast = atMost(section, "ready_at_least", 1, 1000);
    OptionalInt wait = atMost(section, "longest_wait_at_least", 1, 3600);
    section.done();
    if (waiting.isEmpty() && readyAtMost.isEmpty() && readyAtLeast.isEmpty() && wait.isEmpty()) {
      section.fault(
          "",
          "compares nothing, expected waiting_at_least, ready_at_most, ready_at_least or"
              + " longest_wait_at_least");
    }
    return section.make(
        before,
        () ->
            new Condition.QueueIs(
                new DeskId(desk),
                waiting,
                readyAtMost,
                readyAtLeast,
                wait.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Duration.ofSeconds(wait.getAsInt()))));
  }

  private static OptionalInt atMost(Section section, String key, int least, int most) {
    return section.has(key)
        ? OptionalInt.of(section.integer(key, least, most))
        : OptionalInt.empty();
  }

  private static Optional<Condition> talkedWith(Section section) {
    int before = section.faultCount();
    List<String> desks = section.texts("desk");
    int hours = section.integer("within_hours", 1, 24 * 90, 24);
    section.done();
    return section.make(
        before,
        () ->
            new Condition.TalkedWith(
                desks.stream().map(DeskId::new).collect(Collectors.toSet()),
                Duration.ofHours(hours)));
  }
}
