package cti.core.call;

import cti.core.id.ConnectionId;
import java.time.Instant;

/**
 * One device's part in a call, as long as it lasts.
 *
 * @param channelName the gateway's name of the channel; data, never parsed for a technology
 */
public record Connection(ConnectionId id, String channelName, Instant since) {}
