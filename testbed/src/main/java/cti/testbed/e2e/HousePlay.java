package cti.testbed.e2e;

import cti.testbed.client.CallView;
import cti.testbed.server.TemporaryDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Scenarios that share one cti-server. */
final class HousePlay {
  /** More callers at a time than this make two cores the thing that is tested. */
  private static final int AT_ONCE = 10;

  private static final int LOG_LINES_SHOWN = 40;

  private final Workshop workshop;
  private final String suite;
  private final String where;
  private final List<Scenario> scenarios;
  private final Manner manner;

  /**
   * How it is played.
   *
   * @param compared at the end every record is held against the gateway's own logs
   * @param inOrder one scenario after the other, as they are given
   * @param settings added to the server's configuration
   */
  private record Manner(boolean compared, boolean inOrder, String settings) {
    static final Manner USUAL = new Manner(false, false, "");
  }

  /**
   * @param where which database, for people
   */
  HousePlay(Workshop workshop, String suite, String where, List<Scenario> scenarios) {
    this(workshop, suite, where, scenarios, Manner.USUAL);
  }

  private HousePlay(
      Workshop workshop, String suite, String where, List<Scenario> scenarios, Manner manner) {
    this.workshop = workshop;
    this.suite = suite;
    this.where = where;
    this.scenarios = List.copyOf(scenarios);
    this.manner = manner;
  }

  /** The same; at the end every record is held against the gateway's own logs. */
  HousePlay compared() {
    Manner held = new Manner(true, manner.inOrder(), manner.settings());
    return new HousePlay(workshop, suite, where, scenarios, held);
  }

  /** The same with more in the server's configuration, one scenario after the other. */
  HousePlay inOrderWith(String settings) {
    return new HousePlay(
        workshop, suite, where, scenarios, new Manner(manner.compared(), true, settings));
  }

  /**
   * Those of the scenarios that were asked for, on MySQL, or on the embedded database where only
   * that was; at the end every record is held against the gateway's own logs.
   */
  static void onOneDatabase(Workshop workshop, String suite, List<Scenario> scenarios)
      throws Exception {
    List<Scenario> chosen = workshop.choice().of(scenarios);
    if (chosen.isEmpty()) {
      return;
    }
    if (workshop.choice().databases().contains("mysql")) {
      try (TemporaryDatabase database =
          TemporaryDatabase.create(workshop.testbed().environment())) {
        new HousePlay(workshop, suite, "MySQL", chosen).compared().on(Optional.of(database));
      }
    } else {
      new HousePlay(workshop, suite, "embedded database", chosen).compared().on(Optional.empty());
    }
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
        () ->
            opened.add(
                House.open(
                    workshop.project(), workshop.testbed(), database, folder, manner.settings())));
    if (opened.isEmpty()) {
      showLog(folder);
      return;
    }
    House house = opened.getFirst();
    try {
      new Schedule(atOnce(), scenario -> play(house, scenario)).run(calm(scenarios));
      if (!calm(scenarios).isEmpty()) {
        workshop.report().figure(EventToScreen.of(house.supervisor().metrics()).line(where));
      }
      new Schedule(1, scenario -> play(house, scenario)).run(alone(scenarios));
      workshop.play("nothing is left on the gateway (" + where + ")", house::expectEmpty);
      if (manner.compared()) {
        workshop.play("the gateway's own logs say the same of every call", house::expectComplete);
      }
      if (!workshop.report().allPassed()) {
        showLog(folder);
      }
    } finally {
      house.close();
    }
  }

  /** What the gateway tells is of one scenario at a time when it is written down. */
  private int atOnce() {
    return manner.inOrder() || workshop.choice().record().isPresent() ? 1 : AT_ONCE;
  }

  private static List<Scenario> calm(List<Scenario> scenarios) {
    return scenarios.stream().filter(scenario -> !scenario.alone()).toList();
  }

  /** Those that restart the server: its figures begin anew each time. */
  private static List<Scenario> alone(List<Scenario> scenarios) {
    return scenarios.stream().filter(Scenario::alone).toList();
  }

  private void play(House house, Scenario scenario) {
    Optional<Transcripts> transcripts = workshop.choice().record();
    workshop.play(
        scenario.name(),
        () -> {
          if (transcripts.isEmpty()) {
            play(new Stage(house), scenario);
            return;
          }
          Set<String> before = callsSeen(house);
          try (AmiRecording recording = AmiRecording.begin(workshop.testbed().environment())) {
            play(new Stage(house), scenario);
            byte[] heard = recording.end();
            Records records = house.records().orElseThrow();
            List<CallOnRecord> calls = new ArrayList<>();
            for (String id : callsSeen(house)) {
              if (!before.contains(id)) {
                records.call(id).ifPresent(calls::add);
              }
            }
            transcripts.get().write(scenario, heard, calls, records);
          }
        });
  }

  private static Set<String> callsSeen(House house) {
    return house
        .observer()
        .look(
            picture ->
                picture.calls().stream()
                    .map(CallView::id)
                    .collect(Collectors.toCollection(TreeSet::new)));
  }

  private static void play(Stage stage, Scenario scenario) throws Exception {
    try {
      scenario.play().on(stage);
    } catch (Exception first) {
      clearQuietly(stage, first);
      throw first;
    }
    stage.clear();
  }

  /** The scenario's own fault is the one to tell. */
  private static void clearQuietly(Stage stage, Exception first) throws InterruptedException {
    try {
      stage.clearByForce();
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
