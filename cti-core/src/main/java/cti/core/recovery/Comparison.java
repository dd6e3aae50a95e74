package cti.core.recovery;

import cti.core.call.Call;
import cti.core.call.ClearedBy;
import cti.core.call.Part;
import cti.core.call.PartRole;
import cti.core.call.QueueOutcome;
import cti.core.call.QueueVisit;
import cti.core.call.RingAttempt;
import cti.core.call.RingOutcome;
import cti.core.id.ConnectionId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Holds what is on record of a call against what the gateway's logs tell. */
public final class Comparison {
  private Comparison() {}

  /** What differs, a sentence each; empty where both tell the same. */
  public static List<String> differences(LoggedCall logged, OnRecord onRecord) {
    return List.copyOf(compare(logged, onRecord).sentences);
  }

  /**
   * Whether nothing differs but who ended a talk, a ring that was not seen, why a phone was not
   * answered, and how long something took, that by no more than so much: a gateway that is out of
   * breath reports late, or not at all, what its logs have at the right time.
   */
  public static boolean onlyLate(LoggedCall logged, OnRecord onRecord, Duration atMost) {
    Differences found = compare(logged, onRecord);
    return found.sentences.size() == found.mendable && found.longest.compareTo(atMost) <= 0;
  }

  /** Collects them. */
  private static final class Differences {
    private final List<String> sentences = new ArrayList<>();
    private int mendable;
    private Duration longest = Duration.ZERO;

    void say(String sentence) {
      sentences.add(sentence);
    }

    /** What the logs may put right: nothing that was seen is denied. */
    void mendable(String sentence) {
      say(sentence);
      mendable++;
    }

    void took(String what, Duration logged, Duration ours) {
      say("%s: %d ms, on record %d ms".formatted(what, logged.toMillis(), ours.toMillis()));
      mendable++;
      Duration apart = logged.minus(ours).abs();
      longest = apart.compareTo(longest) > 0 ? apart : longest;
    }
  }

  private static Differences compare(LoggedCall logged, OnRecord onRecord) {
    Differences differences = new Differences();
    Call call = onRecord.call();
    // A queue that takes nobody in leaves no line in queue_log.
    List<QueueVisit> visits =
        call.visits().stream().filter(visit -> !SameStay.refused(visit)).toList();
    if (logged.sources().queueLog() || !logged.stays().isEmpty()) {
      stays(logged, visits, onRecord, differences);
    }
    parts(logged, onRecord, differences);
    if (logged.endedAt().isPresent() && logged.sources().callDetails()) {
      if (onRecord.endedAt().isEmpty()) {
        differences.say("ended at " + logged.endedAt().get() + ", on record under way");
      } else {
        duration(
            "the call",
            Duration.between(logged.startedAt(), logged.endedAt().get()),
            Duration.between(call.startedAt(), onRecord.endedAt().get()),
            differences);
      }
    }
    return differences;
  }

  private static void stays(
      LoggedCall logged, List<QueueVisit> visits, OnRecord onRecord, Differences differences) {
    List<LoggedStay> stays = logged.stays();
    SameDevice devices = new SameDevice(logged, onRecord.channels());
    List<String> queues = stays.stream().map(stay -> stay.queue().value()).toList();
    List<String> ours = visits.stream().map(visit -> visit.queue().value()).toList();
    if (!queues.equals(ours)) {
      differences.say("stays in %s, on record %s".formatted(queues, ours));
      return;
    }
    for (int i = 0; i < stays.size(); i++) {
      refusals(stays.get(i), visits.get(i), devices, differences);
      stay(stays.get(i), visits.get(i), onRecord, differences);
    }
  }

  /** Whether somebody was handed the caller. */
  private static boolean handedOn(Call call) {
    return call.parts().stream()
        .filter(part -> part.role() == PartRole.TRANSFERRED_TO)
        .anyMatch(part -> part.times().answeredAt().isPresent());
  }

  private static void stay(
      LoggedStay stay, QueueVisit visit, OnRecord onRecord, Differences differences) {
    long rang = stay.rings().stream().filter(ring -> ring.talk().isEmpty()).count();
    long known = visit.attempts().stream().filter(ring -> ring.answeredAt().isEmpty()).count();
    if (stay.outcome().isPresent() && !stay.outcome().equals(visit.outcome())) {
      String outcome =
          "%s: %s, on record %s"
              .formatted(
                  stay.queue(),
                  stay.outcome().get(),
                  visit.outcome().map(Enum::name).orElse("no end"));
      // Of a caller who left in the moment of the first offer the ring may be what was not seen.
      boolean ofTheRing =
          rang > known
              && stay.outcome().equals(Optional.of(QueueOutcome.AGENT_NO_ANSWER))
              && visit.outcome().equals(Optional.of(QueueOutcome.ABANDONED));
      if (ofTheRing) {
        differences.mendable(outcome);
      } else {
        differences.say(outcome);
      }
    }
    if (stay.leftAt().isPresent() && visit.leftAt().isPresent()) {
      duration(
          stay.queue() + ": the wait",
          Duration.between(stay.enteredAt(), stay.leftAt().get()),
          Duration.between(visit.enteredAt(), visit.leftAt().get()),
          differences);
    }
    String rings = "%s: %d rings in vain, on record %d".formatted(stay.queue(), rang, known);
    if (rang > known) {
      differences.mendable(rings);
    } else if (rang < known) {
      differences.say(rings);
    }
    if (visit.attempts().stream()
        .anyMatch(a -> a.outcome().equals(Optional.of(RingOutcome.LOST_TRACK)))) {
      differences.say(stay.queue() + ": the end of a ring was not seen");
    }
    stay.answered().ifPresent(ring -> talk(stay, ring, visit, onRecord, differences));
  }

  private static void refusals(
      LoggedStay stay, QueueVisit visit, SameDevice devices, Differences differences) {
    List<RingAttempt> inVain =
        visit.attempts().stream().filter(ring -> ring.answeredAt().isEmpty()).toList();
    for (LoggedRing ring : stay.rings()) {
      Optional<RingAttempt> ours =
          Optional.of(ring)
              .filter(logged -> logged.talk().isEmpty())
              .flatMap(logged -> devices.of(logged, Optional.empty(), inVain));
      if (ours.filter(known -> ring.tellsMoreThan(known.outcome())).isPresent()) {
        differences.mendable(stay.queue() + ": a phone was " + ring.outcome());
      }
      if (ours.filter(known -> ring.timesDiffer(known)).isPresent()) {
        differences.took(
            stay.queue() + ": a ring in vain",
            Duration.between(ring.startedAt(), ring.endedAt()),
            Duration.between(ours.get().startedAt(), ours.get().endedAt().orElseThrow()));
      }
    }
  }

  private static void talk(
      LoggedStay stay,
      LoggedRing ring,
      QueueVisit visit,
      OnRecord onRecord,
      Differences differences) {
    Optional<RingAttempt> answered =
        visit.attempts().stream().filter(a -> a.answeredAt().isPresent()).findFirst();
    if (answered.isEmpty()) {
      differences.say(stay.queue() + ": a talk, on record none");
      return;
    }
    LoggedRing.Talk talk = ring.talk().orElseThrow();
    duration(
        stay.queue() + ": the ring before the talk",
        Duration.between(ring.startedAt(), talk.answeredAt()),
        Duration.between(answered.get().startedAt(), answered.get().answeredAt().orElseThrow()),
        differences);
    ConnectionId agent = new ConnectionId(answered.get().id().value());
    if (talk.handedOn().isPresent()
        && onRecord.transfers().stream().noneMatch(transfer -> transfer.by().equals(agent))) {
      differences.say(stay.queue() + ": the caller was handed on, on record not");
    }
    Optional<Instant> end = answered.get().endedAt();
    if (talk.endedAt().isPresent() && talk.by() != ClearedBy.UNKNOWN) {
      if (end.isEmpty()) {
        differences.say(stay.queue() + ": the talk ended, on record it did not");
        return;
      }
      ClearedBy by = onRecord.enders().get(answered.get().id());
      if (talk.handedOn().isEmpty() && by != talk.by()) {
        // Two who hang up at once: app_queue saw the one, and we the other. Its word counts.
        differences.mendable(
            "%s: the talk was ended by %s, on record by %s".formatted(stay.queue(), talk.by(), by));
      }
      Duration told = Duration.between(talk.answeredAt(), talk.endedAt().get());
      Duration known = Duration.between(answered.get().answeredAt().orElseThrow(), end.get());
      // Sent on by the phone's switch (REFER), the queue takes the next phone for the same agent.
      boolean sentOn = talk.handedOn().isEmpty() && handedOn(onRecord.call());
      if (!(sentOn && told.compareTo(known) > 0)) {
        duration(stay.queue() + ": the talk", told, known, differences);
      }
    }
  }

  /** Phones that rang outside queues; which more are on record is nothing that the logs deny. */
  private static void parts(LoggedCall logged, OnRecord onRecord, Differences differences) {
    List<Part> known = new ArrayList<>(onRecord.call().parts());
    SameDevice devices = new SameDevice(logged, onRecord.channels());
    for (LoggedPart part : logged.parts()) {
      Optional<Part> same = devices.of(part, known);
      if (same.isEmpty()) {
        String tried = "%s was tried, on record not".formatted(part.number());
        if (fetched(part, onRecord.call())) {
          continue;
        }
        if (part.answeredAt().isPresent()) {
          differences.say(tried);
        } else {
          differences.mendable(tried);
        }
        continue;
      }
      known.remove(same.get());
      Optional<Instant> answered = same.get().times().answeredAt();
      if (part.answeredAt().isPresent() != answered.isPresent()) {
        differences.say(
            "%s: %s, on record %s"
                .formatted(
                    part.number(),
                    part.outcome(),
                    answered.isPresent() ? RingOutcome.ANSWERED : same.get().failure()));
      } else if (answered.isPresent()) {
        Duration told = Duration.between(part.answeredAt().get(), part.endedAt());
        Duration talked =
            Duration.between(answered.get(), same.get().times().endedAt().orElse(part.endedAt()));
        if (part.exact() || told.compareTo(talked) < 0) {
          duration("the talk with " + part.number(), told, talked, differences);
        }
      }
    }
  }

  /** A ring that a colleague fetched goes on in the logs under the number that was dialled. */
  private static boolean fetched(LoggedPart part, Call call) {
    return call.parts().stream()
        .filter(ours -> ours.device().number().equals(part.number()))
        .anyMatch(ours -> ours.failure().equals(Optional.of(RingOutcome.PICKED_UP)));
  }

  private static void duration(
      String what, Duration logged, Duration ours, Differences differences) {
    if (!Tolerance.same(logged, ours)) {
      differences.took(what, logged, ours);
    }
  }
}
