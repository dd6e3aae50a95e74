package cti.testbed.e2e;

import cti.testbed.server.TemporaryDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Scenarios that share one cti-server. */
final class HousePlay {
  /** More callers at a time than this make two cores the thing that is tested. */
  private static final int AT_ONCE = 10;

  private static final int LOG_LINES_SHOWN = 40;

  private final Workshop workshop;
  private final String suite;
  private final String where;
  private final List<Scenario> scenarios;
  private final boolean compared;

  /**
   * @param where which database, for people
   */
  HousePlay(Workshop workshop, String suite, String where, List<Scenario> scenarios) {
    this(workshop, suite, where, scenarios, false);
  }

  private HousePlay(
      Workshop workshop, String suite, String where, List<Scenario> scenarios, boolean compared) {
    this.workshop = workshop;
    this.suite = suite;
    this.where = where;
    this.scenarios = List.copyOf(scenarios);
    this.compared = compared;
  }

  /** The same; at the end every record is held against the gateway's own logs. */
  HousePlay compared() {
    return new HousePlay(workshop, suite, where, scenarios, true);
  }

  /**
   * Starts the server, plays, and looks whether anything is left.
   *
   * @param database the server's, where it is not the embedded one
   */
  void on(Optional<TemporaryDatabase> database)
      throws IOException, InterruptedException, SQLException {
    Path folder = workshop.serverFolder(suite + "-" + where.replace(' ', '-'));
    List<House> opened = new ArrayList<>();
    workshop.play(
        "cti-server starts on " + where,
        () -> opened.add(House.open(workshop.project(), workshop.testbed(), database, folder)));
    if (opened.isEmpty()) {
      showLog(folder);
      return;
    }
    House house = opened.getFirst();
    try {
      new Schedule(AT_ONCE, scenario -> play(house, scenario)).run(calm(scenarios));
      if (!calm(scenarios).isEmpty()) {
        workshop.report().figure(EventToScreen.of(house.supervisor().metrics()).line(where));
      }
      new Schedule(1, scenario -> play(house, scenario)).run(alone(scenarios));
      workshop.play("nothing is left on the gateway (" + where + ")", house::expectEmpty);
      if (compared) {
        workshop.play("the gateway's own logs say the same of every call", house::expectComplete);
      }
      if (!workshop.report().allPassed()) {
        showLog(folder);
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

  private void play(House house, Scenario scenario) {
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

  private void showLog(Path folder) throws IOException {
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
