package cti.core.engine;

import cti.core.agent.DeviceState;
import cti.core.id.GatewayId;
import cti.core.id.QueueName;

/** What can be asked of a gateway. */
public sealed interface GatewayAction {
  GatewayId gateway();

  /** {@code state} is the device whose state stands for the member's. */
  record AddMember(
      GatewayId gateway,
      QueueName queue,
      String memberInterface,
      String memberName,
      String state,
      int penalty,
      boolean paused)
      implements GatewayAction {}

  record RemoveMember(GatewayId gateway, QueueName queue, String memberInterface)
      implements GatewayAction {}

  record PauseMember(
      GatewayId gateway, QueueName queue, String memberInterface, boolean paused, String reason)
      implements GatewayAction {}

  /** A member who is there gets another penalty: lower rings first. */
  record SetPenalty(GatewayId gateway, QueueName queue, String memberInterface, int penalty)
      implements GatewayAction {}

  /** A device that stands for a phone is put into a state, such as {@code NOT_INUSE}. */
  record SetDeviceState(GatewayId gateway, String device, DeviceState state)
      implements GatewayAction {}

  /** What is asked of the recording on a channel. */
  sealed interface OfRecording extends GatewayAction {
    String channelName();
  }

  /** Only where the dialplan allowed it for the talk: else the gateway does nothing. */
  record StartRecording(GatewayId gateway, String channelName) implements OfRecording {}

  record StopRecording(GatewayId gateway, String channelName) implements OfRecording {}

  /** Writes silence in place of the talk, or the talk again. */
  record MuteRecording(GatewayId gateway, String channelName, boolean muted)
      implements OfRecording {}
}
