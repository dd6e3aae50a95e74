package cti.server.db.calls;

import java.time.Instant;

/** A row of queue_visit while events are folded into it. */
final class VisitRow {
  String visitId;
  String callId;
  String queueName;
  String deskId;
  Instant enteredAt;
  Instant answeredAt;
  Instant leftAt;
  int entryPosition;
  Integer exitPosition;
  int offers;
  int agentsOffered;
  String outcome;
  long waitMs;
}
