package cti.core.recovery;

import cti.core.call.QueueOutcome;
import cti.core.call.QueueVisit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which stay on record one of the logs is. Where both know as many stays in a queue they are the
 * same in their order, whatever their times; else one of them was not seen, and time tells which.
 */
public final class SameStay {
  private final Map<LoggedStay, QueueVisit> ofLogged = new IdentityHashMap<>();

  /** One of the logs and one on record, of the same queue, that overlap. */
  private record Pair(LoggedStay logged, QueueVisit ours) {
    Duration apart() {
      return Duration.between(logged.enteredAt(), ours.enteredAt()).abs();
    }
  }

  public SameStay(List<LoggedStay> logged, List<QueueVisit> onRecord) {
    logged.stream()
        .map(LoggedStay::queue)
        .distinct()
        .forEach(
            queue ->
                pair(
                    logged.stream().filter(stay -> stay.queue().equals(queue)).toList(),
                    onRecord.stream().filter(visit -> visit.queue().equals(queue)).toList()));
  }

  /** The stay on record; empty where none is the same. No two of the logs are one on record. */
  public Optional<QueueVisit> of(LoggedStay logged) {
    return Optional.ofNullable(ofLogged.get(logged));
  }

  /** Whether a queue took nobody in: that leaves no line in queue_log. */
  static boolean refused(QueueVisit visit) {
    boolean turnedAway =
        visit.outcome().equals(Optional.of(QueueOutcome.NO_AGENTS))
            || visit.outcome().equals(Optional.of(QueueOutcome.FULL));
    return turnedAway && visit.leftAt().equals(Optional.of(visit.enteredAt()));
  }

  private void pair(List<LoggedStay> logged, List<QueueVisit> onRecord) {
    List<QueueVisit> ours =
        onRecord.size() > logged.size()
            ? onRecord.stream().filter(visit -> !refused(visit)).toList()
            : onRecord;
    if (ours.size() == logged.size()) {
      for (int i = 0; i < ours.size(); i++) {
        ofLogged.put(logged.get(i), ours.get(i));
      }
      return;
    }
    List<Pair> pairs = new ArrayList<>();
    for (LoggedStay stay : logged) {
      ours.stream()
          .filter(visit -> overlap(stay, visit))
          .forEach(visit -> pairs.add(new Pair(stay, visit)));
    }
    pairs.sort(Comparator.comparing(Pair::apart));
    List<QueueVisit> taken = new ArrayList<>();
    for (Pair pair : pairs) {
      if (!ofLogged.containsKey(pair.logged()) && !taken.contains(pair.ours())) {
        ofLogged.put(pair.logged(), pair.ours());
        taken.add(pair.ours());
      }
    }
  }

  private static boolean overlap(LoggedStay stay, QueueVisit visit) {
    return begins(stay.enteredAt(), visit.leftAt()) && begins(visit.enteredAt(), stay.leftAt());
  }

  /** Whether something begins before an end; a stay whose end nobody knows may last still. */
  private static boolean begins(Instant from, Optional<Instant> end) {
    return end.map(at -> !from.isAfter(at.plus(Tolerance.MOST))).orElse(true);
  }
}
