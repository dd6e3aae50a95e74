package cti.testbed.e2e;

import cti.testbed.client.AgentDesk;
import cti.testbed.client.CaseRow;
import cti.testbed.client.RecordingApi;
import cti.testbed.client.Stream;
import cti.testbed.gateway.PhoneBehaviour;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Missed cases: how they close, and that screens, JSON and CSV say so. */
final class MissedCaseScenarios {
  private static final Duration TO_THE_DESK = Duration.ofSeconds(45);
  private static final Duration TOLD_WITHIN = Duration.ofSeconds(15);

  private MissedCaseScenarios() {}

  static List<Scenario> all() {
    return List.of(
        Scenario.of(
                "a redial from the mobile clears the desk phone's miss",
                Set.of("gz", "1010"),
                MissedCaseScenarios::otherLine)
            .inQuickRun(),
        Scenario.of(
            "a missed caller is answered later: recovered, two misses are one case",
            Set.of("mz", "1012"),
            MissedCaseScenarios::laterCall),
        Scenario.of(
            "a missed caller is called back by click: returned",
            Set.of("sg", "1011"),
            MissedCaseScenarios::calledBack),
        Scenario.of(
            "a missed case is closed by hand", Set.of("zj", "1013"), MissedCaseScenarios::byHand));
  }

  /** What a supervisor's screen is told, beside what REST says. */
  private record Watch(Stage stage, Stream stream, RecordingApi rest, String desk, String number)
      implements AutoCloseable {
    static Watch of(Stage stage, String desk, String number) throws InterruptedException {
      return new Watch(
          stage,
          Stream.open(stage.house().supervisor(), List.of("missed-cases")),
          new RecordingApi(stage.house().supervisor()),
          desk,
          number);
    }

    /** Misses the caller at the desk: nobody there is ready. */
    void misses() throws Exception {
      StagedCall call = stage.dial(Callers.silent(number));
      call.awaitPhase("waiting", TO_THE_DESK);
      call.hangUp();
      Expect.equal("missed", List.of("abandoned"), call.record().missed());
    }

    /** The newest case of the number, once it is told to be in that state. */
    CaseRow await(String state, long open) throws Exception {
      String id =
          stream.await(
              "a case is " + state + " and " + open + " are open at " + desk,
              TOLD_WITHIN,
              picture ->
                  picture.openCases(desk) == open ? newest(picture, state) : Optional.empty(),
              picture -> picture.openCases(desk) + " open");
      CaseRow row = rest.cases(number).getFirst();
      Expect.equal("id in REST", id, row.id());
      Expect.equal("state in REST", state, row.state());
      Expect.equal("desk in REST", Optional.of(desk), row.desk());
      List<String> table = rest.casesAsTable(number);
      Expect.that(
          "a line of the table with id and state",
          table.stream().anyMatch(line -> line.contains(id) && line.contains(state)),
          table);
      return row;
    }

    private Optional<String> newest(Stream.Picture picture, String state) {
      try {
        return rest.cases(number).stream()
            .findFirst()
            .map(CaseRow::id)
            .filter(id -> picture.missedCase(id).equals(Optional.of(state)));
      } catch (java.io.IOException fault) {
        return Optional.empty();
      } catch (InterruptedException ended) {
        Thread.currentThread().interrupt();
        return Optional.empty();
      }
    }

    @Override
    public void close() {
      stream.close();
    }
  }

  private static void otherLine(Stage stage) throws Exception {
    AgentDesk agent = stage.loggedOn("1010", "gz");
    // The office line of staff member E0025, whose mobile is 13900000025.
    try (Watch watch = Watch.of(stage, "gz", "02086662001")) {
      watch.misses();
      CaseRow open = watch.await("open", 1);
      agent.ready();
      StagedCall mobile = stage.dial(Callers.silent("13900000025"));
      MenuScenarios.talkAndHangUp(mobile);
      CaseRow row = watch.await("recovered", 0);
      Expect.equal("the case", open.id(), row.id());
      Expect.equal("closed by", Optional.of(mobile.id()), row.closedByCall());
      Expect.equal("agent", Optional.of("1010"), row.closedByAgent());
    }
  }

  private static void laterCall(Stage stage) throws Exception {
    AgentDesk agent = stage.loggedOn("1012", "mz");
    try (Watch watch = Watch.of(stage, "mz", "13900000048")) {
      watch.misses();
      watch.await("open", 1);
      watch.misses();
      agent.ready();
      StagedCall later = stage.dial(Callers.silent("13900000048"));
      MenuScenarios.talkAndHangUp(later);
      CaseRow row = watch.await("recovered", 0);
      Expect.equal("missed calls in it", 2, row.calls());
      Expect.equal("closed by", Optional.of(later.id()), row.closedByCall());
    }
  }

  private static void calledBack(Stage stage) throws Exception {
    AgentDesk agent = stage.loggedOn("1011", "sg");
    try (Watch watch = Watch.of(stage, "sg", "13900000037")) {
      watch.misses();
      watch.await("open", 1);
      stage.phoneAt("13900000037", PhoneBehaviour.answers(Duration.ofSeconds(1)));
      StagedCall back = stage.click(agent, "13900000037");
      back.awaitPhase("talking", TO_THE_DESK);
      CaseRow row = watch.await("returned", 0);
      Expect.equal("closed by", Optional.of(back.id()), row.closedByCall());
      Expect.equal("agent", Optional.of("1011"), row.closedByAgent());
      agent.command("hangUp", back.id());
      back.awaitPhase("ended", TOLD_WITHIN);
    }
  }

  private static void byHand(Stage stage) throws Exception {
    AgentDesk agent = stage.loggedOn("1013", "zj");
    try (Watch watch = Watch.of(stage, "zj", "13900000053")) {
      watch.misses();
      CaseRow open = watch.await("open", 1);
      new RecordingApi(agent.api()).closeCase(open.id(), "已当面答复");
      CaseRow row = watch.await("closed", 0);
      Expect.equal("closed by", Optional.of("1013"), row.closedByUser());
      Expect.equal("reason", Optional.of("已当面答复"), row.reason());
    }
  }
}
