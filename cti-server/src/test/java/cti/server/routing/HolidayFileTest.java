package cti.server.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cti.core.fault.FaultText;
import java.util.List;
import org.junit.jupiter.api.Test;

class HolidayFileTest {
  private static String file(String... events) {
    return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + String.join("", events) + "END:VCALENDAR\r\n";
  }

  private static String event(String... lines) {
    return "BEGIN:VEVENT\r\n" + String.join("\r\n", lines) + "\r\nEND:VEVENT\r\n";
  }

  private static String yaml(String file) {
    HolidayFile.Read read = HolidayFile.read(file);
    assertEquals(List.of(), read.faults());
    return HolidayFile.yaml(read.days(), "");
  }

  @Test
  void marksOfTheSummaryTellHolidaysFromMakeUpDays() {
    assertEquals(
        """
        - { from: 2026-10-01, to: 2026-10-03, name: "国庆节" }
        - { from: 2026-10-10, make_up: true, name: "国庆节" }
        """,
        yaml(
            file(
                event("DTSTART;VALUE=DATE:20261001", "DTEND;VALUE=DATE:20261004", "SUMMARY:国庆节（休）"),
                event("DTSTART;VALUE=DATE:20261010", "SUMMARY:国庆节（班）"))));
  }

  @Test
  void marksOfTheOtherKindCountAndUnmarkedDaysAreLeftOut() {
    HolidayFile.Read read =
        HolidayFile.read(
            file(
                event(
                    "DTSTART;VALUE=DATE:20260217",
                    "SUMMARY:春节",
                    "X-APPLE-SPECIAL-DAY:WORK-HOLIDAY"),
                event(
                    "DTSTART;VALUE=DATE:20260228",
                    "SUMMARY:春节",
                    "X-APPLE-SPECIAL-DAY:ALTERNATE-WORKDAY"),
                event("DTSTART;VALUE=DATE:20260510", "SUMMARY:母亲节")));
    assertEquals(List.of("母亲节 (20260510)"), read.leftOut());
    assertEquals(
        """
        - { from: 2026-02-17, name: "春节" }
        - { from: 2026-02-28, make_up: true, name: "春节" }
        """,
        HolidayFile.yaml(read.days(), ""));
  }

  @Test
  void withoutAnyMarkEveryDayIsAHoliday() {
    assertEquals(
        "- { from: 2026-12-25, name: \"Christmas, observed\" }\n",
        yaml(file(event("DTSTART;VALUE=DATE:20261225", "SUMMARY:Christmas\\, obs", " erved"))));
  }

  @Test
  void whatIsNotUnderstoodIsRefused() {
    assertEquals(
        List.of(
            "line 3: DTSTART is '20261001T080000Z', expected a whole day such as 20261001",
            "line 7: 周日休 recurs, expected an event for each year",
            "line 12: 长假休 ends on 2027-01-01, expected 2026-10-01 or up to 60 days later"),
        HolidayFile.read(
                file(
                    event("DTSTART:20261001T080000Z", "SUMMARY:国庆节休"),
                    event("DTSTART;VALUE=DATE:20261004", "RRULE:FREQ=WEEKLY", "SUMMARY:周日休"),
                    event(
                        "DTSTART;VALUE=DATE:20261001", "DTEND;VALUE=DATE:20270102", "SUMMARY:长假休")))
            .faults()
            .stream()
            .map(FaultText::text)
            .toList());
    assertEquals(
        List.of("the file does not begin with BEGIN:VCALENDAR, expected iCalendar (RFC 5545)"),
        HolidayFile.read("<html>").faults().stream().map(FaultText::text).toList());
  }

  @Test
  void aDayThatIsBothIsRefused() {
    assertEquals(
        List.of(
            "line 7: 2026-10-01 is a holiday and a make-up working day (国庆节), expected one of"
                + " them"),
        HolidayFile.read(
                file(
                    event("DTSTART;VALUE=DATE:20261001", "SUMMARY:国庆节（休）"),
                    event("DTSTART;VALUE=DATE:20261001", "SUMMARY:国庆节（班）")))
            .faults()
            .stream()
            .map(FaultText::text)
            .toList());
  }

  @Test
  void theDaysTakeThePlaceOfThoseInATextAndLeaveTheRest() {
    String before =
        """
        # ours
        calendars:
          # the country's
          cn:
            - { from: 2025-10-01, name: "old" }
          us:
            - { from: 2025-07-04 }

        rules: []
        """;
    assertEquals(
        """
        # ours
        calendars:
          # the country's
          cn:
            - new
          us:
            - { from: 2025-07-04 }

        rules: []
        """,
        YamlBlock.replace(before, "calendars", "cn", indent -> List.of(indent + "- new")));
    assertEquals(
        """
        rules: []
        calendars:
          cn:
            - new
        """,
        YamlBlock.replace("rules: []\n", "calendars", "cn", indent -> List.of(indent + "- new")));
    assertEquals(
        """
        calendars:
          us:
            - { from: 2025-07-04 }
          cn:
            - new
        rules: []
        """,
        YamlBlock.replace(
            "calendars:\n  us:\n    - { from: 2025-07-04 }\nrules: []\n",
            "calendars",
            "cn",
            indent -> List.of(indent + "- new")));
  }
}
