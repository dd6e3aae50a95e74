package cti.server.gatewaylog;

import cti.core.port.CompletenessWatch.Counts;
import cti.core.port.CompletenessWatch.State;
import cti.core.recovery.CheckedCall;
import cti.core.recovery.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How the check stands; written by its thread, read by any. */
final class CheckCounts {
  private volatile State state =
      new State(
          true,
          "not checked yet",
          Optional.empty(),
          Optional.empty(),
          0,
          Optional.empty(),
          Counts.NONE);
  private long unknownLines;

  State state() {
    return state;
  }

  void begun(Instant since) {
    State s = state;
    state =
        new State(
            true,
            s.problem(),
            s.checkedAt(),
            Optional.of(since),
            s.missing(),
            s.missingSince(),
            s.counts());
  }

  void unknownLines(long lines) {
    unknownLines = lines;
  }

  void passed(LogCheck.Found found, Instant now) {
    State s = state;
    int missing = found.waiting().size();
    Counts before = s.counts();
    state =
        new State(
            true,
            "",
            Optional.of(now),
            s.since(),
            missing,
            missing == 0 ? Optional.empty() : s.missingSince().or(() -> Optional.of(now)),
            new Counts(
                before.checked() + found.settled().size(),
                before.recovered() + count(found.settled(), Verdict.RECOVERED),
                before.different() + count(found.settled(), Verdict.DIFFERENT),
                unknownLines));
  }

  /** Whether it is news. */
  boolean problem(String why) {
    State s = state;
    boolean news = !s.problem().equals(why);
    state =
        new State(true, why, s.checkedAt(), s.since(), s.missing(), s.missingSince(), s.counts());
    return news;
  }

  private static long count(List<CheckedCall> calls, Verdict verdict) {
    return calls.stream().filter(call -> call.verdict() == verdict).count();
  }
}
