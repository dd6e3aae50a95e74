package cti.testbed.e2e;

import cti.testbed.client.Api;
import cti.testbed.client.Patience;
import cti.testbed.client.RouteView;
import java.io.IOException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.Optional;

/** Rules as the scenarios publish them, and what is on record of calls that they routed. */
final class Rules {
  static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  /** The mobile of E0028 of 广州厂, who is on duty. */
  static final String ON_DUTY = "13900000028";

  /** The mobile of E0025 of 广州厂. */
  static final String CALLER_OF_GZ = "13900000025";

  private Rules() {}

  static int publish(Stage stage, String yaml) throws IOException, InterruptedException {
    try (Api admin = stage.house().signInAsAdmin()) {
      return admin.publish(yaml, "suite");
    }
  }

  /** The rules that a new database begins with. */
  static void publishShipped(Stage stage) throws IOException, InterruptedException {
    try (Api admin = stage.house().signInAsAdmin()) {
      admin.rollBack(1);
    }
  }

  /** Rules that send everybody of 广州厂 to these targets, and the rest to 湛江厂. */
  static String toTargets(String head, String when, String... targets) {
    return head
        + "rules:\n  - id: wanted\n    when: { "
        + when
        + " }\n    desk: gz\n    targets:\n      - "
        + String.join("\n      - ", targets)
        + "\n  - { id: rest, when: { always: true }, desk: zj }\n";
  }

  /** Somebody is on duty for months around today. */
  static String roster() {
    LocalDate monday = LocalDate.now(ZONE).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    StringBuilder weeks = new StringBuilder();
    for (int week = -1; week < 12; week++) {
      weeks.append("      \"").append(monday.plusWeeks(week)).append("\": E0028\n");
    }
    return "rosters:\n  gz-duty:\n    hand_over: mon 00:00\n    weeks:\n" + weeks;
  }

  /** 广州厂 never works in the week, and on special days as given. */
  static String closedWeek(String days) {
    return """
    calendars:
      cn: [%s]
    hours:
      - { desks: gz, calendar: cn, week: {}, make_up: "00:00-24:00" }
    """
        .formatted(days);
  }

  /** What the rules said first, once it is on record. */
  static RouteView firstRoute(Stage stage, StagedCall call) throws Exception {
    Patience.until(
        "the explanation of call " + call.id() + " is on record",
        Duration.ofSeconds(15),
        () -> {
          try {
            return stage.house().supervisor().routesOf(call.id()).isEmpty()
                ? Optional.of("nothing")
                : Optional.empty();
          } catch (IOException fault) {
            return Optional.of(fault.toString());
          }
        });
    return stage.house().supervisor().routesOf(call.id()).getFirst();
  }

  /** The switch has a call to this number under way. */
  static void expectDialled(Stage stage, String number) throws Exception {
    String channels = stage.house().testbed().switchConsole("core show channels concise");
    Expect.that("a call to " + number + " on the switch", channels.contains(number), channels);
  }
}
