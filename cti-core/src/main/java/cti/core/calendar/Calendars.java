package cti.core.calendar;

import cti.core.id.DeskId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All calendars of one version: holidays, hours of desks, duty rosters. Immutable.
 *
 * @param zone of the site, where nothing else is said
 */
public record Calendars(
    ZoneId zone,
    Map<CalendarName, SpecialDays> holidays,
    Map<DeskId, WorkingHours> hours,
    Map<RosterName, Roster> rosters) {
  /** No holidays, no hours, no rosters. */
  public static final Calendars NONE =
      new Calendars(ZoneId.of("Asia/Shanghai"), Map.of(), Map.of(), Map.of());

  public Calendars {
    holidays = Map.copyOf(holidays);
    hours = Map.copyOf(hours);
    rosters = Map.copyOf(rosters);
  }

  /** Whether a desk works; empty where it has no hours. */
  public Optional<Opening> opening(DeskId desk, Instant at) {
    return Optional.ofNullable(hours.get(desk)).map(found -> found.at(at.atZone(found.zone())));
  }

  /** What a calendar says of the day of a moment in the site's zone. */
  public Optional<SpecialDay> specialDay(CalendarName calendar, Instant at) {
    LocalDate date = at.atZone(zone).toLocalDate();
    return Optional.ofNullable(holidays.get(calendar)).flatMap(days -> days.on(date));
  }

  /** Who is on duty; empty where nobody is, or where there is no such roster. */
  public Optional<Roster.Shift> onDuty(RosterName roster, Instant at) {
    return Optional.ofNullable(rosters.get(roster)).flatMap(found -> found.at(at));
  }

  /** The desks with hours, sorted. */
  public List<DeskId> desksWithHours() {
    return hours.keySet().stream().sorted().toList();
  }
}
