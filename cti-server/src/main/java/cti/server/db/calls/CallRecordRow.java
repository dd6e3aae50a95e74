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
}
