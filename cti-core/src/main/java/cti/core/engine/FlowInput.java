package cti.core.engine;

import cti.core.event.RouteDetails;
import cti.core.id.ChannelId;
import cti.core.id.DeskId;
import cti.core.id.GatewayId;
import cti.core.id.QueueName;
import cti.core.id.StaffId;
import java.util.List;
import java.util.Optional;

/** What the flow that a caller is in (FastAGI) tells the engine. */
public sealed interface FlowInput extends EngineInput {
  GatewayId gateway();

  /** The caller's channel; its call is known from the gateway's own events. */
  ChannelId channel();

  /** The directory was asked for the caller's number. */
  record CallerLookedUp(GatewayId gateway, ChannelId channel, String number, List<StaffId> matches)
      implements FlowInput {
    public CallerLookedUp {
      matches = List.copyOf(matches);
    }
  }

  /** The caller said who they are. */
  record CallerNamed(GatewayId gateway, ChannelId channel, StaffId staff) implements FlowInput {}

  /** The caller gave a mark, 1 to 5. */
  record SurveyGiven(GatewayId gateway, ChannelId channel, String node, int mark)
      implements FlowInput {}

  /** The caller is on the list of a known incident. */
  record Affected(GatewayId gateway, ChannelId channel, String notice) implements FlowInput {}

  /**
   * The caller is about to leave a message.
   *
   * @param part how many messages this channel has had, this one counted
   * @param longest in seconds
   */
  record MessageBegins(
      GatewayId gateway, ChannelId channel, DeskId desk, String file, int part, int longest)
      implements FlowInput {}

  /** The caller answered a node that waits for keys; empty digits mean that none came in time. */
  record KeysPressed(GatewayId gateway, ChannelId channel, String node, String digits)
      implements FlowInput {}

  /**
   * The call goes to a desk's queue, or to somebody for the desk.
   *
   * @param details all that the rules said; empty where the flow itself named the desk
   */
  record DeskChosen(
      GatewayId gateway,
      ChannelId channel,
      DeskId desk,
      QueueName queue,
      String rule,
      String explanation,
      Optional<RouteDetails> details)
      implements FlowInput {
    /** By the flow itself. */
    public DeskChosen(
        GatewayId gateway,
        ChannelId channel,
        DeskId desk,
        QueueName queue,
        String rule,
        String explanation) {
      this(gateway, channel, desk, queue, rule, explanation, Optional.empty());
    }
  }

  /** The flow ends the call at {@code node}. */
  record FlowOver(GatewayId gateway, ChannelId channel, String node) implements FlowInput {}
}
