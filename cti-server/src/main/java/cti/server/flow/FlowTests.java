package cti.server.flow;

import cti.core.calendar.Calendars;
import cti.core.calendar.TimeSpan;
import cti.core.calendar.WorkingHours;
import cti.core.directory.DirectoryIndex;
import cti.core.id.DeskId;
import cti.core.ivr.CallPlan;
import cti.core.ivr.FlowCoverage;
import cti.core.ivr.FlowInterpreter;
import cti.core.ivr.FlowWorld;
import cti.core.ivr.MomentWorld;
import cti.core.ivr.Simulation;
import cti.core.routing.Caller;
import cti.core.routing.EarlierCalls;
import cti.core.routing.Facts;
import cti.core.routing.RoutingPlan;
import cti.core.routing.RuleSet;
import cti.server.flow.FlowTest.Around;
import cti.server.flow.FlowTest.Everywhere;
import cti.server.flow.FlowTest.Suite;
import cti.server.yaml.BadFileException;
import cti.server.yaml.Faults;
import java.io.IOException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Runs files of tests against flows, with a directory and everything else on paper. */
public final class FlowTests {
  /** Where the tests of a folder of flows are. */
  public static final String FOLDER = "tests";

  private static final String DIALLED = "8000";

  private final ScriptFolder scripts;
  private final House house;
  private final DirectoryIndex directory;
  private final Set<String> hooks;

  /**
   * @param directory whose people call
   * @param hooks the webhooks that a flow may name; a test says what they answer
   */
  public FlowTests(ScriptFolder scripts, House house, DirectoryIndex directory, Set<String> hooks) {
    this.hooks = Set.copyOf(hooks);
    this.scripts = scripts;
    this.house = house;
    this.directory = directory;
  }

  /**
   * What came of a file of tests.
   *
   * @param calls how many calls went through the flow, those of {@code everywhere} counted
   * @param failures for people, each with what was expected; empty where all is as it should be
   * @param untested ways of the flow that no call took, as node and way
   */
  public record Result(
      String flow, int tests, int calls, List<String> failures, int ways, List<String> untested) {
    public Result {
      failures = List.copyOf(failures);
      untested = List.copyOf(untested);
    }

    public boolean passed() {
      return failures.isEmpty();
    }

    /** Ways that were taken, of all ways that can be. */
    public String coverage() {
      int taken = ways - untested.size();
      return taken + " of " + ways + " ways (" + taken * 100 / Math.max(1, ways) + " %)";
    }
  }

  /**
   * Runs one file, such as {@code tests/hotline.yaml}.
   *
   * @throws BadFileException with every fault of the file, the flow, the rules and the prompts
   * @throws IOException where a file cannot be read
   */
  public Result run(String file) throws BadFileException, IOException {
    Faults faults = new Faults(file);
    Optional<Suite> suite = FlowTestFile.read(scripts.text(file), faults);
    faults.throwIfAny();
    CallPlan plan = CallPlanFiles.load(scripts, suite.orElseThrow().flow(), house, hooks);
    return run(suite.get(), plan);
  }

  private Result run(Suite suite, CallPlan plan) {
    FlowCoverage coverage = new FlowCoverage(plan.flow());
    List<String> failures = new ArrayList<>();
    int[] calls = {0};
    for (FlowTest test : suite.tests()) {
      try {
        Simulation call = begin(plan, test.number(), test.at(), test.around());
        calls[0]++;
        call.does(
            test.does(),
            here ->
                suite
                    .everywhere()
                    .forEach(
                        rule -> {
                          calls[0]++;
                          branch(here, rule, test, coverage, failures);
                        }));
        coverage.add(call.taken());
        if (!call.met().equals(test.meets())) {
          failures.add(test.name() + ": met " + call.met() + "\n  expected " + test.meets());
        }
      } catch (IllegalArgumentException e) {
        failures.add(test.name() + ": " + e.getMessage());
      }
    }
    return new Result(
        suite.flow(),
        suite.tests().size(),
        calls[0],
        failures,
        coverage.ways(),
        coverage.missing());
  }

  private static void branch(
      Simulation here,
      Everywhere rule,
      FlowTest test,
      FlowCoverage coverage,
      List<String> failures) {
    Simulation other = new Simulation(here);
    other.does(List.of(rule.does()));
    coverage.add(other.taken());
    if (!other.met().endsWith(rule.ends())) {
      failures.add(
          test.name()
              + ": "
              + rule.does()
              + " at node "
              + here.node()
              + " ends with "
              + other.met()
              + "\n  expected the end "
              + rule.ends());
    }
  }

  /**
   * A call to try a flow with, at a time in the site's zone.
   *
   * @param number of the caller; may be empty
   */
  public Simulation call(CallPlan plan, String number, LocalDateTime at) {
    return begin(plan, number, at, new Around(Map.of(), List.of(), Map.of(), false));
  }

  private Simulation begin(CallPlan plan, String number, LocalDateTime at, Around around) {
    RoutingPlan routing = plan.routing();
    Calendars calendars = with(routing.calendars(), around.hours());
    Instant moment = at.atZone(calendars.zone()).toInstant();
    Facts facts =
        new Facts(
            moment,
            desk -> Optional.ofNullable(around.queues().get(desk)).map(FlowTest.Queue::state),
            EarlierCalls.UNKNOWN);
    Function<DeskId, Optional<Duration>> waits =
        desk ->
            Optional.ofNullable(around.queues().get(desk)).flatMap(FlowTest.Queue::expectedWait);
    CallPlan today =
        new CallPlan(
            plan.flow(),
            new RoutingPlan(
                routing.version(),
                around.withoutRules() ? new RuleSet(List.of()) : routing.rules(),
                calendars),
            plan.desks(),
            plan.sites());
    FlowInterpreter interpreter =
        today.interpreter(
            directory::byId,
            new MomentWorld.Surroundings(
                facts,
                (caller, choice) ->
                    around.notices().stream()
                        .filter(known -> known.concerns(caller, choice, facts.at()))
                        .map(known -> new FlowWorld.Notice(known.id(), known.prompt()))
                        .toList(),
                waits));
    return new Simulation(
        interpreter, Caller.of(number, DIALLED, directory.lookup(number), plan.sites()));
  }

  private static Calendars with(Calendars calendars, Map<DeskId, TimeSpan> hours) {
    Map<DeskId, WorkingHours> all = new HashMap<>(calendars.hours());
    hours.forEach(
        (desk, span) ->
            all.put(
                desk,
                new WorkingHours(
                    desk,
                    calendars.zone(),
                    Optional.empty(),
                    Arrays.stream(DayOfWeek.values())
                        .collect(Collectors.toMap(day -> day, day -> List.of(span))),
                    List.of(span))));
    return new Calendars(calendars.zone(), calendars.holidays(), all, calendars.rosters());
  }
}
