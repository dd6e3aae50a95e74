package cti.testbed.faults;

import static cti.testbed.faults.Compared.ID;
import static cti.testbed.faults.Compared.NUMBER;
import static cti.testbed.faults.Compared.answered;
import static cti.testbed.faults.Compared.answeredOnRecord;
import static cti.testbed.faults.Compared.at;
import static cti.testbed.faults.Compared.attempt;
import static cti.testbed.faults.Compared.attempts;
import static cti.testbed.faults.Compared.compare;
import static cti.testbed.faults.Compared.millis;
import static cti.testbed.faults.Compared.missed;
import static cti.testbed.faults.Compared.quality;
import static cti.testbed.faults.Compared.record;
import static cti.testbed.faults.Compared.visit;
import static cti.testbed.faults.Compared.visits;
import static cti.testbed.faults.Compared.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.testbed.faults.Difference.Kind;
import cti.testbed.faults.GatewayCall.Ring;
import cti.testbed.faults.GatewayCall.Stay;
import cti.testbed.faults.RecordedCall.HandedOn;
import cti.testbed.faults.RecordedCall.Part;
import cti.testbed.faults.RecordedCall.Visit;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each kind of difference is found, and none is found where both tell the same. */
class ComparisonTest {
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
    Stay handsOn = stay.completedBy("BLINDTRANSFER");
    Ring target = new Ring("8157", at(15), Optional.of(at(16)), at(20));
    return new GatewayCall(
        call.id(),
        call.number(),
        call.span(),
        List.of(handsOn),
        List.of(new GatewayCall.HandedOn(GatewayCall.Role.TRANSFERRED_TO, target)));
  }

  private static RecordedCall handedOn(HandedOn handedOn) {
    return Compared.handedOn(answeredOnRecord(), handedOn);
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
}
