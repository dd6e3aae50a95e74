package cti.testbed.e2e;

import cti.testbed.server.TemporaryDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Calls from dial tone to record: everything on MySQL, a part again on the embedded database. */
final class CallsSuite implements Suite {
  /** More callers at a time than this make two cores the thing that is tested. */
  private static final int AT_ONCE = 10;

  private static final int LOG_LINES_SHOWN = 40;

  @Override
  public String name() {
    return "calls";
  }

  @Override
  public void run(Workshop workshop) throws Exception {
    if (workshop.choice().databases().contains("mysql")) {
      List<Scenario> scenarios = workshop.choice().of(onMySql());
      if (!scenarios.isEmpty()) {
        try (TemporaryDatabase database =
            TemporaryDatabase.create(workshop.testbed().environment())) {
          play(workshop, "MySQL", Optional.of(database), scenarios);
        }
      }
    }
    if (workshop.choice().databases().contains("embedded")) {
      boolean alone = workshop.choice().databases().size() == 1;
      List<Scenario> scenarios =
          workshop.choice().of(alone ? onMySql() : onEmbedded()).stream()
              .map(scenario -> scenario.named(scenario.name() + " (embedded database)"))
              .toList();
      if (!scenarios.isEmpty()) {
        play(workshop, "embedded database", Optional.empty(), scenarios);
      }
    }
  }

  private static List<Scenario> onMySql() {
    List<Scenario> all = new ArrayList<>();
    all.addAll(MenuScenarios.all());
    all.addAll(RingScenarios.all());
    all.addAll(DeskScenarios.all());
    all.addAll(HangUpScenarios.all());
    all.addAll(AgentScenarios.all());
    all.addAll(OutageScenarios.all());
    all.addAll(RecoveryScenarios.all());
    return List.copyOf(all);
  }

  private static List<Scenario> onEmbedded() {
    return List.of(
        MenuScenarios.factoryCaller(), DeskScenarios.incident(), OutageScenarios.killedInTalk());
  }

  private static void play(
      Workshop workshop,
      String where,
      Optional<TemporaryDatabase> database,
      List<Scenario> scenarios)
      throws IOException, InterruptedException, SQLException {
    play(workshop, where, "", database, scenarios);
  }

  /**
   * Plays scenarios on a server of their own.
   *
   * @param more of its cti.yaml
   */
  static void play(
      Workshop workshop,
      String where,
      String more,
      Optional<TemporaryDatabase> database,
      List<Scenario> scenarios)
      throws IOException, InterruptedException, SQLException {
    Path folder = workshop.serverFolder("calls-" + where.replace(' ', '-'));
    List<House> opened = new ArrayList<>();
    workshop.play(
        "cti-server starts on " + where,
        () ->
            opened.add(House.open(workshop.project(), workshop.testbed(), database, folder, more)));
    if (opened.isEmpty()) {
      showLog(workshop, folder);
      return;
    }
    House house = opened.getFirst();
    try {
      new Schedule(AT_ONCE, scenario -> play(workshop, house, scenario)).run(calm(scenarios));
      if (!calm(scenarios).isEmpty()) {
        workshop.report().figure(EventToScreen.of(house.supervisor().metrics()).line(where));
      }
      new Schedule(1, scenario -> play(workshop, house, scenario)).run(alone(scenarios));
      workshop.play("nothing is left on the gateway (" + where + ")", house::expectEmpty);
      if (!workshop.report().allPassed()) {
        showLog(workshop, folder);
      }
    } finally {
      house.close();
    }
  }

  private static List<Scenario> calm(List<Scenario> scenarios) {
    return scenarios.stream().filter(scenario -> !scenario.alone()).toList();
  }

  /** Those that restart the server: its figures begin anew each time. */
  private static List<Scenario> alone(List<Scenario> scenarios) {
    return scenarios.stream().filter(Scenario::alone).toList();
  }

  private static void play(Workshop workshop, House house, Scenario scenario) {
    workshop.play(
        scenario.name(),
        () -> {
          Stage stage = new Stage(house);
          try {
            scenario.play().on(stage);
          } catch (Exception first) {
            clearQuietly(stage, first);
            throw first;
          }
          stage.clear();
        });
  }

  /** The scenario's own fault is the one to tell. */
  private static void clearQuietly(Stage stage, Exception first) throws InterruptedException {
    try {
      stage.clear();
    } catch (IOException | RuntimeException second) {
      first.addSuppressed(second);
    }
  }

  private static void showLog(Workshop workshop, Path folder) throws IOException {
    Path log = folder.resolve("server.log");
    if (!Files.exists(log)) {
      return;
    }
    List<String> lines = Files.readAllLines(log);
    workshop.report().say("the end of " + log + ":");
    lines.stream()
        .skip(Math.max(0, lines.size() - LOG_LINES_SHOWN))
        .forEach(line -> workshop.report().say("  | " + line));
  }
}
