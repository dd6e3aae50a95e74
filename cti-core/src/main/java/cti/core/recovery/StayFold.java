package cti.core.recovery;

import cti.core.call.ClearedBy;
import cti.core.call.QueueOutcome;
import cti.core.call.RingOutcome;
import cti.core.id.ChannelId;
import cti.core.id.QueueName;
import cti.core.recovery.LoggedRing.Talk;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Makes stays of the lines that queue_log has of one call, in their order; the legs of the call
 * detail records make their times exact and name the phones. A line whose beginning is missing is
 * taken by its own durations; a line of an unknown event is passed over.
 */
final class StayFold {
  /** queue_log cuts a moment down to its second, and is written a little later. */
  private static final Duration BEFORE = Duration.ofMillis(500);

  private static final Duration AFTER = Duration.ofMillis(1_500);
  private static final Duration SAME_RING = Duration.ofMillis(2_500);

  private final List<Leg> legs;
  private final Optional<Instant> callEnd;
  private final List<Draft> stays = new ArrayList<>();

  /**
   * @param legs not yet told of; used up
   * @param callEnd the end of the last channel, where it is known
   */
  StayFold(List<Leg> legs, Optional<Instant> callEnd) {
    this.legs = legs;
    this.callEnd = callEnd;
  }

  /** Whether an event leaves the caller neither waiting nor talking. */
  static boolean ends(String event) {
    return switch (event) {
      case "ABANDON",
          "COMPLETEAGENT",
          "COMPLETECALLER",
          "BLINDTRANSFER",
          "ATTENDEDTRANSFER",
          "EXITWITHTIMEOUT",
          "EXITEMPTY",
          "EXITWITHKEY",
          "WITHDRAW" ->
          true;
      default -> false;
    };
  }

  void take(QueueLogEntry entry) {
    if (entry.queue().isBlank()) {
      return;
    }
    Instant at = entry.at();
    switch (entry.event()) {
      case "ENTERQUEUE" -> stays.add(new Draft(entry.queue(), at, (int) entry.number(2)));
      case "RINGNOANSWER" -> rang(entry, RingOutcome.NO_ANSWER);
      case "RINGCANCELED" -> rang(entry, RingOutcome.CALLER_GONE);
      case "CONNECT" -> connected(entry);
      case "COMPLETEAGENT" -> completed(entry, ClearedBy.AGENT, 0, 1);
      case "COMPLETECALLER" -> completed(entry, ClearedBy.CALLER, 0, 1);
      // Extension, context, then the two times; the kinds of an attended transfer put more between.
      case "BLINDTRANSFER" -> completed(entry, ClearedBy.UNKNOWN, 2, 3);
      case "ATTENDEDTRANSFER" ->
          completed(entry, ClearedBy.UNKNOWN, entry.data().size() - 3, entry.data().size() - 2);
      case "ABANDON" -> left(entry, QueueOutcome.ABANDONED, entry.number(2), true);
      case "EXITWITHTIMEOUT" -> left(entry, QueueOutcome.TIMED_OUT, entry.number(2), false);
      case "EXITEMPTY" -> left(entry, QueueOutcome.NO_AGENTS, entry.number(2), false);
      case "EXITWITHKEY" -> left(entry, QueueOutcome.LEFT_BY_KEY, entry.number(3), false);
      case "WITHDRAW" -> left(entry, QueueOutcome.OVERFLOWED, entry.number(2), false);
      default -> {
        // Nothing that makes or ends a stay: an announcement, a position, a later version's event.
      }
    }
  }

  /** The stays, with the phones that rang and that queue_log does not speak of. */
  List<LoggedStay> stays() {
    for (Draft stay : stays) {
      Instant until = stay.leftAt.orElse(callEnd.orElse(Instant.MAX));
      for (Leg leg : List.copyOf(legs)) {
        boolean within =
            !leg.startedAt().isBefore(stay.enteredAt.minus(BEFORE))
                && leg.startedAt().isBefore(until);
        if (within) {
          legs.remove(leg);
          stay.rings.add(untold(leg, stay));
        }
      }
      stay.rings.sort(Comparator.comparing(LoggedRing::startedAt));
    }
    for (int i = 0; i + 1 < stays.size(); i++) {
      stays.get(i).followedBy(stays.get(i + 1));
    }
    return stays.stream().map(Draft::stay).toList();
  }

  private static LoggedRing untold(Leg leg, Draft stay) {
    boolean callerGone =
        stay.callerLeft
            && stay.leftAt.filter(left -> !leg.endedAt().isBefore(left.minus(BEFORE))).isPresent();
    return new LoggedRing(
        Optional.empty(),
        Optional.of(leg.phone()),
        Optional.of(leg.channel()),
        leg.startedAt(),
        leg.endedAt(),
        callerGone ? RingOutcome.CALLER_GONE : leg.refusal(),
        Optional.empty());
  }

  private void rang(QueueLogEntry entry, RingOutcome outcome) {
    Draft stay = stay(entry, 0);
    Instant logged = entry.at();
    Optional<Leg> leg = takeLeg(entry.member(), logged, false);
    stay.rings.add(
        new LoggedRing(
            member(entry),
            leg.map(Leg::phone),
            leg.map(Leg::channel),
            leg.map(Leg::startedAt).orElse(logged.minusMillis(entry.number(0))),
            exact(logged, leg.map(Leg::endedAt)),
            outcome == RingOutcome.NO_ANSWER ? leg.map(Leg::refusal).orElse(outcome) : outcome,
            Optional.empty()));
  }

  private void connected(QueueLogEntry entry) {
    Draft stay = stay(entry, entry.number(0));
    Optional<Leg> leg = takeLeg(entry.member(), entry.at(), true);
    Instant answered = exact(entry.at(), leg.flatMap(Leg::answeredAt));
    answered = answered.isBefore(stay.enteredAt) ? stay.enteredAt : answered;
    String channel = entry.text(1);
    stay.rings.add(
        new LoggedRing(
            member(entry),
            leg.map(Leg::phone),
            channel.isEmpty() ? leg.map(Leg::channel) : Optional.of(new ChannelId(channel)),
            leg.map(Leg::startedAt).orElse(entry.at().minusSeconds(entry.number(2))),
            answered,
            RingOutcome.ANSWERED,
            Optional.of(new Talk(answered, Optional.empty(), ClearedBy.UNKNOWN))));
    stay.talkLeg = leg;
    stay.end(QueueOutcome.ANSWERED, answered, false);
  }

  private void completed(QueueLogEntry entry, ClearedBy by, int hold, int talk) {
    long talked = hold < 0 ? 0 : entry.number(talk);
    Draft stay = stay(entry, (hold < 0 ? 0 : entry.number(hold)) + talked);
    Instant logged = entry.at();
    if (stay.rings.stream().noneMatch(ring -> ring.talk().isPresent())) {
      connected(
          new QueueLogEntry(
              logged.minusSeconds(talked),
              entry.call(),
              entry.queue(),
              entry.member(),
              "CONNECT",
              List.of(Long.toString(hold < 0 ? 0 : entry.number(hold)))));
    }
    stay.rings.replaceAll(
        ring ->
            ring.talk()
                .map(begun -> ended(ring, begun, exact(logged, stay.talkEnd()), by))
                .orElse(ring));
  }

  private static LoggedRing ended(LoggedRing ring, Talk begun, Instant end, ClearedBy by) {
    Instant at = end.isBefore(begun.answeredAt()) ? begun.answeredAt() : end;
    return new LoggedRing(
        ring.member(),
        ring.extension(),
        ring.leg(),
        ring.startedAt(),
        ring.endedAt(),
        ring.outcome(),
        Optional.of(new Talk(begun.answeredAt(), Optional.of(at), by)));
  }

  private void left(QueueLogEntry entry, QueueOutcome outcome, long waited, boolean byCaller) {
    Draft stay = stay(entry, waited);
    Instant at = byCaller ? exact(entry.at(), callEnd) : entry.at();
    stay.end(outcome, at.isBefore(stay.enteredAt) ? stay.enteredAt : at, byCaller);
  }

  /** The stay that a line is about; one whose beginning is missing began so many seconds before. */
  private Draft stay(QueueLogEntry entry, long secondsBefore) {
    for (Draft known : stays.reversed()) {
      // Not only the last: a talk that ended by a transfer to a desk is told behind its ENTERQUEUE.
      if (known.queue.equals(entry.queue())) {
        return known;
      }
    }
    Draft missing = new Draft(entry.queue(), entry.at().minusSeconds(secondsBefore), 0);
    stays.add(missing);
    return missing;
  }

  private static Optional<String> member(QueueLogEntry entry) {
    return Optional.of(entry.member()).filter(name -> !name.isBlank() && !name.equals("NONE"));
  }

  /** The leg that a line is about, by its moment; a member named after a phone has only that. */
  private Optional<Leg> takeLeg(String member, Instant logged, boolean answered) {
    Optional<Leg> found =
        legs.stream()
            .filter(leg -> leg.answeredAt().isPresent() == answered)
            .filter(leg -> near(answered ? leg.answeredAt().orElseThrow() : leg.endedAt(), logged))
            .min(
                Comparator.comparing((Leg leg) -> !leg.phone().value().equals(member))
                    .thenComparing(Leg::startedAt));
    found.ifPresent(legs::remove);
    return found;
  }

  private static boolean near(Instant exact, Instant logged) {
    return Duration.between(logged, exact).abs().compareTo(SAME_RING) <= 0;
  }

  private static Instant exact(Instant logged, Optional<Instant> exact) {
    return exact
        .filter(at -> !at.isBefore(logged.minus(BEFORE)) && !at.isAfter(logged.plus(AFTER)))
        .orElse(logged);
  }

  /** A stay while its lines are read. */
  private static final class Draft {
    private final String queue;
    private final Instant enteredAt;
    private final int position;
    private final List<LoggedRing> rings = new ArrayList<>();
    private Optional<QueueOutcome> outcome = Optional.empty();
    private Optional<Instant> leftAt = Optional.empty();
    private Optional<Leg> talkLeg = Optional.empty();
    private boolean callerLeft;

    Draft(String queue, Instant enteredAt, int position) {
      this.queue = queue;
      this.enteredAt = enteredAt;
      this.position = position;
    }

    void end(QueueOutcome how, Instant at, boolean byCaller) {
      outcome = Optional.of(how);
      leftAt = Optional.of(at);
      callerLeft = byCaller;
    }

    /** A time limit that was followed by another queue was no end. */
    void followedBy(Draft next) {
      if (outcome.equals(Optional.of(QueueOutcome.TIMED_OUT)) && !next.queue.equals(queue)) {
        outcome = Optional.of(rings.isEmpty() ? QueueOutcome.OVERFLOWED : QueueOutcome.TIMED_OUT);
      }
    }

    Optional<Instant> talkEnd() {
      return talkLeg.map(Leg::endedAt);
    }

    LoggedStay stay() {
      Optional<QueueOutcome> judged =
          outcome.map(
              how ->
                  switch (how) {
                    // Offered to somebody and answered by nobody, however it ended.
                    case ABANDONED, TIMED_OUT, LEFT_BY_KEY, NO_AGENTS ->
                        rings.isEmpty() ? how : QueueOutcome.AGENT_NO_ANSWER;
                    case ANSWERED, AGENT_NO_ANSWER, FULL, CLOSED, OVERFLOWED, GATEWAY_LOST -> how;
                  });
      return new LoggedStay(
          new QueueName(queue), enteredAt, position, rings, judged, leftAt, callerLeft);
    }
  }
}
