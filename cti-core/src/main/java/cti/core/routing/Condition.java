package cti.core.routing;

import cti.core.calendar.CalendarName;
import cti.core.calendar.DayType;
import cti.core.calendar.Opening;
import cti.core.calendar.SpecialDay;
import cti.core.desk.Site;
import cti.core.directory.DepartmentPath;
import cti.core.directory.StaffMember;
import cti.core.directory.StaffStatus;
import cti.core.id.DeskId;
import cti.core.id.SiteId;
import cti.core.id.StaffId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Something that holds for a request or does not. A further kind of condition is a further record
 * here and a further key in routing.yaml. Conditions on people hold only where everybody whose
 * number it may be agrees: a shared number settles nothing.
 */
public sealed interface Condition {
  /** Whether it holds, and in a few words what was found. */
  Finding check(RouteRequest request);

  /**
   * The result of a check.
   *
   * @param holds false also where it is not known
   * @param known false where what it looks at is not known: a queue of the past, earlier calls
   *     while the database is away
   * @param why for people, such as "site is hq, not gz"
   */
  record Finding(boolean holds, boolean known, String why) {
    public Finding(boolean holds, String why) {
      this(holds, true, why);
    }

    static Finding unknown(String why) {
      return new Finding(false, false, why);
    }
  }

  /** Holds for everybody. */
  record Always() implements Condition {
    @Override
    public Finding check(RouteRequest request) {
      return new Finding(true, "holds for every call");
    }
  }

  /** What the directory and the sites say about the caller. */
  record CallerIs(Set<CallerKind> kinds) implements Condition {
    public CallerIs {
      kinds = Set.copyOf(kinds);
    }

    @Override
    public Finding check(RouteRequest request) {
      return among("caller is ", request.caller().kind(), kinds);
    }
  }

  /** All matches work at one site, and it is one of these. Several sites settle nothing. */
  record SiteIs(Set<SiteId> sites) implements Condition {
    public SiteIs {
      sites = Set.copyOf(sites);
    }

    @Override
    public Finding check(RouteRequest request) {
      List<Site> found = request.caller().sites();
      if (found.isEmpty()) {
        return new Finding(false, "caller's site is not known");
      }
      if (found.size() > 1) {
        return new Finding(false, "caller's site is one of " + ids(found) + ", not settled");
      }
      return among("caller's site is ", found.getFirst().id(), sites);
    }

    private static String ids(List<Site> sites) {
      return sites.stream().map(site -> site.id().value()).collect(Collectors.joining(", "));
    }
  }

  /** There are matches, and each works in one of these departments or below it. */
  record DepartmentIn(Set<DepartmentPath> departments) implements Condition {
    public DepartmentIn {
      departments = Set.copyOf(departments);
    }

    @Override
    public Finding check(RouteRequest request) {
      return everybody(
          "department",
          request,
          member -> member.department().toString(),
          member -> departments.stream().anyMatch(top -> isBelow(member.department(), top)),
          anyOf(departments));
    }

    /** Whether a department is another one, or in its subtree. */
    static boolean isBelow(DepartmentPath department, DepartmentPath top) {
      int depth = top.parts().size();
      return department.parts().size() >= depth
          && department.parts().subList(0, depth).equals(top.parts());
    }
  }

  /** There are matches, and each is one of these people. */
  record PersonIs(Set<StaffId> people) implements Condition {
    public PersonIs {
      people = Set.copyOf(people);
    }

    @Override
    public Finding check(RouteRequest request) {
      return everybody(
          "number",
          request,
          member -> member.id().value(),
          member -> people.contains(member.id()),
          anyOf(people));
    }
  }

  /** There are matches, and each is marked as VIP, or none is. */
  record VipIs(boolean vip) implements Condition {
    @Override
    public Finding check(RouteRequest request) {
      return everybody(
          "mark",
          request,
          member -> member.vip() ? "VIP" : "not VIP",
          member -> member.vip() == vip,
          vip ? "VIP" : "not VIP");
    }
  }

  /** There are matches and every one of them has one of these statuses. */
  record StatusIs(Set<StaffStatus> statuses) implements Condition {
    public StatusIs {
      statuses = Set.copyOf(statuses);
    }

    @Override
    public Finding check(RouteRequest request) {
      return everybody(
          "status",
          request,
          member -> member.status().name().toLowerCase(Locale.ROOT),
          member -> statuses.contains(member.status()),
          anyOf(statuses));
    }
  }

  /** The caller dialled one of these numbers, digit by digit. */
  record DialledIs(Set<String> numbers) implements Condition {
    public DialledIs {
      numbers = Set.copyOf(numbers);
    }

    @Override
    public Finding check(RouteRequest request) {
      return among("dialled number is ", request.caller().dialled(), numbers);
    }
  }

  /** The caller chose one of these in a menu. */
  record ChoiceIs(Set<String> choices) implements Condition {
    public ChoiceIs {
      choices = Set.copyOf(choices);
    }

    @Override
    public Finding check(RouteRequest request) {
      return request
          .choice()
          .map(choice -> among("choice is ", choice, choices))
          .orElse(new Finding(false, "nothing was chosen"));
    }
  }

  /** The caller chose nothing in a menu yet. */
  record NothingChosen() implements Condition {
    @Override
    public Finding check(RouteRequest request) {
      return request
          .choice()
          .map(choice -> new Finding(false, "choice is " + choice + ", not none"))
          .orElse(new Finding(true, "nothing was chosen"));
    }
  }

  /** The caller pressed one of these in all menus so far, in order, such as 14. */
  record KeysAre(Set<String> keys) implements Condition {
    public KeysAre {
      keys = Set.copyOf(keys);
    }

    @Override
    public Finding check(RouteRequest request) {
      return request.keys().isEmpty()
          ? new Finding(false, "no key was pressed")
          : among("keys are ", request.keys(), keys);
    }
  }

  /** The desk works at the moment, or does not. */
  record DeskOpen(DeskId desk, boolean open) implements Condition {
    @Override
    public Finding check(RouteRequest request) {
      Optional<Opening> opening = request.calendars().opening(desk, request.facts().at());
      return opening
          .map(found -> new Finding(found.open() == open, found.why()))
          .orElse(Finding.unknown("desk " + desk + " has no working hours"));
    }
  }

  /** The day is one of these types in the calendar. */
  record DayIs(CalendarName calendar, DayType type) implements Condition {
    @Override
    public Finding check(RouteRequest request) {
      Optional<SpecialDay> day = request.calendars().specialDay(calendar, request.facts().at());
      return new Finding(
          day.filter(found -> found.type() == type).isPresent(),
          day.map(SpecialDay::toString)
              .orElse(
                  request.facts().at().atZone(request.calendars().zone()).toLocalDate()
                      + " is no special day in calendar "
                      + calendar));
    }
  }

  /**
   * The queue of a desk is as all of these say; at least one is there.
   *
   * @param waitingAtLeast callers who wait
   * @param readyAtMost agents who are ready and free
   * @param readyAtLeast the same
   * @param longestWaitAtLeast of those who wait
   */
  record QueueIs(
      DeskId desk,
      OptionalInt waitingAtLeast,
      OptionalInt readyAtMost,
      OptionalInt readyAtLeast,
      Optional<Duration> longestWaitAtLeast)
      implements Condition {
    @Override
    public Finding check(RouteRequest request) {
      Optional<QueueState> found = request.facts().queues().of(desk);
      if (found.isEmpty()) {
        return Finding.unknown("the queue of desk " + desk + " is not known");
      }
      QueueState queue = found.get();
      boolean holds =
          (waitingAtLeast.isEmpty() || queue.waiting() >= waitingAtLeast.getAsInt())
              && (readyAtMost.isEmpty() || queue.ready() <= readyAtMost.getAsInt())
              && (readyAtLeast.isEmpty() || queue.ready() >= readyAtLeast.getAsInt())
              && (longestWaitAtLeast.isEmpty()
                  || queue.longestWait().compareTo(longestWaitAtLeast.get()) >= 0);
      return new Finding(
          holds,
          "desk "
              + desk
              + " has "
              + queue.waiting()
              + " waiting, "
              + queue.ready()
              + " ready, longest wait "
              + queue.longestWait().toSeconds()
              + " s");
    }
  }

  /** So many calls of this caller were missed today. */
  record MissedToday(int atLeast) implements Condition {
    @Override
    public Finding check(RouteRequest request) {
      EarlierCalls earlier = request.facts().earlier();
      if (!earlier.known()) {
        return Finding.unknown("earlier calls are not known");
      }
      return new Finding(
          earlier.missedToday() >= atLeast, earlier.missedToday() + " calls were missed today");
    }
  }

  /** The caller talked to an agent of one of these desks within some time. */
  record TalkedWith(Set<DeskId> desks, Duration within) implements Condition {
    public TalkedWith {
      desks = Set.copyOf(desks);
    }

    @Override
    public Finding check(RouteRequest request) {
      if (!request.facts().earlier().known()) {
        return Finding.unknown("earlier calls are not known");
      }
      Optional<EarlierCalls.LastTalk> talk = request.facts().earlier().lastTalk();
      if (talk.isEmpty()) {
        return new Finding(false, "no earlier talk is on record");
      }
      Instant oldest = request.facts().at().minus(within);
      String told = "last talk was with desk " + talk.get().desk() + " at " + talk.get().at();
      return talk.get().at().isBefore(oldest)
          ? new Finding(false, told + ", longer ago than " + within.toHours() + " h")
          : new Finding(desks.contains(talk.get().desk()), told);
    }
  }

  private static Finding among(String what, Object found, Set<?> expected) {
    return expected.contains(found)
        ? new Finding(true, what + written(found))
        : new Finding(false, what + written(found) + ", not " + anyOf(expected));
  }

  private static Finding everybody(
      String what,
      RouteRequest request,
      Function<StaffMember, String> value,
      Predicate<StaffMember> wanted,
      String expected) {
    List<StaffMember> matches = request.caller().matches();
    if (matches.isEmpty()) {
      return new Finding(false, "caller's " + what + " is not known");
    }
    String found =
        matches.stream().map(value).collect(Collectors.toCollection(TreeSet::new)).stream()
            .collect(Collectors.joining(" or "));
    String told = "caller's " + what + " is " + found;
    return matches.stream().allMatch(wanted)
        ? new Finding(true, told)
        : new Finding(false, told + ", not " + expected);
  }

  private static String anyOf(Set<?> values) {
    return values.stream().map(Condition::written).sorted().collect(Collectors.joining(" or "));
  }

  private static String written(Object value) {
    return value instanceof Enum<?> e ? e.name().toLowerCase(Locale.ROOT) : value.toString();
  }
}
