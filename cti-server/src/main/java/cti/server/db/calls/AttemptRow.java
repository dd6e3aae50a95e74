package cti.server.db.calls;

import java.time.Instant;

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
}
