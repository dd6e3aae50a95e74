package cti.core.ivr;

import static cti.core.ivr.FlowFixture.exits;
import static cti.core.ivr.FlowFixture.flow;
import static cti.core.ivr.FlowFixture.queue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import cti.core.calendar.Calendars;
import cti.core.calendar.TimeSpan;
import cti.core.calendar.WorkingHours;
import cti.core.id.DeskId;
import cti.core.routing.Caller;
import cti.core.routing.Condition;
import cti.core.routing.Outcome;
import cti.core.routing.RoutingRule;
import cti.core.routing.RuleSet;
import cti.core.routing.Target;
import java.time.DayOfWeek;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Nodes that ask for hours, and rules of desks that are closed. */
class FlowHoursTest extends FlowWalkFixture {
  @ParameterizedTest
  @CsvSource({"10:00-12:00, '[queue gz by flow:q]'", "11:00-12:00, '[hung up]'"})
  void asksWhetherADeskWorks(String hours, String met) {
    calendars =
        new Calendars(
            Calendars.NONE.zone(),
            Map.of(),
            Map.of(
                GZ.get(),
                new WorkingHours(
                    GZ.get(),
                    Calendars.NONE.zone(),
                    Optional.empty(),
                    Map.of(DayOfWeek.MONDAY, List.of(TimeSpan.parse(hours))),
                    List.of())),
            Map.of());
    Flow flow =
        flow(new Node.Hours("h", GZ, exits("open:q closed:bye error:static")), queue("q", "gz"));
    assertEquals(met, walk(flow, ""));
  }

  private static Calendars closedOnMondays() {
    WorkingHours tuesdays =
        new WorkingHours(
            GZ.get(),
            Calendars.NONE.zone(),
            Optional.empty(),
            Map.of(DayOfWeek.TUESDAY, List.of(TimeSpan.parse("08:30-17:00"))),
            List.of());
    return new Calendars(Calendars.NONE.zone(), Map.of(), Map.of(GZ.get(), tuesdays), Map.of());
  }

  private static List<Target> targets(Target... targets) {
    return List.of(targets);
  }

  static Stream<Arguments> rulesOfAClosedDesk() {
    DeskId gz = GZ.get();
    List<Condition> always = List.of(new Condition.Always());
    List<Condition> closed = List.of(new Condition.DeskOpen(gz, false));
    Duration limit = Duration.ofSeconds(20);
    String onward = "[queue gz by night]";
    String told = "[hung up]";
    return Stream.of(
        Arguments.of(always, targets(Target.DeskQueue.of(gz)), told),
        Arguments.of(
            always,
            targets(
                new Target.Announcement("sorry"),
                new Target.LastAgent(limit.multipliedBy(9), limit)),
            told),
        Arguments.of(closed, targets(Target.DeskQueue.of(gz)), onward),
        Arguments.of(always, targets(new Target.Number("13900000026", limit)), onward),
        Arguments.of(always, targets(new Target.Callback(gz)), onward),
        Arguments.of(always, targets(new Target.Voicemail(gz)), onward));
  }

  @ParameterizedTest
  @MethodSource("rulesOfAClosedDesk")
  void aRuleThatIsAboutHoursIsNotAskedForThemAgain(
      List<Condition> conditions, List<Target> targets, String met) {
    Flow flow =
        flow(
            new Node.Route("r", exits("decided:h undecided:bye error:static")),
            new Node.Hours("h", Optional.empty(), exits("open:q closed:bye error:static")),
            queue("q", ""));
    RuleSet rules =
        new RuleSet(
            List.of(new RoutingRule("night", conditions, new Outcome.Targets(GZ.get(), targets))));
    FlowInterpreter interpreter =
        FlowFixture.interpreter(flow, rules, closedOnMondays(), FlowFixture.QUIET);
    assertEquals(
        met, new Simulation(interpreter, Caller.of(number, "8000", List.of(), List.of())).met());
  }

  @Test
  void theHoursOfNoDeskAreAnError() {
    Flow flow =
        flow(
            new Node.Hours("h", Optional.empty(), exits("open:q closed:bye error:static")),
            queue("q", "gz"));
    assertEquals("[static queue]", walk(flow, ""));
  }
}
