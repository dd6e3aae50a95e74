package cti.testbed.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.testbed.faults.Difference.Kind;
import cti.testbed.faults.GatewayCall.Ring;
import cti.testbed.faults.GatewayCall.Span;
import cti.testbed.faults.GatewayCall.Stay;
import cti.testbed.faults.RecordedCall.Attempt;
import cti.testbed.faults.RecordedCall.HandedOn;
import cti.testbed.faults.RecordedCall.Part;
import cti.testbed.faults.RecordedCall.Visit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each kind of difference is found, and none is found where both tell the same. */
class ComparisonTest {
  private static final Instant BEGIN = Instant.parse("2026-11-21T22:00:00Z");
  private static final String ID = "1795300493.147";
  private static final String NUMBER = "12400000007";

  private static Instant at(double seconds) {
    return BEGIN.plusMillis((long) (seconds * 1000));
  }

  private static Duration millis(long millis) {
    return Duration.ofMillis(millis);
  }

  /** Waited 6 s: one phone rang 4.1 s in vain, the next 0.5 s; talked 5.6 s. */
  private static GatewayCall answered() {
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

  private static RecordedCall answeredOnRecord() {
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

  private static RecordedCall record(String outcome, int missed, List<Visit> visits) {
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

  private static Attempt attempt(
      String who, String outcome, long rang, long talked, Optional<String> by) {
    return new Attempt(who, Optional.of(outcome), by, millis(rang), millis(talked));
  }

  private static Comparison compare(GatewayCall gateway, RecordedCall... recorded) {
    return Comparison.of(List.of(gateway), List.of(recorded), false);
  }

  @Test
  void whatIsTheSameIsNoDifference() {
    Comparison comparison = compare(answered(), answeredOnRecord());

    assertEquals(List.of(), comparison.differences());
    assertEquals(Duration.ZERO, comparison.worst());
  }

  @Test
  void theWorstTimeIsToldAlsoWhereItIsWithinASecond() {
    RecordedCall record = answeredOnRecord();
    Comparison comparison =
        compare(
            answered(),
            new RecordedCall(
                ID,
                NUMBER,
                at(0.2),
                Optional.of(at(15.4)),
                record.outcome(),
                "recovered",
                0,
                record.visits(),
                HandedOn.NEVER));

    assertEquals(List.of(), comparison.differences());
    assertEquals(millis(700), comparison.worst());
  }

  /** A change of a sound record and the difference that it must make. */
  private record Damage(String what, Kind kind, UnaryOperator<RecordedCall> change) {}

  @TestFactory
  Stream<DynamicTest> everyDamageToARecordIsFound() {
    return Stream.of(
            new Damage("no end", Kind.OPEN, r -> with(r, r.outcome(), Optional.empty())),
            new Damage("no outcome", Kind.OPEN, r -> with(r, Optional.empty(), r.endedAt())),
            new Damage(
                "another outcome",
                Kind.OUTCOME,
                r -> with(r, Optional.of("abandoned-in-queue"), r.endedAt())),
            new Damage("lost track of it", Kind.OUTCOME, r -> quality(r, "lost-track")),
            new Damage(
                "another number",
                Kind.OUTCOME,
                r ->
                    new RecordedCall(
                        r.id(),
                        "12000000099",
                        r.startedAt(),
                        r.endedAt(),
                        r.outcome(),
                        r.quality(),
                        0,
                        r.visits(),
                        r.handedOn())),
            new Damage(
                "too long",
                Kind.DURATION,
                r -> with(r, r.outcome(), r.endedAt().map(end -> end.plusMillis(1_001)))),
            new Damage("a missed call", Kind.MISSED_CALL, r -> missed(r, 1)),
            new Damage("no stay", Kind.STAYS, r -> visits(r, List.of())),
            new Damage(
                "a stay twice",
                Kind.STAYS,
                r -> visits(r, List.of(r.visits().getFirst(), r.visits().getFirst()))),
            new Damage(
                "another queue",
                Kind.STAYS,
                r ->
                    visit(r, v -> new Visit("cti-load-sg", v.outcome(), v.waited(), v.attempts()))),
            new Damage(
                "another end of the stay",
                Kind.OUTCOME,
                r ->
                    visit(
                        r,
                        v ->
                            new Visit(
                                v.queue(), Optional.of("abandoned"), v.waited(), v.attempts()))),
            new Damage(
                "too long a wait",
                Kind.DURATION,
                r -> visit(r, v -> new Visit(v.queue(), v.outcome(), millis(8_001), v.attempts()))),
            new Damage(
                "too short a wait",
                Kind.DURATION,
                r -> visit(r, v -> new Visit(v.queue(), v.outcome(), millis(3_999), v.attempts()))),
            new Damage("an offer less", Kind.STAYS, r -> attempts(r, a -> a.subList(1, 2))),
            new Damage(
                "an offer that ended otherwise",
                Kind.STAYS,
                r -> attempt(r, 0, attempt("2101", "caller-gone", 4_100, 0, Optional.empty()))),
            new Damage(
                "too long a ring",
                Kind.DURATION,
                r -> attempt(r, 0, attempt("2101", "no-answer", 5_101, 0, Optional.empty()))),
            new Damage(
                "too short a talk",
                Kind.DURATION,
                r -> attempt(r, 1, attempt("2102", "answered", 500, 4_599, Optional.of("agent")))),
            new Damage(
                "another agent",
                Kind.OUTCOME,
                r -> attempt(r, 1, attempt("2103", "answered", 500, 5_600, Optional.of("agent")))),
            new Damage(
                "hung up by the other side",
                Kind.OUTCOME,
                r -> attempt(r, 1, attempt("2102", "answered", 500, 5_600, Optional.of("caller")))),
            new Damage(
                "the talk at another offer",
                Kind.OUTCOME,
                r ->
                    attempts(
                        r,
                        a ->
                            List.of(
                                attempt("2101", "answered", 4_100, 5_600, Optional.of("agent")),
                                attempt("2102", "no-answer", 500, 0, Optional.empty())))))
        .map(
            damage ->
                DynamicTest.dynamicTest(
                    damage.what(),
                    () -> {
                      Comparison comparison =
                          compare(answered(), damage.change().apply(answeredOnRecord()));
                      assertTrue(
                          comparison.count(damage.kind()) > 0,
                          "expected %s, found %s"
                              .formatted(damage.kind(), comparison.differences()));
                    }));
  }

  private static GatewayCall transferred() {
    GatewayCall call = answered();
    Stay stay = call.stays().getFirst();
    Stay handsOn =
        new Stay(
            stay.queue(),
            stay.enteredAt(),
            stay.end(),
            stay.member(),
            stay.waitSeconds(),
            stay.ringsInVain(),
            Optional.of("BLINDTRANSFER"),
            stay.rings());
    Ring target = new Ring("8157", at(15), Optional.of(at(16)), at(20));
    return new GatewayCall(
        call.id(),
        call.number(),
        call.span(),
        List.of(handsOn),
        List.of(new GatewayCall.HandedOn(GatewayCall.Role.TRANSFERRED_TO, target)));
  }

  private static RecordedCall handedOn(HandedOn handedOn) {
    RecordedCall r = answeredOnRecord();
    return new RecordedCall(
        r.id(),
        r.number(),
        r.startedAt(),
        r.endedAt(),
        r.outcome(),
        r.quality(),
        r.missedRows(),
        r.visits(),
        handedOn);
  }

  @Test
  void whoWasHandedOnIsOnRecordAsSuch() {
    Part part = new Part("transferred-to", "8157", true, millis(4_000));

    assertEquals(
        List.of(), compare(transferred(), handedOn(new HandedOn(1, List.of(part)))).differences());
    for (HandedOn wrong :
        List.of(
            HandedOn.NEVER,
            new HandedOn(1, List.of()),
            new HandedOn(2, List.of(part)),
            new HandedOn(1, List.of(part, part)),
            new HandedOn(1, List.of(new Part("transferred-to", "8158", true, millis(4_000)))),
            new HandedOn(1, List.of(new Part("consulted", "8157", true, millis(4_000)))),
            new HandedOn(1, List.of(new Part("transferred-to", "8157", false, Duration.ZERO))))) {
      assertEquals(
          1, compare(transferred(), handedOn(wrong)).count(Kind.TRANSFER), wrong.toString());
    }
    HandedOn tooLong =
        new HandedOn(1, List.of(new Part("transferred-to", "8157", true, millis(5_001))));
    assertEquals(1, compare(transferred(), handedOn(tooLong)).count(Kind.DURATION));
    assertEquals(
        1, compare(answered(), handedOn(new HandedOn(1, List.of(part)))).count(Kind.TRANSFER));
  }

  @Test
  void aCallThatIsNotOnRecordIsMissing() {
    assertEquals(1, compare(answered()).count(Kind.MISSING));
  }

  @Test
  void aCallerWhoIsOnRecordTwiceIsDouble() {
    RecordedCall other =
        new RecordedCall(
            "1795300600.1",
            NUMBER,
            at(0.2),
            Optional.of(at(14.7)),
            Optional.of("lost-track"),
            "lost-track",
            0,
            List.of(),
            HandedOn.NEVER);

    assertEquals(1, compare(answered(), answeredOnRecord(), other).count(Kind.DOUBLE));
    assertEquals(
        1,
        Comparison.of(List.of(answered()), List.of(answeredOnRecord(), other), true)
            .count(Kind.DOUBLE));
    assertEquals(1, compare(answered(), answeredOnRecord(), answeredOnRecord()).count(Kind.DOUBLE));
  }

  @Test
  void aCallThatTheGatewayDoesNotKnowIsInventedUnlessTheGatewayDiedWithIt() {
    RecordedCall lost = quality(visits(answeredOnRecord(), List.of()), "lost-track");

    assertEquals(1, Comparison.of(List.of(), List.of(lost), false).count(Kind.INVENTED));
    assertEquals(List.of(), Comparison.of(List.of(), List.of(lost), true).differences());
    assertEquals(
        1, Comparison.of(List.of(), List.of(answeredOnRecord()), true).count(Kind.INVENTED));
  }

  @Test
  void aCallWithoutAnEndInTheGatewaysLogsIsAFaultOfTheLogs() {
    assertEquals(1, compare(died(), lostOnRecord()).count(Kind.LOG));
  }

  @Test
  void aCallThatDiedWithTheGatewayIsLostTrackAndNothingElse() {
    assertEquals(
        List.of(), Comparison.of(List.of(died()), List.of(lostOnRecord()), true).differences());
    RecordedCall guessed = quality(lostOnRecord(), "recovered");
    assertTrue(Comparison.of(List.of(died()), List.of(guessed), true).count(Kind.OUTCOME) > 0);
    RecordedCall abandoned =
        visit(
            lostOnRecord(),
            v -> new Visit(v.queue(), Optional.of("abandoned"), v.waited(), List.of()));
    assertTrue(Comparison.of(List.of(died()), List.of(abandoned), true).count(Kind.OUTCOME) > 0);
  }

  private static GatewayCall died() {
    Stay stay =
        new Stay(
            "cti-load-gz",
            at(3),
            Optional.empty(),
            Optional.empty(),
            0,
            0,
            Optional.empty(),
            List.of());
    return new GatewayCall(ID, NUMBER, Optional.empty(), List.of(stay), List.of());
  }

  private static RecordedCall lostOnRecord() {
    return new RecordedCall(
        ID,
        NUMBER,
        at(0.2),
        Optional.of(at(9)),
        Optional.of("lost-track"),
        "lost-track",
        0,
        List.of(new Visit("cti-load-gz", Optional.of("gateway-lost"), millis(4_000), List.of())),
        HandedOn.NEVER);
  }

  /** How a caller left whom nobody answered: what the gateway has, and what must be on record. */
  private record Left(
      String what, String end, int inVain, int rings, String outcome, String visitOutcome) {}

  /**
   * The caller left in the moment of the offer: RINGCANCELED, and no leg that dialled the phone.
   */
  @Test
  void anOfferThatWasTakenBackAtOnceNeedsNoLeg() {
    Left left = new Left("at once", "ABANDON", 0, 0, "abandoned-in-queue", "agent-no-answer");
    for (String outcome : List.of("abandoned-in-queue", "abandoned-ringing")) {
      RecordedCall atOnce =
          attempts(
              recorded(left, outcome, 1),
              none -> List.of(attempt("2101", "no-answer", 4, 0, Optional.empty())));
      assertEquals(List.of(), compare(gateway(left), atOnce).differences());
    }
    RecordedCall rang =
        attempts(
            recorded(left, "abandoned-ringing", 1),
            none -> List.of(attempt("2101", "no-answer", 900, 0, Optional.empty())));
    assertTrue(compare(gateway(left), rang).count(Kind.STAYS) > 0);
  }

  /** Seen on a gateway out of breath: its channel took more than a second to come to no phone. */
  @Test
  void anOfferThatWasTakenBackNeedsNoLegHoweverLongItTook() {
    Left left = new Left("late", "ABANDON", 0, 0, "abandoned-in-queue", "agent-no-answer");
    RecordedCall offered =
        attempts(
            recorded(left, "abandoned-ringing", 1),
            none -> List.of(attempt("2101", "caller-gone", 1_361, 0, Optional.empty())));
    assertEquals(List.of(), compare(cancelled(gateway(left), "2101"), offered).differences());
    assertFalse(compare(cancelled(gateway(left), "2102"), offered).differences().isEmpty());
  }

  /** app_queue counts the ring as taken back, the phone was busy in the same moment. */
  @Test
  void aPhoneThatRefusedAsTheCallerLeftMayBeOnRecordAsRefused() {
    Left left = new Left("refused", "ABANDON", 1, 2, "abandoned-ringing", "agent-no-answer");
    RecordedCall refused =
        attempts(
            recorded(left, "abandoned-in-queue", 1),
            both -> List.of(both.getFirst(), attempt("2101", "busy", 900, 0, Optional.empty())));
    assertEquals(List.of(), compare(cancelled(gateway(left), "2101"), refused).differences());
    assertFalse(compare(gateway(left), refused).differences().isEmpty());
  }

  /** Seen on a gateway that stood still: the offer ended before its phone was dialled. */
  @Test
  void anOfferThatReachedNoPhoneAsTheCallerLeftIsNoRingInVain() {
    Left left = new Left("frozen", "ABANDON", 0, 0, "abandoned-in-queue", "agent-no-answer");
    RecordedCall offered =
        attempts(
            recorded(left, "abandoned-in-queue", 1),
            none -> List.of(attempt("2101", "no-answer", 0, 0, Optional.empty())));
    assertEquals(List.of(), compare(cancelled(gateway(left), "2101"), offered).differences());
    assertEquals(List.of(), compare(gateway(left), offered).differences());
  }

  /** The phone that was offered last, in vain for want of time, had refused once before. */
  @Test
  void aRefusalBeforeTheOfferThatWasTakenBackIsARingInVain() {
    Left left = new Left("again", "ABANDON", 1, 1, "abandoned-in-queue", "agent-no-answer");
    RecordedCall refused =
        attempts(
            recorded(left, "abandoned-in-queue", 1),
            one -> List.of(attempt("2101", "busy", 900, 0, Optional.empty())));
    assertEquals(List.of(), compare(cancelled(gateway(left), "2101"), refused).differences());
  }

  private static GatewayCall cancelled(GatewayCall call, String member) {
    Stay stay = call.stays().getFirst();
    return new GatewayCall(
        call.id(),
        call.number(),
        call.span(),
        List.of(
            new Stay(
                stay.queue(),
                stay.enteredAt(),
                stay.end(),
                stay.member(),
                stay.waitSeconds(),
                stay.ringsInVain(),
                stay.completedBy(),
                stay.rings(),
                List.of(member),
                stay.connectedAt())),
        call.handedOn());
  }

  @TestFactory
  Stream<DynamicTest> whoWasNotAnsweredIsOneMissedCall() {
    return Stream.of(
            new Left("waiting", "ABANDON", 0, 0, "abandoned-in-queue", "abandoned"),
            new Left("while a phone rang", "ABANDON", 0, 1, "abandoned-ringing", "agent-no-answer"),
            new Left("after two rings", "ABANDON", 2, 2, "abandoned-in-queue", "agent-no-answer"),
            new Left("in the third ring", "ABANDON", 2, 3, "abandoned-ringing", "agent-no-answer"),
            new Left("at the limit", "EXITWITHTIMEOUT", 0, 0, "not-answered", "timed-out"),
            new Left(
                "rung to the limit", "EXITWITHTIMEOUT", 1, 1, "not-answered", "agent-no-answer"),
            new Left("with the last agent", "EXITEMPTY", 0, 0, "not-answered", "no-agents"))
        .flatMap(
            left ->
                Stream.of("abandoned-in-queue", "abandoned-ringing", "not-answered", "answered")
                    .map(
                        outcome ->
                            DynamicTest.dynamicTest(
                                left.what() + " on record as " + outcome,
                                () -> {
                                  Comparison comparison =
                                      compare(gateway(left), recorded(left, outcome, 1));
                                  assertEquals(
                                      outcome.equals(left.outcome())
                                          ? List.of()
                                          : List.of(Kind.OUTCOME),
                                      comparison.differences().stream()
                                          .map(Difference::kind)
                                          .toList());
                                  assertEquals(
                                      1,
                                      compare(gateway(left), recorded(left, outcome, 0))
                                          .count(Kind.MISSED_CALL));
                                  assertEquals(
                                      1,
                                      compare(gateway(left), recorded(left, outcome, 2))
                                          .count(Kind.MISSED_CALL));
                                })));
  }

  private static GatewayCall gateway(Left left) {
    List<Ring> rings =
        Stream.iterate(0, i -> i + 1)
            .limit(left.rings())
            .map(i -> new Ring("810" + i, at(3 + i), Optional.empty(), at(3.9 + i)))
            .toList();
    Stay stay =
        new Stay(
            "cti-load-gz",
            at(3),
            Optional.of(left.end()),
            Optional.empty(),
            5,
            left.inVain(),
            Optional.empty(),
            rings);
    return new GatewayCall(
        ID, NUMBER, Optional.of(new Span(at(0.2), at(14.7))), List.of(stay), List.of());
  }

  private static RecordedCall recorded(Left left, String outcome, int missed) {
    List<Attempt> attempts =
        Stream.iterate(0, i -> i + 1)
            .limit(left.rings())
            .map(
                i ->
                    attempt(
                        "210" + i,
                        i < left.inVain() ? "busy" : "caller-gone",
                        900,
                        0,
                        Optional.empty()))
            .toList();
    return record(
        outcome,
        missed,
        List.of(
            new Visit("cti-load-gz", Optional.of(left.visitOutcome()), millis(5_000), attempts)));
  }

  private static RecordedCall with(
      RecordedCall r, Optional<String> outcome, Optional<Instant> endedAt) {
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

  private static RecordedCall quality(RecordedCall r, String quality) {
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

  private static RecordedCall missed(RecordedCall r, int rows) {
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

  private static RecordedCall visits(RecordedCall r, List<Visit> visits) {
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

  private static RecordedCall visit(RecordedCall r, UnaryOperator<Visit> change) {
    return visits(r, r.visits().stream().map(change).toList());
  }

  private static RecordedCall attempts(RecordedCall r, UnaryOperator<List<Attempt>> change) {
    return visit(r, v -> new Visit(v.queue(), v.outcome(), v.waited(), change.apply(v.attempts())));
  }

  private static RecordedCall attempt(RecordedCall r, int place, Attempt attempt) {
    return attempts(
        r,
        a ->
            Stream.iterate(0, i -> i + 1)
                .limit(a.size())
                .map(i -> i == place ? attempt : a.get(i))
                .toList());
  }
}
