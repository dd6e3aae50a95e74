package cti.testbed.faults;

import cti.testbed.faults.GatewayCall.Ring;
import cti.testbed.faults.GatewayCall.Span;
import cti.testbed.faults.GatewayCall.Stay;
import cti.testbed.faults.RecordedCall.Attempt;
import cti.testbed.faults.RecordedCall.HandedOn;
import cti.testbed.faults.RecordedCall.Visit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A call that was answered, at the gateway and on record, and what may be wrong with it. */
final class Compared {
  private static final Instant BEGIN = Instant.parse("2026-11-21T22:00:00Z");
  static final String ID = "1795300493.147";
  static final String NUMBER = "12400000007";

  static Instant at(double seconds) {
    return BEGIN.plusMillis((long) (seconds * 1000));
  }

  static Duration millis(long millis) {
    return Duration.ofMillis(millis);
  }

  /** Waited 6 s: one phone rang 4.1 s in vain, the next 0.5 s; talked 5.6 s. */
  static GatewayCall answered() {
    Stay stay =
        new Stay(
            "cti-load-gz",
            at(3),
            Optional.of("CONNECT"),
            Optional.of("2102"),
            6,
            1,
            Optional.of("COMPLETEAGENT"),
            List.of(
                new Ring("8101", at(3.5), Optional.empty(), at(7.6)),
                new Ring("8102", at(8.6), Optional.of(at(9.1)), at(14.7))));
    return new GatewayCall(
        ID, NUMBER, Optional.of(new Span(at(0.2), at(14.7))), List.of(stay), List.of());
  }

  static RecordedCall answeredOnRecord() {
    return record(
        "answered",
        0,
        List.of(
            new Visit(
                "cti-load-gz",
                Optional.of("answered"),
                millis(5_950),
                List.of(
                    attempt("2101", "no-answer", 4_100, 0, Optional.empty()),
                    attempt("2102", "answered", 500, 5_600, Optional.of("agent"))))));
  }

  static RecordedCall record(String outcome, int missed, List<Visit> visits) {
    return new RecordedCall(
        ID,
        NUMBER,
        at(0.2),
        Optional.of(at(14.7)),
        Optional.of(outcome),
        "live",
        missed,
        visits,
        HandedOn.NEVER);
  }

  static Attempt attempt(String who, String outcome, long rang, long talked, Optional<String> by) {
    return new Attempt(who, Optional.of(outcome), by, millis(rang), millis(talked));
  }

  static Comparison compare(GatewayCall gateway, RecordedCall... recorded) {
    return Comparison.of(List.of(gateway), List.of(recorded), false);
  }

  /** A call on record of which something is changed. */
  private static final class Draft {
    private Optional<Instant> endedAt;
    private Optional<String> outcome;
    private String quality;
    private int missedRows;
    private List<Visit> visits;
    private HandedOn handedOn;

    private Draft(RecordedCall of) {
      this.endedAt = of.endedAt();
      this.outcome = of.outcome();
      this.quality = of.quality();
      this.missedRows = of.missedRows();
      this.visits = of.visits();
      this.handedOn = of.handedOn();
    }
  }

  private static RecordedCall changed(RecordedCall of, Consumer<Draft> change) {
    Draft draft = new Draft(of);
    change.accept(draft);
    return new RecordedCall(
        of.id(),
        of.number(),
        of.startedAt(),
        draft.endedAt,
        draft.outcome,
        draft.quality,
        draft.missedRows,
        draft.visits,
        draft.handedOn);
  }

  static RecordedCall with(RecordedCall r, Optional<String> outcome, Optional<Instant> endedAt) {
    return changed(
        r,
        draft -> {
          draft.outcome = outcome;
          draft.endedAt = endedAt;
        });
  }

  static RecordedCall quality(RecordedCall r, String quality) {
    return changed(r, draft -> draft.quality = quality);
  }

  static RecordedCall missed(RecordedCall r, int rows) {
    return changed(r, draft -> draft.missedRows = rows);
  }

  static RecordedCall visits(RecordedCall r, List<Visit> visits) {
    return changed(r, draft -> draft.visits = visits);
  }

  static RecordedCall handedOn(RecordedCall r, HandedOn handedOn) {
    return changed(r, draft -> draft.handedOn = handedOn);
  }

  static RecordedCall visit(RecordedCall r, UnaryOperator<Visit> change) {
    return visits(r, r.visits().stream().map(change).toList());
  }

  static RecordedCall attempts(RecordedCall r, UnaryOperator<List<Attempt>> change) {
    return visit(r, v -> new Visit(v.queue(), v.outcome(), v.waited(), change.apply(v.attempts())));
  }

  static RecordedCall attempt(RecordedCall r, int place, Attempt attempt) {
    return attempts(
        r,
        a ->
            Stream.iterate(0, i -> i + 1)
                .limit(a.size())
                .map(i -> i == place ? attempt : a.get(i))
                .toList());
  }

  private Compared() {}
}
