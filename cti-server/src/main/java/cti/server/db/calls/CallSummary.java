package cti.server.db.calls;

import cti.core.call.CallOutcome;
import cti.core.call.ClearedBy;
import cti.core.call.DataQuality;
import cti.core.call.Direction;
import cti.core.id.AgentId;
import cti.core.id.CallId;
import cti.core.id.DeskId;
import cti.core.id.GatewayId;
import cti.core.id.QueueName;
import cti.core.id.SiteId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A call as it is on record. Texts that are not known are empty.
 *
 * @param answeredAt the first talk with an agent
 * @param endedAt absent while the call lasts
 * @param site of the desk, as it was then
 * @param desk the last that the call was given to
 * @param agent the first who talked to the caller
 * @param keysPressed node=digits in order, separated by blanks
 * @param flowEndedAtNode where the flow ended the call, if it did
 * @param waited in queues, until answered or left
 * @param talked with agents
 * @param outcome absent while the call lasts
 */
public record CallSummary(
    CallId id,
    Optional<GatewayId> gateway,
    Direction direction,
    String channelName,
    String callingNumber,
    String callingName,
    String dialledNumber,
    Instant startedAt,
    Optional<Instant> answeredAt,
    Optional<Instant> endedAt,
    Optional<SiteId> site,
    Optional<DeskId> desk,
    Optional<QueueName> queue,
    Optional<AgentId> agent,
    String routingRule,
    String explanation,
    String keysPressed,
    Optional<String> fallbackReason,
    Optional<String> flowEndedAtNode,
    Duration waited,
    Duration talked,
    Optional<CallOutcome> outcome,
    Optional<ClearedBy> clearedBy,
    DataQuality quality) {
  static CallSummary of(CallRow row) {
    return new CallSummary(
        new CallId(row.callId),
        Optional.ofNullable(row.gateway).map(GatewayId::new),
        Direction.valueOf(row.direction),
        row.channelName,
        row.callingNumber,
        row.callingName,
        row.dialledNumber,
        row.startedAt,
        Optional.ofNullable(row.answeredAt),
        Optional.ofNullable(row.endedAt),
        Optional.ofNullable(row.siteId).map(SiteId::new),
        Optional.ofNullable(row.deskId).map(DeskId::new),
        Optional.ofNullable(row.queueName).filter(name -> !name.isEmpty()).map(QueueName::new),
        Optional.ofNullable(row.agentId).map(AgentId::new),
        row.routingRule == null ? "" : row.routingRule,
        row.explanation == null ? "" : row.explanation,
        row.keysPressed,
        Optional.ofNullable(row.fallbackReason),
        Optional.ofNullable(row.flowEndedAtNode),
        Duration.ofMillis(row.waitMs),
        Duration.ofMillis(row.talkMs),
        Optional.ofNullable(row.outcome).map(CallOutcome::valueOf),
        Optional.ofNullable(row.clearedBy).map(ClearedBy::valueOf),
        DataQuality.valueOf(row.dataQuality));
  }
}
