package cti.core.routing;

import cti.core.calendar.Calendars;
import cti.core.calendar.TimeSpan;
import cti.core.calendar.WorkingHours;
import cti.core.desk.Site;
import cti.core.directory.DepartmentPath;
import cti.core.directory.StaffMember;
import cti.core.directory.StaffStatus;
import cti.core.id.AgentId;
import cti.core.id.DeskId;
import cti.core.id.SiteId;
import cti.core.id.StaffId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Made-up calls that stand for all calls that a rule set can tell apart. No condition says "not",
 * so that the calls that fulfil as little as possible are enough: where a call finds no rule, one
 * of these finds none either.
 */
final class CallSamples {
  /** So far ahead hours and holidays are looked at. */
  static final int DAYS = 400;

  private final RuleSet rules;
  private final Calendars calendars;
  private final RoutingWorld world;
  private final List<Instant> moments;

  CallSamples(RuleSet rules, Calendars calendars, RoutingWorld world) {
    this.rules = rules;
    this.calendars = calendars;
    this.world = world;
    this.moments = moments();
  }

  /** Calls that fulfil as little as they can, at every kind of moment. */
  List<RouteRequest> ofAnybody() {
    List<Optional<String>> choices = new ArrayList<>(List.of(Optional.empty()));
    Set<String> offered = new TreeSet<>(world.choices());
    each(Condition.ChoiceIs.class).forEach(condition -> offered.addAll(condition.choices()));
    offered.forEach(choice -> choices.add(Optional.of(choice)));
    List<RouteRequest> calls = new ArrayList<>();
    for (Caller caller : callers(List.of())) {
      for (String dialled :
          rules.hotline().isEmpty() ? Set.of("") : new TreeSet<>(rules.hotline())) {
        for (Optional<String> choice : choices) {
          for (Instant at : moments) {
            calls.add(request(dialling(caller, dialled), choice, "", Facts.at(at)));
          }
        }
      }
    }
    return calls;
  }

  /** Calls that fulfil all conditions of a rule and as little else as they can. */
  List<RouteRequest> of(RoutingRule rule) {
    List<RouteRequest> calls = new ArrayList<>();
    Optional<Condition.ChoiceIs> choiceIs = first(rule, Condition.ChoiceIs.class);
    List<Optional<String>> choices =
        choiceIs.isPresent()
            ? choiceIs.get().choices().stream().sorted().map(Optional::of).toList()
            : List.of(Optional.empty(), Optional.of(unheard("choice")));
    Set<String> keys =
        first(rule, Condition.KeysAre.class).map(Condition.KeysAre::keys).orElse(Set.of(""));
    Set<String> dialled =
        first(rule, Condition.DialledIs.class)
            .map(Condition.DialledIs::numbers)
            .orElse(rules.hotline().isEmpty() ? Set.of("") : rules.hotline());
    for (Caller caller : callers(rule.conditions())) {
      for (String number : new TreeSet<>(dialled)) {
        for (Optional<String> choice : choices) {
          for (String pressed : new TreeSet<>(keys)) {
            for (Facts facts : facts(rule)) {
              RouteRequest call = request(dialling(caller, number), choice, pressed, facts);
              if (rule.conditions().stream().allMatch(one -> one.check(call).holds())) {
                calls.add(call);
              }
            }
          }
        }
      }
    }
    return calls;
  }

  private RouteRequest request(Caller caller, Optional<String> choice, String keys, Facts facts) {
    return new RouteRequest(caller, choice, keys, facts, calendars);
  }

  private static Caller dialling(Caller caller, String dialled) {
    return new Caller(caller.presented(), dialled, caller.matches(), caller.sites());
  }

  private static String unheard(String what) {
    return "another " + what;
  }

  // ---- callers

  /**
   * Callers that fulfil the conditions about people, and else disagree in everything: a number of
   * several people with every status, with and without VIP, of no department that a rule names.
   */
  private List<Caller> callers(List<Condition> wanted) {
    Optional<Condition.PersonIs> persons = first(wanted, Condition.PersonIs.class);
    if (persons.isPresent()) {
      return persons.get().people().stream()
          .sorted()
          .map(id -> world.people().apply(id))
          .flatMap(Optional::stream)
          .map(person -> Caller.of("", "", List.of(person), world.sites()))
          .toList();
    }
    Set<StaffStatus> statuses =
        first(wanted, Condition.StatusIs.class)
            .map(Condition.StatusIs::statuses)
            .orElse(Set.of(StaffStatus.values()));
    List<Boolean> vips =
        first(wanted, Condition.VipIs.class)
            .map(condition -> List.of(condition.vip()))
            .orElse(List.of(false, true));
    List<DepartmentPath> departments =
        first(wanted, Condition.DepartmentIn.class)
            .map(condition -> List.copyOf(condition.departments()))
            .orElse(List.of(new DepartmentPath(List.of())));
    List<Caller> callers = new ArrayList<>();
    callers.add(Caller.of("", "", List.of(), world.sites()));
    for (Site site : world.sites()) {
      callers.add(of(people(List.of(site), statuses, vips, departments)));
    }
    if (world.sites().size() > 1) {
      callers.add(of(people(world.sites(), statuses, vips, departments)));
    }
    return callers;
  }

  private Caller of(List<StaffMember> people) {
    return Caller.of("", "", people, world.sites());
  }

  private static List<StaffMember> people(
      List<Site> sites,
      Set<StaffStatus> statuses,
      List<Boolean> vips,
      List<DepartmentPath> departments) {
    List<StaffMember> people = new ArrayList<>();
    int most =
        Math.max(
            Math.max(sites.size(), statuses.size()), Math.max(vips.size(), departments.size()));
    List<StaffStatus> each = statuses.stream().sorted().toList();
    for (int i = 0; i < most; i++) {
      people.add(
          new StaffMember(
              new StaffId("somebody" + i),
              "",
              departments.get(i % departments.size()),
              sites.get(i % sites.size()).id(),
              "",
              List.of(),
              "",
              each.get(i % each.size()),
              vips.get(i % vips.size()),
              ""));
    }
    return people;
  }

  // ---- moments

  /** One moment of each kind that the rules' hours and holidays can tell apart. */
  private List<Instant> moments() {
    List<Condition> timed = new ArrayList<>(each(Condition.DeskOpen.class));
    timed.addAll(each(Condition.DayIs.class));
    if (timed.isEmpty()) {
      return List.of(world.now());
    }
    Map<String, Instant> kinds = new LinkedHashMap<>();
    for (Instant at : boundaries()) {
      RouteRequest call = request(of(List.of()), Optional.empty(), "", Facts.at(at));
      String kind =
          timed.stream()
              .map(condition -> condition.check(call).holds() ? "1" : "0")
              .collect(Collectors.joining());
      kinds.putIfAbsent(kind, at);
    }
    return List.copyOf(kinds.values());
  }

  private Set<Instant> boundaries() {
    Set<Instant> all = new LinkedHashSet<>();
    Set<Integer> minutes = new TreeSet<>(Set.of(0));
    Set<ZoneId> zones = new LinkedHashSet<>(Set.of(calendars.zone()));
    for (WorkingHours hours : calendars.hours().values()) {
      zones.add(hours.zone());
      hours.week().values().forEach(spans -> addEnds(spans, minutes));
      addEnds(hours.makeUp(), minutes);
    }
    LocalDate today = world.now().atZone(calendars.zone()).toLocalDate();
    for (int day = 0; day <= DAYS; day++) {
      for (int minute : minutes) {
        for (ZoneId zone : zones) {
          LocalTime time = LocalTime.of(minute / 60, minute % 60);
          all.add(today.plusDays(day).atTime(time).atZone(zone).toInstant());
        }
      }
    }
    return all;
  }

  private static void addEnds(List<TimeSpan> spans, Set<Integer> minutes) {
    for (TimeSpan span : spans) {
      minutes.add(span.fromMinute());
      minutes.add(span.untilMinute() % 1440);
    }
  }

  // ---- queues and earlier calls

  private List<Facts> facts(RoutingRule rule) {
    Map<DeskId, List<QueueState>> queues = new LinkedHashMap<>();
    for (Condition condition : rule.conditions()) {
      if (condition instanceof Condition.QueueIs queue) {
        queues.computeIfAbsent(queue.desk(), any -> new ArrayList<>()).addAll(states(queue));
      }
    }
    List<Map<DeskId, QueueState>> pictures = new ArrayList<>(List.of(Map.of()));
    queues.forEach(
        (desk, states) -> {
          List<Map<DeskId, QueueState>> more = new ArrayList<>();
          for (Map<DeskId, QueueState> picture : pictures) {
            for (QueueState state : states) {
              Map<DeskId, QueueState> with = new LinkedHashMap<>(picture);
              with.put(desk, state);
              more.add(with);
            }
          }
          pictures.clear();
          pictures.addAll(more);
        });
    List<Facts> facts = new ArrayList<>();
    for (Map<DeskId, QueueState> picture : pictures) {
      for (Instant at : moments) {
        for (EarlierCalls earlier : earlier(rule, at)) {
          facts.add(new Facts(at, desk -> Optional.ofNullable(picture.get(desk)), earlier));
        }
      }
    }
    return facts;
  }

  private static List<QueueState> states(Condition.QueueIs queue) {
    List<QueueState> states = new ArrayList<>();
    for (int waiting : ends(queue.waitingAtLeast(), OptionalInt.empty())) {
      for (int ready : ends(queue.readyAtLeast(), queue.readyAtMost())) {
        Duration wait = queue.longestWaitAtLeast().orElse(Duration.ZERO);
        states.add(new QueueState(waiting, ready, 0, wait));
      }
    }
    return states;
  }

  private static Set<Integer> ends(OptionalInt least, OptionalInt most) {
    Set<Integer> ends = new LinkedHashSet<>();
    ends.add(least.orElse(0));
    most.ifPresent(ends::add);
    return ends;
  }

  private static List<EarlierCalls> earlier(RoutingRule rule, Instant at) {
    Optional<Condition.MissedToday> missed = first(rule, Condition.MissedToday.class);
    Optional<Condition.TalkedWith> talked = first(rule, Condition.TalkedWith.class);
    if (missed.isEmpty() && talked.isEmpty()) {
      return List.of(EarlierCalls.UNKNOWN);
    }
    int so = missed.map(Condition.MissedToday::atLeast).orElse(0);
    if (talked.isEmpty()) {
      return List.of(new EarlierCalls(true, Optional.empty(), so));
    }
    return talked.get().desks().stream()
        .sorted()
        .map(
            desk ->
                new EarlierCalls(
                    true,
                    Optional.of(
                        new EarlierCalls.LastTalk(
                            new AgentId("somebody"),
                            desk,
                            at.minus(talked.get().within()),
                            Optional.empty())),
                    so))
        .toList();
  }

  // ---- conditions

  private <C extends Condition> List<C> each(Class<C> type) {
    return rules.rules().stream()
        .flatMap(rule -> rule.conditions().stream())
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  private static <C extends Condition> Optional<C> first(RoutingRule rule, Class<C> type) {
    return first(rule.conditions(), type);
  }

  private static <C extends Condition> Optional<C> first(
      List<Condition> conditions, Class<C> type) {
    return conditions.stream().filter(type::isInstance).map(type::cast).findFirst();
  }

  /** A call in words, as an example for people. */
  static String written(RouteRequest call, ZoneId zone) {
    StringBuilder words = new StringBuilder("a call ");
    words.append(
        switch (call.caller().kind()) {
          case UNKNOWN -> "from a number that is in no directory";
          case AMBIGUOUS ->
              "from a number shared by people of "
                  + call.caller().sites().stream()
                      .map(site -> site.id().value())
                      .collect(Collectors.joining(" and "));
          case FACTORY, HEADQUARTERS ->
              "from somebody of site "
                  + call.caller().site().map(Site::id).map(SiteId::value).orElse("");
        });
    if (!call.caller().dialled().isEmpty()) {
      words.append(" to ").append(call.caller().dialled());
    }
    words.append(call.choice().map(choice -> " who chose " + choice).orElse(" who chose nothing"));
    words.append(" at ").append(call.facts().at().atZone(zone).toLocalDateTime());
    return words.toString();
  }
}
