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

  static RecordedCall with(RecordedCall r, Optional<String> outcome, Optional<Instant> endedAt) {
    return new RecordedCall(
        r.id(),
        r.number(),
        r.startedAt(),
        endedAt,
        outcome,
        r.quality(),
        r.missedRows(),
        r.visits(),
        r.handedOn());
  }

  static RecordedCall quality(RecordedCall r, String quality) {
    return new RecordedCall(
        r.id(),
        r.number(),
        r.startedAt(),
        r.endedAt(),
        r.outcome(),
        quality,
        r.missedRows(),
        r.visits(),
        r.handedOn());
  }

  static RecordedCall missed(RecordedCall r, int rows) {
    return new RecordedCall(
        r.id(),
        r.number(),
        r.startedAt(),
        r.endedAt(),
        r.outcome(),
        r.quality(),
        rows,
        r.visits(),
        r.handedOn());
  }

  static RecordedCall visits(RecordedCall r, List<Visit> visits) {
    return new RecordedCall(
        r.id(),
        r.number(),
        r.startedAt(),
        r.endedAt(),
        r.outcome(),
        r.quality(),
        r.missedRows(),
        visits,
        r.handedOn());
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
