package cti.server.db.calls;

import java.time.Instant;

/** A row of call_record while events are folded into it. */
final class CallRecordRow {
  String callId;
  String gateway;
  String direction;
  String channelName = "";
  String callingNumber = "";
  String callingName = "";
  String dialledNumber = "";
  Instant startedAt;
  Instant answeredAt;
  Instant endedAt;
  String siteId;
  String deskId;
  String queueName;
  String agentId;
  String routingRule;
  String explanation;
  Integer routingVersion;
  String keysPressed = "";
  String fallbackReason;
  String flowEndedAtNode;
  long waitMs;
  long talkMs;
  long flowMs;
  long ringMs;
  long holdMs;
  long endingMs;
  int transfers;
  String mergedInto;
  String outcome;
  String clearedBy;
  String dataQuality;
  Instant recoveredAt;
  String recoveredFrom;

  CallRecordRow copy() {
    CallRecordRow row = new CallRecordRow();
    row.callId = callId;
    row.gateway = gateway;
    row.direction = direction;
    row.channelName = channelName;
    row.callingNumber = callingNumber;
    row.callingName = callingName;
    row.dialledNumber = dialledNumber;
    row.startedAt = startedAt;
    row.answeredAt = answeredAt;
    row.endedAt = endedAt;
    row.siteId = siteId;
    row.deskId = deskId;
    row.queueName = queueName;
    row.agentId = agentId;
    row.routingRule = routingRule;
    row.explanation = explanation;
    row.keysPressed = keysPressed;
    row.fallbackReason = fallbackReason;
    row.flowEndedAtNode = flowEndedAtNode;
    row.waitMs = waitMs;
    row.talkMs = talkMs;
    row.flowMs = flowMs;
    row.ringMs = ringMs;
    row.holdMs = holdMs;
    row.endingMs = endingMs;
    row.transfers = transfers;
    row.mergedInto = mergedInto;
    row.outcome = outcome;
    row.clearedBy = clearedBy;
    row.dataQuality = dataQuality;
    row.recoveredAt = recoveredAt;
    row.recoveredFrom = recoveredFrom;
    return row;
  }
}
