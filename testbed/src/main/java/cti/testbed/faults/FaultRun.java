package cti.testbed.faults;

import cti.testbed.client.CallView;
import cti.testbed.client.Patience;
import cti.testbed.client.RecordView;
import cti.testbed.client.Unexpected;
import cti.testbed.faults.Difference.Kind;
import cti.testbed.faults.FaultResult.Figures;
import cti.testbed.gateway.Testbed;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** One load, the fault in it, and what is left of both. */
final class FaultRun {
  /** From then on a call that is still shown is a ghost. */
  private static final Duration UNTIL_GHOSTS = Duration.ofSeconds(10);

  private static final Duration TO_EMPTY = Duration.ofSeconds(60);
  private static final Duration TO_BE_RIGHT = Duration.ofSeconds(60);

  private final FaultHouse house;
  private final Fault fault;
  private final LoadPlan plan;
  private final boolean quick;
  private final Path folder;
  private final List<String> complaints = new ArrayList<>();
  private Figures figures = Figures.NONE;
  private Duration rightAfter = UNTIL_GHOSTS.plus(TO_BE_RIGHT);
  private int ghosts;

  /**
   * Makes a run.
   *
   * @param folder for what is kept of it
   */
  FaultRun(FaultHouse house, Fault fault, LoadPlan plan, boolean quick, Path folder) {
    this.house = house;
    this.fault = fault;
    this.plan = plan;
    this.quick = quick;
    this.folder = folder;
  }

  FaultResult run(Path project) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    Testbed testbed = house.testbed();
    house.makeEverybodyReady();
    GatewaySince since = GatewaySince.now(testbed);
    try (Load load = Load.begin(project, testbed, plan, fault.rate(quick), folder)) {
      FaultStage stage = new FaultStage(house, load, fault.lasts(quick));
      try {
        play(load, stage);
        settle(since);
        complaints.addAll(stage.complaints());
      } catch (InterruptedException asked) {
        throw asked;
      } catch (Unexpected notSo) {
        complaints.add(notSo.getMessage());
      } catch (Exception broken) {
        complaints.add("%s at %s".formatted(broken, broken.getStackTrace()[0]));
      }
      judge(load, since);
    } catch (SQLException away) {
      complaints.add("the records cannot be read: " + away);
    }
    FaultResult result =
        new FaultResult(
            fault,
            plan.seed(),
            quick,
            figures,
            Duration.ofNanos(System.nanoTime() - begin),
            complaints);
    if (!result.passed()) {
      new Evidence(house, folder).keep(since, plan, complaints);
    }
    return result;
  }

  private void play(Load load, FaultStage stage) throws Exception {
    int calls = plan.calls().size();
    Duration toDial = Duration.ofSeconds(calls / fault.rate(quick) + 60);
    load.awaitDialled(calls / 4, toDial);
    fault.strike().on(stage);
    load.awaitDialled(calls, toDial);
    load.awaitEnd();
  }

  /** Until the gateway has no call, ten seconds more, and until the records are right. */
  private void settle(GatewaySince since) throws Exception {
    Patience.until("the gateway has no channel left", TO_EMPTY, this::channels);
    long idle = System.nanoTime();
    Outage.lasts(UNTIL_GHOSTS);
    ghosts = ghosts();
    complete(since);
    Patience.until(
        "the records tell what the gateway's logs do",
        TO_BE_RIGHT,
        () -> {
          try {
            List<Difference> yet = compare(since).differences();
            return yet.isEmpty()
                ? Optional.empty()
                : Optional.of("%d not yet, first %s".formatted(yet.size(), yet.getFirst().line()));
          } catch (IOException | SQLException away) {
            return Optional.of(away.toString());
          }
        });
    rightAfter = Duration.ofNanos(System.nanoTime() - idle);
  }

  /** What is missing or double now, ten seconds on, is so however it is mended later. */
  private void complete(GatewaySince since) throws IOException, InterruptedException, SQLException {
    Comparison now = compare(since);
    long missing = now.count(Kind.MISSING);
    long doubles = now.count(Kind.DOUBLE) + now.count(Kind.INVENTED);
    if (missing + doubles > 0) {
      complaints.add(
          "%d calls missing and %d double on record %d s after the last channel"
              .formatted(missing, doubles, UNTIL_GHOSTS.toSeconds()));
    }
  }

  private Optional<String> channels() throws InterruptedException {
    try {
      String left = house.testbed().gatewayConsole("core show channels concise").strip();
      return left.isEmpty() ? Optional.empty() : Optional.of(left);
    } catch (IOException notYet) {
      return Optional.of(notYet.toString());
    }
  }

  private Comparison compare(GatewaySince since)
      throws IOException, InterruptedException, SQLException {
    try (Connection connection = house.database().connect()) {
      return Comparison.of(
          since.calls(plan.numbers()),
          RecordedCalls.of(connection, plan.numbers()),
          fault.gatewayDies());
    }
  }

  private void judge(Load load, GatewaySince since)
      throws IOException, InterruptedException, SQLException {
    List<GatewayCall> gateway = since.calls(plan.numbers());
    List<RecordedCall> recorded;
    try (Connection connection = house.database().connect()) {
      recorded = RecordedCalls.of(connection, plan.numbers());
    }
    Comparison comparison = Comparison.of(gateway, recorded, fault.gatewayDies());
    comparison.differences().forEach(difference -> complaints.add(difference.line()));
    Map<String, List<String>> heard = load.heard();
    callers(heard, gateway);
    rest(recorded);
    complaints.addAll(
        AgentCheck.complaints(
            house.agents(),
            AgentCheck.members(house.testbed().gatewayConsole("queue show")),
            since.missedInARow()));
    Map<String, Long> quality =
        recorded.stream()
            .collect(Collectors.groupingBy(RecordedCall::quality, Collectors.counting()));
    figures =
        new Figures(
            plan.calls().size(),
            (int) heard.values().stream().filter(words -> words.contains("dialled")).count(),
            (int) gateway.stream().filter(GatewayCall::answered).count(),
            (int)
                gateway.stream()
                    .filter(call -> !call.answered() && !call.stays().isEmpty())
                    .count(),
            (int) gateway.stream().filter(GatewayCall::transferred).count(),
            (int) gateway.stream().filter(GatewayCall::consulted).count(),
            load.rate(),
            (int) gateway.stream().filter(call -> !call.stays().isEmpty()).count(),
            (int) gateway.stream().filter(GatewayCall::endIsLogged).count(),
            recorded.size(),
            comparison.count(Kind.MISSING),
            comparison.count(Kind.DOUBLE) + comparison.count(Kind.INVENTED),
            ghosts,
            comparison.worst(),
            rightAfter,
            quality.getOrDefault("live", 0L).intValue(),
            quality.getOrDefault("recovered", 0L).intValue(),
            quality.getOrDefault("lost-track", 0L).intValue());
  }

  /** Whoever was answered must be in the gateway's own logs, else they are no measure. */
  private void callers(Map<String, List<String>> heard, List<GatewayCall> gateway) {
    Set<String> known = gateway.stream().map(GatewayCall::number).collect(Collectors.toSet());
    if (!fault.gatewayDies()) {
      heard.forEach(
          (number, words) -> {
            if (words.contains("answered") && !known.contains(number)) {
              complaints.add(
                  "the gateway answered caller %s and has no line of it: %s"
                      .formatted(number, words));
            }
          });
    }
  }

  /** Calls that are shown although the gateway has had none for ten seconds. */
  private int ghosts() throws IOException, InterruptedException {
    Set<String> alive = new TreeSet<>();
    house.supervisor().calls().forEach(call -> alive.add(call.id()));
    house
        .observer()
        .look(
            picture ->
                picture.calls().stream()
                    .filter(call -> call.end().isEmpty())
                    .map(CallView::id)
                    .toList())
        .forEach(alive::add);
    alive.forEach(call -> complaints.add("ghost: call " + call + " is still shown"));
    return alive.size();
  }

  /** REST tells of every call what the tables do. */
  private void rest(List<RecordedCall> recorded) throws IOException, InterruptedException {
    for (RecordedCall call : recorded) {
      Optional<RecordView> view =
          house.supervisor().record(house.settings().gatewayId() + ":" + call.id());
      Optional<String> outcome = view.flatMap(record -> record.call().outcome());
      if (!outcome.equals(call.outcome())) {
        complaints.add(
            "REST has call %s as %s, the tables as %s"
                .formatted(call.id(), outcome.orElse("nothing"), call.outcome().orElse("nothing")));
      }
    }
  }
}
