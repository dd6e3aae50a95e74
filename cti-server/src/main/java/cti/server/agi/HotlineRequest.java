package cti.server.agi;

import cti.core.id.ChannelId;
import java.util.Optional;
import org.asteriskjava.fastagi.AgiRequest;

/**
 * What the dialplan asks: {@code
 * AGI(agi://host/hotline,${EXTEN},${CTI_RESUME},${CTI_QUEUE_STATUS})}.
 *
 * @param callingNumber as presented; empty where it was withheld
 * @param resume where the call left the flow for a queue; empty for a new call
 * @param queueStatus Asterisk's QUEUESTATUS; empty for a new call
 */
record HotlineRequest(
    ChannelId channel, String callingNumber, String dialled, String resume, String queueStatus) {

  /** Empty where the request names no channel, so is no call's. */
  static Optional<HotlineRequest> of(AgiRequest request) {
    String channel = request.getUniqueId();
    if (channel == null || channel.isBlank() || channel.length() > 128) {
      return Optional.empty();
    }
    return Optional.of(
        new HotlineRequest(
            new ChannelId(channel),
            orEmpty(request.getCallerIdNumber()),
            argument(request, 1),
            argument(request, 2),
            argument(request, 3)));
  }

  /** By name: asterisk-java's getArguments() fails on one whose number is no number. */
  private static String argument(AgiRequest request, int number) {
    return orEmpty(request.getRequest().get("arg_" + number));
  }

  private static String orEmpty(String value) {
    return value == null ? "" : value;
  }
}
