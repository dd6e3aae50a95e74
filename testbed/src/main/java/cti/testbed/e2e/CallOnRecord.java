package cti.testbed.e2e;

import cti.testbed.client.RecordView;
import cti.testbed.client.VisitView;
import cti.testbed.client.VisitView.AttemptView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A call as the tables hold it once it is over; words are those of the web side (agent-no-answer).
 *
 * @param keys node=digits, in order, separated by blanks
 * @param missed reasons of the rows in missed_call
 * @param incidents numbers of the incidents that are linked to it
 */
record CallOnRecord(
    String id,
    String number,
    Optional<String> desk,
    Optional<String> agent,
    String keys,
    Optional<String> fallbackReason,
    String outcome,
    String clearedBy,
    String quality,
    long waitMillis,
    long talkMillis,
    List<Visit> visits,
    List<String> missed,
    Set<String> matches,
    Set<String> incidents) {

  /** The same from REST; what it does not tell (fall-back reason, matches) is empty. */
  static CallOnRecord of(RecordView view) {
    RecordView.RowView row = view.call();
    Optional<String> clearedBy = Optional.of(row.clearedBy());
    List<Visit> visits = view.visits().stream().map(visit -> of(visit, clearedBy)).toList();
    return new CallOnRecord(
        row.id(),
        row.callingNumber(),
        row.desk(),
        row.agent(),
        view.keys().stream()
            .map(key -> key.node() + "=" + key.digits())
            .collect(Collectors.joining(" ")),
        Optional.empty(),
        row.outcome().orElse(""),
        row.clearedBy(),
        row.quality(),
        visits.stream().mapToLong(Visit::waitMillis).sum(),
        row.talkedSeconds() * 1000,
        visits,
        row.missed() ? List.of(visits.isEmpty() ? "" : visits.getLast().outcome()) : List.of(),
        Set.of(),
        Set.copyOf(view.incidents()));
  }

  private static Visit of(VisitView visit, Optional<String> clearedBy) {
    Optional<Instant> answered =
        visit.attempts().stream().flatMap(a -> a.answeredAt().stream()).findFirst();
    Instant end = answered.or(visit::leftAt).orElse(visit.enteredAt());
    return new Visit(
        "",
        visit.queue(),
        visit.desk(),
        visit.outcome().orElse(""),
        Duration.between(visit.enteredAt(), end).toMillis(),
        visit.attempts().stream().map(attempt -> of(attempt, clearedBy)).toList());
  }

  private static Attempt of(AttemptView attempt, Optional<String> clearedBy) {
    Instant ringEnd = attempt.answeredAt().or(attempt::endedAt).orElse(attempt.startedAt());
    return new Attempt(
        attempt.agent(),
        attempt.extension(),
        attempt.outcome().orElse(""),
        attempt.answeredAt().flatMap(at -> clearedBy),
        Duration.between(attempt.startedAt(), ringEnd).toMillis(),
        attempt
            .answeredAt()
            .flatMap(from -> attempt.endedAt().map(to -> Duration.between(from, to).toMillis()))
            .orElse(0L));
  }

  /** A row of queue_visit with its ring attempts. */
  record Visit(
      String id,
      String queue,
      Optional<String> desk,
      String outcome,
      long waitMillis,
      List<Attempt> attempts) {}

  /** A row of ring_attempt. */
  record Attempt(
      Optional<String> agent,
      String extension,
      String outcome,
      Optional<String> talkClearedBy,
      long ringMillis,
      long talkMillis) {}

  /** What database and REST must tell alike. */
  List<Object> essence() {
    return List.of(
        outcome,
        clearedBy,
        quality,
        desk,
        agent,
        keys,
        visitOutcomes(),
        attemptOutcomes(),
        missed,
        incidents);
  }

  List<Attempt> attempts() {
    return visits.stream().flatMap(visit -> visit.attempts().stream()).toList();
  }

  List<String> attemptOutcomes() {
    return attempts().stream().map(Attempt::outcome).toList();
  }

  /** queue=outcome of each visit, in order. */
  List<String> visitOutcomes() {
    return visits.stream().map(visit -> visit.queue() + "=" + visit.outcome()).toList();
  }

  /** The part of the identifier that is the Linkedid on the gateway. */
  String onGateway() {
    return id.substring(id.indexOf(':') + 1);
  }
}
