package cti.testbed.faults;

import static cti.testbed.faults.Compared.ID;
import static cti.testbed.faults.Compared.NUMBER;
import static cti.testbed.faults.Compared.at;
import static cti.testbed.faults.Compared.attempt;
import static cti.testbed.faults.Compared.attempts;
import static cti.testbed.faults.Compared.compare;
import static cti.testbed.faults.Compared.millis;
import static cti.testbed.faults.Compared.missed;
import static cti.testbed.faults.Compared.record;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.testbed.faults.Difference.Kind;
import cti.testbed.faults.GatewayCall.Ring;
import cti.testbed.faults.GatewayCall.Span;
import cti.testbed.faults.GatewayCall.Stay;
import cti.testbed.faults.RecordedCall.Attempt;
import cti.testbed.faults.RecordedCall.Visit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Callers whom nobody answered: offers that were taken back, and the one missed call. */
class UnansweredComparisonTest {
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
}
