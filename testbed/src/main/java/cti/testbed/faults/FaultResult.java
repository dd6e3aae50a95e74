package cti.testbed.faults;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How one fault went.
 *
 * @param figures in the order of the report
 * @param complaints empty where all is as it should be
 */
record FaultResult(
    Fault fault,
    long seed,
    boolean quick,
    Figures figures,
    Duration took,
    List<String> complaints) {
  FaultResult {
    complaints = List.copyOf(complaints);
  }

  /**
   * What was counted.
   *
   * @param transferred calls that were handed on, with asking or without
   * @param consulted calls in which a colleague was asked, whatever came of it
   * @param rate calls a second, as they were dialled
   * @param inQueueLog calls with a line in queue_log
   * @param inDetails calls with a call detail record
   * @param ghosts calls that lived on, ten seconds after the gateway had none
   * @param rightAfter how long after the gateway's last channel the records told the same as its
   *     logs; looked at from ten seconds on
   */
  record Figures(
      int planned,
      int placed,
      int answered,
      int abandoned,
      int transferred,
      int consulted,
      double rate,
      int inQueueLog,
      int inDetails,
      int onRecord,
      long missing,
      long doubles,
      int ghosts,
      Duration worst,
      Duration rightAfter,
      int live,
      int recovered,
      int lostTrack) {
    static final Figures NONE =
        new Figures(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Duration.ZERO, Duration.ZERO, 0, 0, 0);
  }

  boolean passed() {
    return complaints.isEmpty();
  }

  /** The line of the report. */
  String line() {
    return String.format(
        Locale.ROOT,
        "%s %-18s planned %d placed %d (%.1f/s) answered %d abandoned %d transferred %d consulted"
            + " %d | queue_log %d CDR %d record %d | missing %d double %d ghosts %d worst %.2f s |"
            + " live %d recovered %d lost_track %d | right after %.0f s, in all %.0f s%s",
        passed() ? "ok  " : "FAIL",
        fault.name(),
        figures.planned(),
        figures.placed(),
        figures.rate(),
        figures.answered(),
        figures.abandoned(),
        figures.transferred(),
        figures.consulted(),
        figures.inQueueLog(),
        figures.inDetails(),
        figures.onRecord(),
        figures.missing(),
        figures.doubles(),
        figures.ghosts(),
        figures.worst().toMillis() / 1000.0,
        figures.live(),
        figures.recovered(),
        figures.lostTrack(),
        figures.rightAfter().toMillis() / 1000.0,
        took.toMillis() / 1000.0,
        passed()
            ? ""
            : " | %d complaints, first: %s".formatted(complaints.size(), complaints.getFirst()));
  }

  /** The same as fields of one JSON object. */
  Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("fault", fault.name());
    fields.put("title", fault.title());
    fields.put("ok", passed());
    fields.put("seed", seed);
    fields.put("quick", quick);
    fields.put("planned", figures.planned());
    fields.put("placed", figures.placed());
    fields.put("callsPerSecond", figures.rate());
    fields.put("answered", figures.answered());
    fields.put("abandoned", figures.abandoned());
    fields.put("transferred", figures.transferred());
    fields.put("consulted", figures.consulted());
    fields.put("inQueueLog", figures.inQueueLog());
    fields.put("inCallDetails", figures.inDetails());
    fields.put("onRecord", figures.onRecord());
    fields.put("missing", figures.missing());
    fields.put("double", figures.doubles());
    fields.put("ghosts", figures.ghosts());
    fields.put("worstDifferenceMillis", figures.worst().toMillis());
    fields.put("rightAfterMillis", figures.rightAfter().toMillis());
    fields.put("live", figures.live());
    fields.put("recovered", figures.recovered());
    fields.put("lostTrack", figures.lostTrack());
    fields.put("seconds", took.toMillis() / 1000.0);
    fields.put("complaints", complaints);
    return fields;
  }
}
