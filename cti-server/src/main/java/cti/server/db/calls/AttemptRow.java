package cti.server.db.calls;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** A row of ring_attempt while events are folded into it. */
final class AttemptRow {
  String attemptId;
  String visitId;
  String callId;
  String agentId;
  String extension;
  Instant deliveredAt;
  Instant endedAt;
  String outcome;
  Instant talkEndedAt;
  String talkClearedBy;
  long ringMs;
  long talkMs;

  AttemptRow copy() {
    AttemptRow row = new AttemptRow();
    row.attemptId = attemptId;
    row.visitId = visitId;
    row.callId = callId;
    row.agentId = agentId;
    row.extension = extension;
    row.deliveredAt = deliveredAt;
    row.endedAt = endedAt;
    row.outcome = outcome;
    row.talkEndedAt = talkEndedAt;
    row.talkClearedBy = talkClearedBy;
    row.ringMs = ringMs;
    row.talkMs = talkMs;
    return row;
  }

  /** Every column, in order. */
  List<Object> values() {
    return Arrays.asList(
        attemptId,
        visitId,
        callId,
        agentId,
        extension,
        deliveredAt,
        endedAt,
        outcome,
        talkEndedAt,
        talkClearedBy,
        ringMs,
        talkMs);
  }
}
