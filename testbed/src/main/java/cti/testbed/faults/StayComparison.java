package cti.testbed.faults;

import cti.testbed.faults.GatewayCall.Ring;
import cti.testbed.faults.GatewayCall.Stay;
import cti.testbed.faults.RecordedCall.Attempt;
import cti.testbed.faults.RecordedCall.Visit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The stays of one call in queues, and the phones that rang for it. */
final class StayComparison {
  /** What a time on record may be off. */
  static final Duration TOLERANCE = Duration.ofSeconds(1);

  /** Nor needs one that was taken back so soon a line of its own. */
  private static final Duration AT_ONCE = Duration.ofMillis(100);

  private static final Duration CUT_TO_SECONDS = Duration.ofSeconds(1);
  private static final Set<String> IN_VAIN = Set.of("no-answer", "busy", "rejected", "unavailable");

  private final Differs differs;
  private final Timed timed;

  /** Notes a difference. */
  @FunctionalInterface
  interface Differs {
    void note(Difference.Kind kind, String call, String number, String sentence);
  }

  /** Holds a time on record against the gateway's. */
  @FunctionalInterface
  interface Timed {
    void check(
        GatewayCall call, String what, Duration recorded, Duration gateway, Duration granularity);
  }

  StayComparison(Differs differs, Timed timed) {
    this.differs = differs;
    this.timed = timed;
  }

  /** Phones that still rang when the caller left: dialled, and app_queue has no line of them. */
  static int callerGone(Stay stay) {
    return Math.max(0, stay.rings().size() - stay.ringsInVain() - (stay.answered() ? 1 : 0));
  }

  /**
   * The offers for which a phone was dialled. A caller may leave in the moment of one: app_queue
   * has made it (RINGCANCELED), and hangs up before its channel has dialled the phone, so that no
   * call detail record tells of a phone.
   */
  static List<Attempt> dialled(Stay stay, Visit visit) {
    List<Attempt> dialled = new ArrayList<>(visit.attempts());
    List<String> cancelled = new ArrayList<>(stay.cancelled());
    for (int i = dialled.size() - 1; i >= 0 && dialled.size() > stay.rings().size(); i--) {
      Attempt offer = dialled.get(i);
      boolean callerGone = offer.outcome().filter("caller-gone"::equals).isPresent();
      boolean atOnce = !offer.answered() && offer.rang().compareTo(AT_ONCE) < 0;
      if (callerGone && cancelled.remove(offer.who()) || atOnce) {
        dialled.remove(i);
      }
    }
    return List.copyOf(dialled);
  }

  /**
   * The caller left in the moment in which the last phone refused: app_queue counts the ring as
   * taken back (RINGCANCELED), the phone's answer may be on record all the same.
   */
  static boolean refusedAtTheEnd(Stay stay, List<Attempt> attempts) {
    if (attempts.isEmpty()) {
      return false;
    }
    Attempt last = attempts.getLast();
    return stay.cancelled().contains(last.who())
        && last.outcome().filter(IN_VAIN::contains).isPresent();
  }

  void compare(GatewayCall call, RecordedCall record, List<Visit> visits) {
    if (visits.size() != call.stays().size()) {
      note(call, Difference.Kind.STAYS, "stays %s, on record %s".formatted(call.stays(), visits));
      return;
    }
    for (int i = 0; i < visits.size(); i++) {
      Visit visit = visits.get(i);
      Stay stay = call.stays().get(i);
      if (!visit.queue().equals(stay.queue())) {
        note(call, Difference.Kind.STAYS, "stay %s, on record %s".formatted(stay, visit));
      } else {
        boolean goesOn =
            i + 1 < visits.size() && !call.stays().get(i + 1).queue().equals(stay.queue());
        compare(call, record, stay, visit, goesOn);
      }
    }
  }

  private void compare(
      GatewayCall call, RecordedCall record, Stay stay, Visit visit, boolean goesOn) {
    if (stay.end().isEmpty()) {
      // The gateway died: nobody knows more than that it began.
      if (!visit.outcome().equals(Optional.of("gateway-lost")) || !record.lostTrack()) {
        note(
            call,
            Difference.Kind.OUTCOME,
            "%s: queue_log has no end, on record %s, %s"
                .formatted(stay.queue(), visit.outcome(), record.quality()));
      }
      return;
    }
    String expected = outcome(stay, goesOn);
    boolean offeredOnly = dialled(stay, visit).size() < visit.attempts().size();
    if (!visit.outcome().equals(Optional.of(expected))
        && !(offeredOnly && visit.outcome().equals(Optional.of("agent-no-answer")))) {
      note(
          call,
          Difference.Kind.OUTCOME,
          "%s: queue_log has %s and %d phones dialled, on record %s"
              .formatted(
                  stay.queue(),
                  stay.end().orElseThrow(),
                  stay.rings().size(),
                  visit.outcome().orElse("nothing")));
    }
    timed.check(
        call,
        "wait in " + stay.queue(),
        visit.waited(),
        Duration.ofSeconds(stay.waitSeconds()),
        CUT_TO_SECONDS);
    if (call.endIsLogged()) {
      rings(call, stay, visit);
    }
  }

  private static String outcome(Stay stay, boolean goesOn) {
    String end = stay.end().orElseThrow();
    boolean offered = !stay.rings().isEmpty() || stay.ringsInVain() > 0;
    return switch (end) {
      case "CONNECT" -> "answered";
      case "ABANDON" -> offered ? "agent-no-answer" : "abandoned";
      case "EXITWITHTIMEOUT" -> offered ? "agent-no-answer" : goesOn ? "overflowed" : "timed-out";
      case "EXITEMPTY" -> offered ? "agent-no-answer" : "no-agents";
      default -> throw new IllegalArgumentException("queue_log has an end " + end);
    };
  }

  private void rings(GatewayCall call, Stay stay, Visit visit) {
    List<Attempt> attempts = dialled(stay, visit);
    long inVain =
        attempts.stream().filter(a -> a.outcome().filter(IN_VAIN::contains).isPresent()).count();
    boolean same =
        inVain == stay.ringsInVain()
            || inVain == stay.ringsInVain() + 1 && refusedAtTheEnd(stay, attempts);
    if (attempts.size() != stay.rings().size() || !same) {
      note(
          call,
          Difference.Kind.STAYS,
          "%s: the gateway dialled %s, %d in vain; on record %s"
              .formatted(stay.queue(), stay.rings(), stay.ringsInVain(), attempts));
      return;
    }
    for (int i = 0; i < attempts.size(); i++) {
      ring(call, stay, stay.rings().get(i), attempts.get(i));
    }
  }

  private void ring(GatewayCall call, Stay stay, Ring ring, Attempt attempt) {
    timed.check(call, "ring of " + ring.extension(), attempt.rang(), ring.ringing(), Duration.ZERO);
    boolean talked = stay.answered() && ring.equals(stay.rings().getLast());
    if (attempt.answered() != talked) {
      note(
          call,
          Difference.Kind.OUTCOME,
          "%s: the gateway has %s, on record %s".formatted(stay.queue(), ring, attempt));
      return;
    }
    if (!talked) {
      return;
    }
    timed.check(
        call,
        "talk with " + attempt.who(),
        attempt.talked(),
        ring.talk().orElse(Duration.ZERO),
        Duration.ZERO);
    if (!stay.member().equals(Optional.of(attempt.who()))) {
      note(
          call,
          Difference.Kind.OUTCOME,
          "%s: queue_log has CONNECT with %s, on record %s"
              .formatted(stay.queue(), stay.member().orElse("nobody"), attempt.who()));
    }
    Optional<String> by =
        stay.completedBy()
            .filter(_ -> !stay.transferred())
            .map(event -> event.equals("COMPLETEAGENT") ? "agent" : "caller");
    if (by.isPresent() && !attempt.talkClearedBy().equals(by)) {
      note(
          call,
          Difference.Kind.OUTCOME,
          "%s: queue_log has %s, on record cleared by %s"
              .formatted(
                  stay.queue(),
                  stay.completedBy().orElseThrow(),
                  attempt.talkClearedBy().orElse("nobody")));
    }
  }

  private void note(GatewayCall call, Difference.Kind kind, String sentence) {
    differs.note(kind, call.id(), call.number(), sentence);
  }
}
