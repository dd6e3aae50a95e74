package cti.server.ami;

import cti.core.engine.GatewayInput.ChannelFacts;
import cti.core.engine.GatewayInput.Snapshot;
import cti.core.engine.GatewayInput.WaitingFacts;
import cti.core.id.ChannelId;
import cti.core.id.GatewayId;
import cti.core.id.QueueName;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The gateway as its events draw it, for the snapshot that it would give at any moment: what
 * CoreShowChannels and QueueStatus answer.
 */
final class PicturedGateway {
  private final GatewayId gateway;
  private final Map<String, Channel> channels = new LinkedHashMap<>();
  private final Map<String, WaitingFacts> waiting = new LinkedHashMap<>();

  private static final class Channel {
    private String linked = "";
    private String name = "";
    private String callingNumber = "";
    private String callingName = "";
    private String context = "";
    private String extension = "";
    private String bridge = "";
    private Optional<QueueName> queue = Optional.empty();
    private Instant since = Instant.EPOCH;
  }

  PicturedGateway(GatewayId gateway) {
    this.gateway = gateway;
  }

  void see(AmiMessage event) {
    if (event.eventName() == null) {
      return;
    }
    String id = text(event, "Uniqueid");
    switch (event.eventName()) {
      case "Newchannel" -> {
        Channel born = new Channel();
        born.name = text(event, "Channel");
        born.since = event.timestamp();
        channels.put(id, born);
      }
      case "Rename" -> channels.get(id).name = text(event, "Newname");
      case "BridgeEnter" -> channels.get(id).bridge = text(event, "BridgeUniqueid");
      case "BridgeLeave" -> channels.get(id).bridge = "";
      case "QueueCallerJoin" -> {
        QueueName queue = new QueueName(text(event, "Queue"));
        int position = Integer.parseInt(text(event, "Position"));
        waiting.put(id, new WaitingFacts(new ChannelId(id), queue, position, event.timestamp()));
        channels.get(id).queue = Optional.of(queue);
      }
      case "QueueCallerLeave", "QueueCallerAbandon" -> waiting.remove(id);
      case "BlindTransfer" -> {
        Channel sentOn = channels.get(text(event, "TransfereeUniqueid"));
        if (sentOn != null) {
          sentOn.queue = Optional.empty();
        }
      }
      case "UserEvent" -> {
        if (text(event, "UserEvent").equals("CtiQueueResult") && channels.containsKey(id)) {
          channels.get(id).queue = Optional.empty();
        }
      }
      case "Hangup" -> {
        channels.remove(id);
        waiting.remove(id);
      }
      default -> {}
    }
    Channel known = channels.get(id);
    if (known != null && !text(event, "Linkedid").isEmpty()) {
      known.linked = text(event, "Linkedid");
      known.callingNumber = number(event, "CallerIDNum");
      known.callingName = number(event, "CallerIDName");
      known.context = text(event, "Context");
      known.extension = text(event, "Exten");
    }
  }

  Snapshot snapshot(Instant at) {
    return new Snapshot(
        gateway,
        at,
        "22",
        channels.entrySet().stream()
            .map(
                entry -> {
                  Channel c = entry.getValue();
                  return new ChannelFacts(
                      new ChannelId(entry.getKey()),
                      new ChannelId(c.linked.isEmpty() ? entry.getKey() : c.linked),
                      c.name,
                      c.callingNumber,
                      c.callingName,
                      c.context,
                      c.extension,
                      c.bridge,
                      c.queue,
                      c.since);
                })
            .toList(),
        java.util.List.copyOf(waiting.values()),
        java.util.List.of());
  }

  private static String text(AmiMessage event, String header) {
    return AmiWords.text(event, header);
  }

  private static String number(AmiMessage event, String header) {
    return AmiWords.number(event, header);
  }
}
