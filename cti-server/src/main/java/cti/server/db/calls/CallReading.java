package cti.server.db.calls;

import cti.core.call.Call.KeyPress;
import cti.core.call.CallOutcome;
import cti.core.call.CallTimes;
import cti.core.call.ClearedBy;
import cti.core.call.ConnectionState;
import cti.core.call.DataQuality;
import cti.core.call.Direction;
import cti.core.call.EventCause;
import cti.core.call.Part;
import cti.core.call.PartRole;
import cti.core.call.QueueOutcome;
import cti.core.call.QueueVisit;
import cti.core.call.RingAttempt;
import cti.core.call.RingOutcome;
import cti.core.event.CallEvent.DigitsDialled;
import cti.core.event.CallEvent.QueueVisitEnded;
import cti.core.id.AgentId;
import cti.core.id.AttemptId;
import cti.core.id.CallId;
import cti.core.id.ConnectionId;
import cti.core.id.DeskId;
import cti.core.id.Extension;
import cti.core.id.GatewayId;
import cti.core.id.IncidentId;
import cti.core.id.QueueName;
import cti.core.id.StaffId;
import cti.core.id.VisitId;
import cti.core.port.CallHistory.CallRecord;
import cti.core.port.CallHistory.CallRow;
import cti.core.port.CallHistory.MissedRow;
import cti.core.port.CallHistory.WrapUp;
import cti.core.port.JournalRecord;
import cti.server.db.calls.CallQueryMapper.MissedCallRow;
import cti.server.db.calls.CallQueryMapper.StoredEvent;
import cti.server.db.calls.CallQueryMapper.WrapUpRow;
import cti.server.event.EventCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes rows of our tables into the records of the port. */
final class CallReading {
  private CallReading() {}

  static CallRow row(CallRecordRow row, List<StaffId> matches, boolean missed) {
    return new CallRow(
        new CallId(row.callId),
        Optional.ofNullable(row.gateway).map(GatewayId::new),
        Direction.valueOf(row.direction),
        row.startedAt,
        Optional.ofNullable(row.endedAt),
        row.callingNumber,
        row.dialledNumber,
        matches,
        Optional.ofNullable(row.deskId).map(DeskId::new),
        Optional.ofNullable(row.agentId).map(AgentId::new),
        Optional.ofNullable(row.outcome).map(CallOutcome::valueOf),
        row.clearedBy == null ? ClearedBy.UNKNOWN : ClearedBy.valueOf(row.clearedBy),
        DataQuality.valueOf(row.dataQuality),
        missed,
        Duration.ofMillis(row.waitMs),
        Duration.ofMillis(row.talkMs),
        times(row));
  }

  /** The time up to the last change that is on record. */
  private static Optional<CallTimes> times(CallRecordRow row) {
    long spent = row.flowMs + row.waitMs + row.ringMs + row.talkMs + row.holdMs + row.endingMs;
    boolean kept = row.flowMs + row.ringMs + row.endingMs > 0 || row.endedAt == null;
    return kept
        ? Optional.of(
            new CallTimes(
                row.startedAt,
                row.startedAt.plusMillis(spent),
                Duration.ofMillis(row.flowMs),
                Duration.ofMillis(row.waitMs),
                Duration.ofMillis(row.ringMs),
                Duration.ofMillis(row.talkMs),
                Duration.ofMillis(row.holdMs),
                Duration.ofMillis(row.endingMs)))
        : Optional.empty();
  }

  private static Part part(PartRow row) {
    Instant ended = row.endedAt();
    return new Part(
        new ConnectionId(row.connectionId()),
        PartRole.valueOf(row.role()),
        new Part.Device(Optional.ofNullable(row.agentId()).map(AgentId::new), row.number()),
        ConnectionState.valueOf(row.state()),
        new Part.Times(
            row.startedAt(),
            Optional.ofNullable(row.answeredAt()),
            ended == null ? row.startedAt() : ended,
            Optional.ofNullable(ended),
            Duration.ofMillis(row.talkMs()),
            Duration.ofMillis(row.holdMs())),
        Optional.ofNullable(row.failure()).map(RingOutcome::valueOf));
  }

  static MissedRow missed(MissedCallRow row, List<StaffId> matches) {
    return new MissedRow(
        new CallId(row.callId()),
        row.missedAt(),
        Optional.ofNullable(row.deskId()).map(DeskId::new),
        new QueueName(row.queueName()),
        QueueOutcome.valueOf(row.reason()),
        row.callingNumber(),
        matches);
  }

  /** Keys, and who ended a wait, are told by the events, the rest by the tables. */
  static CallRecord callRecord(
      CallRow call,
      List<VisitRow> visits,
      List<AttemptRow> attempts,
      List<String> incidents,
      List<StoredEvent> stored,
      EventCodec codec,
      List<PartRow> parts,
      List<WrapUpRow> wrapUps) {
    List<JournalRecord> events =
        stored.stream()
            .map(event -> new JournalRecord(event.sequence(), codec.decode(event.event())))
            .toList();
    Set<String> leftByCaller =
        events.stream()
            .map(JournalRecord::event)
            .filter(QueueVisitEnded.class::isInstance)
            .map(QueueVisitEnded.class::cast)
            .filter(ended -> ended.cause() == EventCause.CALL_CANCELLED)
            .map(ended -> ended.visit().value())
            .collect(Collectors.toSet());
    return new CallRecord(
        call,
        events.stream()
            .map(JournalRecord::event)
            .filter(DigitsDialled.class::isInstance)
            .map(DigitsDialled.class::cast)
            .map(dialled -> new KeyPress(dialled.node(), dialled.digits()))
            .toList(),
        visits.stream()
            // As in the live picture, a stay whose beginning was not seen is none: no queue to
            // name.
            .filter(visit -> !visit.queueName.isEmpty())
            .map(visit -> visit(visit, attempts, leftByCaller.contains(visit.visitId)))
            .toList(),
        incidents.stream().map(IncidentId::new).toList(),
        events,
        parts.stream().map(CallReading::part).toList(),
        wrapUps.stream()
            .map(
                row ->
                    new WrapUp(
                        new AgentId(row.agentId()),
                        row.beganAt(),
                        Optional.ofNullable(row.endedAt()),
                        Duration.ofMillis(row.wrapUpMs())))
            .toList());
  }

  private static QueueVisit visit(VisitRow row, List<AttemptRow> attempts, boolean callerLeft) {
    return new QueueVisit(
        new VisitId(row.visitId),
        new QueueName(row.queueName),
        Optional.ofNullable(row.deskId).map(DeskId::new),
        row.enteredAt,
        row.entryPosition,
        attempts.stream()
            // As above: an offer whose beginning was not seen has no extension to name.
            .filter(attempt -> attempt.visitId.equals(row.visitId) && !attempt.extension.isEmpty())
            .map(CallReading::attempt)
            .toList(),
        Optional.ofNullable(row.outcome).map(QueueOutcome::valueOf),
        Optional.ofNullable(row.leftAt),
        callerLeft);
  }

  /** Our row ends a ringing and a talk each; the port's record ends whichever came last. */
  private static RingAttempt attempt(AttemptRow row) {
    Optional<RingOutcome> outcome = Optional.ofNullable(row.outcome).map(RingOutcome::valueOf);
    boolean answered = outcome.filter(RingOutcome.ANSWERED::equals).isPresent();
    Optional<Instant> ringEnded = Optional.ofNullable(row.endedAt);
    return new RingAttempt(
        new AttemptId(row.attemptId),
        Optional.ofNullable(row.agentId).map(AgentId::new),
        new Extension(row.extension),
        row.deliveredAt,
        outcome,
        answered ? ringEnded : Optional.empty(),
        answered ? Optional.ofNullable(row.talkEndedAt) : ringEnded);
  }
}
