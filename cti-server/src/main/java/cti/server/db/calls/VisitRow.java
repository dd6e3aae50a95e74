package cti.server.db.calls;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;

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

  VisitRow copy() {
    VisitRow row = new VisitRow();
    row.visitId = visitId;
    row.callId = callId;
    row.queueName = queueName;
    row.deskId = deskId;
    row.enteredAt = enteredAt;
    row.answeredAt = answeredAt;
    row.leftAt = leftAt;
    row.entryPosition = entryPosition;
    row.exitPosition = exitPosition;
    row.offers = offers;
    row.agentsOffered = agentsOffered;
    row.outcome = outcome;
    row.waitMs = waitMs;
    return row;
  }

  /** Every column, in order. */
  List<Object> values() {
    return Arrays.asList(
        visitId,
        callId,
        queueName,
        deskId,
        enteredAt,
        answeredAt,
        leftAt,
        entryPosition,
        exitPosition,
        offers,
        agentsOffered,
        outcome,
        waitMs);
  }
}
