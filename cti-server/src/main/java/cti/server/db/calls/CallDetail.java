package cti.server.db.calls;

import cti.core.call.ClearedBy;
import cti.core.call.QueueOutcome;
import cti.core.call.RingOutcome;
import cti.core.id.AgentId;
import cti.core.id.AttemptId;
import cti.core.id.DeskId;
import cti.core.id.IncidentId;
import cti.core.id.StaffId;
import cti.core.id.VisitId;
import cti.core.incident.CallRole;
import cti.core.port.JournalRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One call with everything on record of it.
 *
 * @param matches who the directory says may have called, in its order; none is picked
 * @param events the timeline, in the journal's order
 */
public record CallDetail(
    CallSummary call,
    List<StaffId> matches,
    List<Visit> visits,
    List<Attempt> attempts,
    List<JournalRecord> events,
    List<LinkedIncident> incidents,
    Optional<MissedCall> missed) {
  public CallDetail {
    matches = List.copyOf(matches);
    visits = List.copyOf(visits);
    attempts = List.copyOf(attempts);
    events = List.copyOf(events);
    incidents = List.copyOf(incidents);
  }

  /**
   * One stay in one queue.
   *
   * @param queue may be empty where the entry was not seen
   * @param desk absent for the gateway's static queue
   * @param offers ring attempts
   * @param agentsOffered different phones that rang
   * @param waited until answered, else until left; zero while it lasts
   */
  public record Visit(
      VisitId id,
      String queue,
      Optional<DeskId> desk,
      Instant enteredAt,
      Optional<Instant> answeredAt,
      Optional<Instant> leftAt,
      int entryPosition,
      int offers,
      int agentsOffered,
      Optional<QueueOutcome> outcome,
      Duration waited) {
    static Visit of(VisitRow row) {
      return new Visit(
          new VisitId(row.visitId),
          row.queueName,
          Optional.ofNullable(row.deskId).map(DeskId::new),
          row.enteredAt,
          Optional.ofNullable(row.answeredAt),
          Optional.ofNullable(row.leftAt),
          row.entryPosition,
          row.offers,
          row.agentsOffered,
          Optional.ofNullable(row.outcome).map(QueueOutcome::valueOf),
          Duration.ofMillis(row.waitMs));
    }
  }

  /**
   * One offer to one phone, and the talk that came of it.
   *
   * @param extension empty where the begin of the offer was not seen
   * @param endedAt the end of the ringing
   */
  public record Attempt(
      AttemptId id,
      VisitId visit,
      Optional<AgentId> agent,
      String extension,
      Instant deliveredAt,
      Optional<Instant> endedAt,
      Optional<RingOutcome> outcome,
      Optional<Instant> talkEndedAt,
      Optional<ClearedBy> talkClearedBy,
      Duration rang,
      Duration talked) {
    static Attempt of(AttemptRow row) {
      return new Attempt(
          new AttemptId(row.attemptId),
          new VisitId(row.visitId),
          Optional.ofNullable(row.agentId).map(AgentId::new),
          row.extension,
          row.deliveredAt,
          Optional.ofNullable(row.endedAt),
          Optional.ofNullable(row.outcome).map(RingOutcome::valueOf),
          Optional.ofNullable(row.talkEndedAt),
          Optional.ofNullable(row.talkClearedBy).map(ClearedBy::valueOf),
          Duration.ofMillis(row.ringMs),
          Duration.ofMillis(row.talkMs));
    }
  }

  /** An incident that the call is linked to, and what it is to it. */
  public record LinkedIncident(IncidentId id, CallRole role) {}
}
