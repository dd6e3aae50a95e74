package cti.core.recovery;

import cti.core.id.ChannelId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One call as the gateway's own logs tell it.
 *
 * @param caller the channel id that all channels of the call share
 * @param channels every channel of the call that a log names, the caller's included; with the
 *     gateway's name where that is told, else empty
 * @param seenUntil the last moment that a log tells of
 * @param endedAt empty where the logs do not tell the end
 * @param parts phones and numbers that no queue chose, by the time at which they began to ring
 * @param application the last that the dialplan ran for the caller; empty where no log tells
 */
public record LoggedCall(
    ChannelId caller,
    Map<ChannelId, String> channels,
    Presented presented,
    Instant startedAt,
    Instant seenUntil,
    Optional<Instant> endedAt,
    List<LoggedStay> stays,
    List<LoggedPart> parts,
    String application,
    Sources sources) {

  /**
   * As the gateway presents it; texts may be empty.
   *
   * @param dialledNumber empty where the logs do not tell: a transfer writes over it
   * @param context the dialplan's context that the caller came to first, as far as it is told
   * @param lastContext where the caller was at the end
   */
  public record Presented(
      String callingNumber,
      String dialledNumber,
      String context,
      String lastContext,
      String channelName) {}

  /** Which logs told it. */
  public record Sources(boolean queueLog, boolean callDetails) {
    /** For people. */
    public String text() {
      if (queueLog && callDetails) {
        return "queue_log, cdr";
      }
      return queueLog ? "queue_log" : "cdr";
    }
  }

  public LoggedCall {
    channels = Map.copyOf(channels);
    stays = List.copyOf(stays);
    parts = List.copyOf(parts);
  }
}
