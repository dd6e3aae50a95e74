package cti.core.recovery;

import cti.core.call.ClearedBy;
import cti.core.call.QueueOutcome;
import cti.core.call.RingOutcome;
import cti.core.call.TransferKind;
import cti.core.id.ChannelId;
import cti.core.id.QueueName;
import cti.core.recovery.LoggedRing.HandedOn;
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

  private final String caller;
  private final List<Leg> legs;
  private final Optional<Instant> callEnd;
  private final Optional<Instant> callerLeft;
  private final List<Draft> stays = new ArrayList<>();

  /**
   * @param caller the channel that all of the call share
   * @param legs not yet told of; used up
   * @param callEnd the end of the last channel, where it is known
   * @param callerLeft when nobody could talk to the caller any more, where it is known
   */
  StayFold(String caller, List<Leg> legs, Optional<Instant> callEnd, Optional<Instant> callerLeft) {
    this.caller = caller;
    this.legs = legs;
    this.callEnd = callEnd;
    this.callerLeft = callerLeft;
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
      case "ENTERQUEUE" ->
          stays.add(new Draft(entry.call(), entry.queue(), at, (int) entry.number(2)));
      case "RINGNOANSWER" -> rang(entry, RingOutcome.NO_ANSWER);
      case "RINGCANCELED" -> rang(entry, RingOutcome.CALLER_GONE);
      case "CONNECT" -> connected(entry);
      case "COMPLETEAGENT" -> completed(entry, ClearedBy.AGENT, 0, Optional.empty());
      case "COMPLETECALLER" -> completed(entry, ClearedBy.CALLER, 0, Optional.empty());
      // Extension, context, then the two times; the kinds of an attended transfer put more between.
      case "BLINDTRANSFER" -> handedOn(entry, TransferKind.BLIND, entry.text(0), 2);
      case "ATTENDEDTRANSFER" ->
          handedOn(entry, TransferKind.ATTENDED, "", entry.data().size() - 3);
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
    for (int i = 0; i < stays.size(); i++) {
      Draft left = stays.get(i);
      stays.stream()
          .skip(i + 1L)
          .filter(next -> next.waits.equals(left.waits))
          .findFirst()
          .ifPresent(left::followedBy);
    }
    return stays.stream().map(stay -> stay.stay(caller)).toList();
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
            // The phone rang as long as its leg was there: a gateway out of breath ends it late.
            leg.map(Leg::endedAt).orElse(logged),
            outcome == RingOutcome.NO_ANSWER ? leg.map(Leg::refusal).orElse(outcome) : outcome,
            Optional.empty()));
  }

  private void connected(QueueLogEntry entry) {
    Draft stay = stay(entry, entry.number(0));
    Optional<Leg> leg = takeLeg(entry.member(), entry.at(), true);
    // A gateway out of breath connects the two a second or more after the phone was answered.
    Instant answered = leg.flatMap(Leg::answeredAt).orElse(entry.at());
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
            Optional.of(
                new Talk(answered, Optional.empty(), ClearedBy.UNKNOWN, Optional.empty()))));
    stay.talkLeg = leg;
    stay.end(QueueOutcome.ANSWERED, answered, false);
  }

  private void handedOn(QueueLogEntry entry, TransferKind kind, String target, int hold) {
    completed(entry, ClearedBy.AGENT, hold, Optional.of(new HandedOn(kind, target)));
  }

  /**
   * @param hold where the time of the wait is among the data, followed by that of the talk
   */
  private void completed(QueueLogEntry entry, ClearedBy by, int hold, Optional<HandedOn> handedOn) {
    long talked = hold < 0 ? 0 : entry.number(hold + 1);
    Draft stay =
        talking(entry).orElseGet(() -> stay(entry, (hold < 0 ? 0 : entry.number(hold)) + talked));
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
    Instant end =
        by == ClearedBy.CALLER ? withTheCaller(stay, logged) : stay.talkEnd(logged).orElse(logged);
    stay.rings.replaceAll(
        ring -> ring.talk().map(begun -> ended(ring, begun, end, by, handedOn)).orElse(ring));
  }

  /** The agent's leg may linger behind a caller who has left: nobody talks there any more. */
  private Instant withTheCaller(Draft stay, Instant logged) {
    Optional<Instant> leg = stay.talkEnd(logged);
    return leg.map(
            end ->
                callerLeft
                    .filter(left -> left.isBefore(end) && !left.isBefore(logged.minus(BEFORE)))
                    .orElse(end))
        .orElseGet(() -> exact(logged, callerLeft));
  }

  private static LoggedRing ended(
      LoggedRing ring, Talk begun, Instant end, ClearedBy by, Optional<HandedOn> handedOn) {
    Instant at = end.isBefore(begun.answeredAt()) ? begun.answeredAt() : end;
    return new LoggedRing(
        ring.member(),
        ring.extension(),
        ring.leg(),
        ring.startedAt(),
        ring.endedAt(),
        ring.outcome(),
        Optional.of(new Talk(begun.answeredAt(), Optional.of(at), by, handedOn)));
  }

  private void left(QueueLogEntry entry, QueueOutcome outcome, long waited, boolean byCaller) {
    Draft stay = stay(entry, waited);
    Instant at = byCaller ? exact(entry.at(), callEnd) : entry.at();
    stay.end(outcome, at.isBefore(stay.enteredAt) ? stay.enteredAt : at, byCaller);
  }

  /** Who was handed back to the same queue waits there again before the end of the talk is told. */
  private Optional<Draft> talking(QueueLogEntry entry) {
    return stays.reversed().stream()
        .filter(stay -> stay.waits.equals(entry.call()) && stay.queue.equals(entry.queue()))
        .filter(
            stay ->
                stay.rings.stream()
                    .flatMap(ring -> ring.talk().stream())
                    .anyMatch(talk -> talk.endedAt().isEmpty()))
        .findFirst();
  }

  /** The stay that a line is about; one whose beginning is missing began so many seconds before. */
  private Draft stay(QueueLogEntry entry, long secondsBefore) {
    // A consultation waits in a queue of its own while the caller's talk goes on. Not only the last
    // stay: a talk that ended by a transfer to a desk is told behind its ENTERQUEUE.
    Optional<Draft> known =
        stays.reversed().stream()
            .filter(stay -> stay.waits.equals(entry.call()) && stay.queue.equals(entry.queue()))
            .findFirst();
    return known.orElseGet(
        () -> {
          Instant entered = entry.at().minusSeconds(secondsBefore);
          Draft missing = new Draft(entry.call(), entry.queue(), entered, 0);
          stays.add(missing);
          return missing;
        });
  }

  private static Optional<String> member(QueueLogEntry entry) {
    return Optional.of(entry.member()).filter(name -> !name.isBlank() && !name.equals("NONE"));
  }

  /**
   * The leg that a line is about, by its moment; a member named after a phone has only that. Of
   * several the first that began: a queue offers a caller to one after the other.
   */
  private Optional<Leg> takeLeg(String member, Instant logged, boolean answered) {
    Optional<Leg> found =
        legs.stream()
            .filter(leg -> answered ? answeredAt(leg, logged) : inVainAt(leg, logged))
            .min(
                Comparator.comparing((Leg leg) -> !leg.phone().value().equals(member))
                    .thenComparing(Leg::startedAt));
    found.ifPresent(legs::remove);
    return found;
  }

  private static boolean answeredAt(Leg leg, Instant logged) {
    return leg.answeredAt().filter(at -> near(at, logged)).isPresent();
  }

  /**
   * Also one that was answered in the moment in which the queue gave it up: nobody talked there.
   */
  private static boolean inVainAt(Leg leg, Instant logged) {
    return near(leg.endedAt(), logged) && leg.answeredAt().map(at -> near(at, logged)).orElse(true);
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
    private final String waits;
    private final String queue;
    private final Instant enteredAt;
    private final int position;
    private final List<LoggedRing> rings = new ArrayList<>();
    private Optional<QueueOutcome> outcome = Optional.empty();
    private Optional<Instant> leftAt = Optional.empty();
    private Optional<Leg> talkLeg = Optional.empty();
    private boolean callerLeft;

    /**
     * Begins one.
     *
     * @param waits the channel that waits
     */
    Draft(String waits, String queue, Instant enteredAt, int position) {
      this.waits = waits;
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

    /** With the agent's leg; app_queue waits for the last of those whom the agent left behind. */
    Optional<Instant> talkEnd(Instant logged) {
      return talkLeg.map(Leg::endedAt).filter(end -> !end.isAfter(logged.plus(AFTER)));
    }

    LoggedStay stay(String caller) {
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
          new QueueName(queue),
          Optional.of(waits).filter(who -> !who.equals(caller)).map(ChannelId::new),
          enteredAt,
          position,
          rings,
          judged,
          leftAt,
          callerLeft);
    }
  }
}
