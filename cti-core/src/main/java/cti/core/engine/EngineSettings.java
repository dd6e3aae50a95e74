package cti.core.engine;

import cti.core.callback.CallbackPolicy;
import cti.core.id.ChannelId;
import cti.core.id.ConnectionId;
import cti.core.id.GatewayId;
import java.time.Duration;
import java.util.Set;

/**
 * What an engine is told once.
 *
 * @param hotlineContexts the dialplan contexts in which a new channel is a caller of the hotline
 * @param logsTell whether the gateway's call detail records are read, which tell later what nobody
 *     saw: then nothing of a call that lived while the link was away is judged before them
 * @param longestPause after which a recording that an agent paused goes on by itself
 */
public record EngineSettings(
    GatewayId gateway,
    Set<String> hotlineContexts,
    MemberAddressing addressing,
    Duration longestPause,
    CallbackPolicy callbacks,
    Dialplan dialplan,
    boolean logsTell) {
  public static final Duration USUAL_LONGEST_PAUSE = Duration.ofMinutes(2);

  /** With the dialplan as shipped. */
  public EngineSettings(
      GatewayId gateway,
      Set<String> hotlineContexts,
      MemberAddressing addressing,
      Duration longestPause,
      CallbackPolicy callbacks) {
    this(gateway, hotlineContexts, addressing, longestPause, callbacks, Dialplan.SHIPPED, false);
  }

  public EngineSettings(
      GatewayId gateway, Set<String> hotlineContexts, MemberAddressing addressing) {
    this(gateway, hotlineContexts, addressing, USUAL_LONGEST_PAUSE, CallbackPolicy.USUAL);
  }

  public EngineSettings {
    hotlineContexts = Set.copyOf(hotlineContexts);
  }

  /** The same, where the gateway's call detail records are read, or not. */
  public EngineSettings withLogs(boolean read) {
    return new EngineSettings(
        gateway, hotlineContexts, addressing, longestPause, callbacks, dialplan, read);
  }

  /** The channel that a connection of this gateway is. */
  ChannelId channel(ConnectionId connection) {
    return new ChannelId(connection.value().substring(gateway.value().length() + 1));
  }

  /** The connection that a channel of this gateway is. */
  ConnectionId connection(ChannelId channel) {
    return new ConnectionId(gateway + ":" + channel);
  }
}
