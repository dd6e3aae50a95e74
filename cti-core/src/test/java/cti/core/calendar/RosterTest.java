package cti.core.calendar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import cti.core.id.DeskId;
import cti.core.id.StaffId;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hours and duty, at the moments where they change. */
class RosterTest {
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final StaffId FIRST = new StaffId("E0001");
  private static final StaffId SECOND = new StaffId("E0002");
  private static final StaffId THIRD = new StaffId("E0003");

  private static Instant at(String local) {
    return LocalDateTime.parse(local).atZone(ZONE).toInstant();
  }

  private static Roster roster(List<Roster.Swap> swaps) {
    return new Roster(
        new RosterName("duty"),
        ZONE,
        DayOfWeek.MONDAY,
        LocalTime.of(8, 30),
        Map.of(
            LocalDate.parse("2026-11-23"), List.of(FIRST),
            LocalDate.parse("2026-11-30"), List.of(SECOND, FIRST)),
        swaps);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-23T08:29, -",
    "2026-11-23T08:30, E0001",
    "2026-11-29T23:00, E0001",
    "2026-11-30T08:29, E0001",
    "2026-11-30T08:30, E0002 E0001",
    "2026-12-07T08:29, E0002 E0001",
    "2026-12-07T08:30, -",
  })
  void handsOverAtTheMinute(String local, String people) {
    String found =
        roster(List.of())
            .at(at(local))
            .map(shift -> String.join(" ", shift.people().stream().map(StaffId::value).toList()))
            .orElse("-");
    assertEquals(people, found);
  }

  @Test
  void aSwapStandsInForItsTime() {
    Roster.Swap swap =
        new Roster.Swap(at("2026-11-25T00:00"), at("2026-11-26T00:00"), List.of(THIRD));
    Roster roster = roster(List.of(swap));
    assertEquals(List.of(FIRST), roster.at(at("2026-11-24T23:59")).orElseThrow().people());
    assertEquals(List.of(THIRD), roster.at(at("2026-11-25T00:00")).orElseThrow().people());
    assertEquals(List.of(FIRST), roster.at(at("2026-11-26T00:00")).orElseThrow().people());
  }

  @Test
  void theShiftsOfAStretchAreCutAtItsEndsAndAroundASwap() {
    Roster roster =
        roster(
            List.of(
                new Roster.Swap(at("2026-11-25T08:30"), at("2026-11-26T08:30"), List.of(THIRD))));
    List<String> shifts =
        roster.shifts(at("2026-11-22T00:00"), at("2026-12-01T00:00")).stream()
            .map(
                shift ->
                    "%s %s %s %s"
                        .formatted(
                            LocalDateTime.ofInstant(shift.from(), ZONE),
                            LocalDateTime.ofInstant(shift.until(), ZONE),
                            shift.people().getFirst(),
                            roster.swapped(shift.from())))
            .toList();
    assertEquals(
        List.of(
            "2026-11-23T08:30 2026-11-25T08:30 E0001 false",
            "2026-11-25T08:30 2026-11-26T08:30 E0003 true",
            "2026-11-26T08:30 2026-11-30T08:30 E0001 false",
            "2026-11-30T08:30 2026-12-01T00:00 E0002 false"),
        shifts);
  }

  @Test
  void gapsAreShownWithTheirEnds() {
    Roster.Swap swap =
        new Roster.Swap(at("2026-12-08T00:00"), at("2026-12-09T00:00"), List.of(THIRD));
    assertEquals(
        List.of(
            new Roster.Gap(at("2026-11-20T00:00"), at("2026-11-23T08:30")),
            new Roster.Gap(at("2026-12-07T08:30"), at("2026-12-08T00:00")),
            new Roster.Gap(at("2026-12-09T00:00"), at("2026-12-15T12:00"))),
        roster(List.of(swap)).gaps(at("2026-11-20T00:00"), at("2026-12-15T12:00")));
    assertEquals(List.of(), roster(List.of()).gaps(at("2026-11-24T00:00"), at("2026-12-07T08:30")));
  }

  @Test
  void aWeekThatBeginsOnAnotherDayIsRefusedWithTheRightOne() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                new Roster(
                    new RosterName("duty"),
                    ZONE,
                    DayOfWeek.MONDAY,
                    LocalTime.NOON,
                    Map.of(LocalDate.parse("2026-11-24"), List.of(FIRST)),
                    List.of()));
    assertEquals(
        "roster duty: the week of 2026-11-24 begins on a TUESDAY, expected 2026-11-23",
        refused.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-23T08:29, closed, Monday",
    "2026-11-23T08:30, open, Monday",
    "2026-11-23T12:00, closed, Monday",
    "2026-11-23T13:30, open, Monday",
    "2026-11-23T17:00, closed, Monday",
    "2026-11-28T10:00, closed, Saturday",
    "2026-10-01T10:00, closed, 2026-10-01 is a holiday (国庆节)",
    "2026-10-10T10:00, open, 2026-10-10 is a make-up working day (调休)",
    "2026-10-10T17:30, closed, 2026-10-10 is a make-up working day (调休)",
  })
  void aDeskWorksByItsHoursHolidaysAndMakeUpDays(String local, String expected, String day) {
    SpecialDays cn =
        new SpecialDays(
            new CalendarName("cn"),
            List.of(
                new SpecialDay(LocalDate.parse("2026-10-10"), DayType.MAKE_UP, "调休"),
                new SpecialDay(LocalDate.parse("2026-10-01"), DayType.HOLIDAY, "国庆节")));
    WorkingHours hours =
        new WorkingHours(
            new DeskId("gz"),
            ZONE,
            Optional.of(cn),
            Map.of(
                DayOfWeek.MONDAY,
                List.of(TimeSpan.parse("13:30-17:00"), TimeSpan.parse("8:30-12:00"))),
            List.of(TimeSpan.parse("08:30-17:00")));
    Opening opening = hours.at(at(local).atZone(ZoneId.of("UTC")));
    assertEquals(expected, opening.open() ? "open" : "closed", opening.why());
    assertEquals(true, opening.why().contains(": " + day + ", "), opening.why());
  }

  @ParameterizedTest
  @CsvSource({"8:30", "08:30-08:30", "17:00-08:30", "08:60-09:00", "00:00-24:01", "eight-nine"})
  void aSpanThatIsNoneIsRefused(String text) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> TimeSpan.parse(text));
    assertEquals(true, refused.getMessage().contains("expected"), refused.getMessage());
  }

  @Test
  void aDayMayLastUntilMidnight() {
    assertEquals("00:00-24:00", TimeSpan.parse("00:00-24:00").toString());
    assertEquals(true, TimeSpan.DAY.contains(LocalTime.of(23, 59, 59)));
  }
}
