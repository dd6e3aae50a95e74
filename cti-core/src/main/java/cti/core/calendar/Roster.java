package cti.core.calendar;

import cti.core.id.StaffId;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Who is on duty, week by week. A week begins on {@code handOverDay} at {@code handOverTime} and
 * ends where the next begins. Immutable.
 *
 * @param weeks by the date on which each begins; who is called, in this order
 * @param swaps who stands in for some time; the last one counts where two overlap
 */
public record Roster(
    RosterName name,
    ZoneId zone,
    DayOfWeek handOverDay,
    LocalTime handOverTime,
    Map<LocalDate, List<StaffId>> weeks,
    List<Swap> swaps) {
  /**
   * @throws IllegalArgumentException where a week begins on another day, or nobody is named
   */
  public Roster {
    Map<LocalDate, List<StaffId>> sorted = new TreeMap<>();
    for (Map.Entry<LocalDate, List<StaffId>> week : weeks.entrySet()) {
      LocalDate date = week.getKey();
      if (date.getDayOfWeek() != handOverDay) {
        throw new IllegalArgumentException(
            "roster "
                + name
                + ": the week of "
                + date
                + " begins on a "
                + date.getDayOfWeek()
                + ", expected "
                + date.with(TemporalAdjusters.previousOrSame(handOverDay)));
      }
      if (week.getValue().isEmpty()) {
        throw new IllegalArgumentException(
            "roster " + name + ": nobody is on duty in the week of " + date + ", expected people");
      }
      sorted.put(date, List.copyOf(week.getValue()));
    }
    weeks = Collections.unmodifiableMap(sorted);
    swaps = List.copyOf(swaps);
  }

  /** Somebody else for some time; from and until in the roster's own zone were made instants. */
  public record Swap(Instant from, Instant until, List<StaffId> people) {
    public Swap {
      people = List.copyOf(people);
      if (!from.isBefore(until) || people.isEmpty()) {
        throw new IllegalArgumentException(
            "swap from " + from + " until " + until + ", expected the end later, and people");
      }
    }

    boolean covers(Instant at) {
      return !at.isBefore(from) && at.isBefore(until);
    }
  }

  /**
   * Who is on duty at a moment.
   *
   * @param people in the order in which they are called
   * @param from since when they are
   * @param until when they hand over
   */
  public record Shift(RosterName roster, List<StaffId> people, Instant from, Instant until) {}

  /** A stretch in which nobody is on duty. */
  public record Gap(Instant from, Instant until) {}

  /** Who is on duty; empty where nobody is. */
  public Optional<Shift> at(Instant at) {
    for (Swap swap : swaps.reversed()) {
      if (swap.covers(at)) {
        return Optional.of(new Shift(name, swap.people(), swap.from(), swap.until()));
      }
    }
    LocalDate week = weekOf(at);
    return Optional.ofNullable(weeks.get(week))
        .map(people -> new Shift(name, people, begin(week), begin(week.plusWeeks(1))));
  }

  /** The date on which the week of a moment begins. */
  public LocalDate weekOf(Instant at) {
    LocalDate date =
        at.atZone(zone).toLocalDate().with(TemporalAdjusters.previousOrSame(handOverDay));
    return at.isBefore(begin(date)) ? date.minusWeeks(1) : date;
  }

  /** The moment of the hand-over into the week of a date. */
  public Instant begin(LocalDate week) {
    return ZonedDateTime.of(week, handOverTime, zone).toInstant();
  }

  /** Where nobody is on duty between two moments, in order. */
  public List<Gap> gaps(Instant from, Instant until) {
    List<Gap> gaps = new ArrayList<>();
    Instant open = null;
    for (Instant at = from; at.isBefore(until); at = nextChange(at)) {
      boolean nobody = at(at).isEmpty();
      if (nobody && open == null) {
        open = at;
      } else if (!nobody && open != null) {
        gaps.add(new Gap(open, at));
        open = null;
      }
    }
    if (open != null) {
      gaps.add(new Gap(open, until));
    }
    return gaps;
  }

  /** Who is on duty between two moments, in order, each stretch cut at these. */
  public List<Shift> shifts(Instant from, Instant until) {
    List<Shift> shifts = new ArrayList<>();
    for (Instant at = from; at.isBefore(until); at = nextChange(at)) {
      Instant next = nextChange(at);
      Instant end = next.isBefore(until) ? next : until;
      Instant begin = at;
      at(at).ifPresent(shift -> shifts.add(new Shift(name, shift.people(), begin, end)));
    }
    return shifts;
  }

  /** Whether somebody stands in at a moment. */
  public boolean swapped(Instant at) {
    return swaps.stream().anyMatch(swap -> swap.covers(at));
  }

  /** The next moment after this one in which somebody else may be on duty. */
  public Instant nextChange(Instant after) {
    Instant next = begin(weekOf(after).plusWeeks(1));
    for (Swap swap : swaps) {
      next = earlier(next, swap.from(), after);
      next = earlier(next, swap.until(), after);
    }
    return next;
  }

  private static Instant earlier(Instant next, Instant candidate, Instant after) {
    return candidate.isAfter(after) && candidate.isBefore(next) ? candidate : next;
  }
}
