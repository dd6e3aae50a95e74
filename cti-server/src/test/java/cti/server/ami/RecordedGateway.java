package cti.server.ami;

import cti.core.engine.GatewayInput;
import cti.core.engine.GatewayInput.ChannelFacts;
import cti.core.engine.GatewayInput.WaitingFacts;
import cti.core.id.ChannelId;
import cti.core.id.GatewayId;
import cti.core.id.QueueName;
import cti.core.recovery.CallDetail;
import cti.core.recovery.CallDetail.Party;
import cti.core.recovery.CallDetail.Ran;
import cti.core.recovery.CallDetail.Times;
import cti.core.recovery.CallLog;
import cti.core.recovery.QueueLogEntry;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A gateway of which a transcript is known: what it would say in a snapshot after so many messages,
 * and what it wrote into its own logs meanwhile, as Asterisk does (app_queue.c, cdr.c): queue_log
 * to the second, a call detail record for each channel that dialled or was the caller's.
 */
final class RecordedGateway {
  private final GatewayId gateway;
  private final Map<String, Channel> channels = new LinkedHashMap<>();
  private final Map<String, CallLog> logs = new LinkedHashMap<>();
  private final Map<String, String> callOfChannel = new HashMap<>();
  private Instant now = Instant.EPOCH;

  /** A channel while it lasts. */
  private static final class Channel {
    final String id;
    final String linked;
    final String name;
    final String number;
    final String exten;
    final Instant since;
    String context;
    String bridge = "";
    Optional<String> queue = Optional.empty();
    Optional<Instant> waitsSince = Optional.empty();
    boolean askedToHangUp;
    boolean served;
    String application = "";
    String dialledChannel = "";
    String dialledNumber = "";
    Instant dialled;
    Optional<Instant> answered = Optional.empty();
    String disposition = "NO ANSWER";
    Optional<Integer> q850 = Optional.empty();

    Channel(AmiMessage event, Instant at) {
      this.id = text(event, "Uniqueid");
      this.linked = text(event, "Linkedid");
      this.name = text(event, "Channel");
      this.number = text(event, "CallerIDNum");
      this.exten = text(event, "Exten");
      this.context = text(event, "Context");
      this.since = at;
      this.dialled = at;
    }

    boolean ofCaller() {
      return id.equals(linked);
    }
  }

  RecordedGateway(GatewayId gateway) {
    this.gateway = gateway;
  }

  Map<String, CallLog> logs() {
    return logs;
  }

  Instant now() {
    return now;
  }

  private static String text(AmiMessage event, String header) {
    return AmiWords.text(event, header);
  }

  /** What happened next. */
  void take(AmiMessage event) {
    if (event.eventName() == null) {
      return;
    }
    if (event.timestamp() != null) {
      now = event.timestamp();
    }
    if (event.eventName().equals("Newchannel")) {
      Channel channel = new Channel(event, now);
      channels.put(channel.id, channel);
      callOfChannel.put(channel.id, channel.linked);
      return;
    }
    Channel channel = channels.get(text(event, "Uniqueid"));
    if (channel == null) {
      return;
    }
    if (!text(event, "Context").isEmpty()) {
      channel.context = text(event, "Context");
    }
    switch (event.eventName()) {
      case "BridgeEnter" -> channel.bridge = text(event, "BridgeUniqueid");
      case "BridgeLeave" -> channel.bridge = "";
      case "HangupRequest" -> channel.askedToHangUp = true;
      case "QueueCallerJoin" -> joins(channel, event);
      case "QueueCallerLeave" -> channel.waitsSince = Optional.empty();
      case "QueueCallerAbandon" -> left(channel, "ABANDON", event);
      case "AgentRingNoAnswer" -> logged(channel, event, "RINGNOANSWER", text(event, "RingTime"));
      case "AgentConnect" -> {
        channel.served = true;
        logged(
            channel,
            event,
            "CONNECT",
            text(event, "HoldTime"),
            text(event, "DestUniqueid"),
            text(event, "RingTime"));
      }
      case "AgentComplete" ->
          logged(
              channel,
              event,
              text(event, "Reason").equals("caller") ? "COMPLETECALLER" : "COMPLETEAGENT",
              text(event, "HoldTime"),
              text(event, "TalkTime"),
              "1");
      case "DialBegin" -> dials(channel, event);
      case "DialEnd" -> dialled(channel, event);
      case "UserEvent" -> userEvent(channel, event);
      case "Hangup" -> gone(channel);
      default -> {
        // Says nothing about who is there and who talks.
      }
    }
  }

  private void joins(Channel channel, AmiMessage event) {
    channel.queue = Optional.of(text(event, "Queue"));
    channel.waitsSince = Optional.of(now);
    channel.served = false;
    channel.application = "Queue";
    pendingLeave.remove(channel.id);
    log(channel)
        .add(
            entry(
                channel,
                text(event, "Queue"),
                "NONE",
                "ENTERQUEUE",
                "",
                text(event, "CallerIDNum"),
                text(event, "Position")));
  }

  /** app_queue tells of an abandoned call when its own time is up, too. */
  private void left(Channel channel, String how, AmiMessage event) {
    pendingLeave.put(
        channel.id,
        entry(
            channel,
            text(event, "Queue"),
            "NONE",
            how,
            text(event, "Position"),
            text(event, "OriginalPosition"),
            text(event, "HoldTime")));
  }

  private final Map<String, QueueLogEntry> pendingLeave = new HashMap<>();

  private void userEvent(Channel channel, AmiMessage event) {
    switch (text(event, "UserEvent")) {
      case "CtiQueueResult" -> {
        String line =
            switch (text(event, "Status")) {
              case "TIMEOUT" -> "EXITWITHTIMEOUT";
              case "LEAVEEMPTY" -> "EXITEMPTY";
              default -> "";
            };
        QueueLogEntry abandoned = pendingLeave.remove(channel.id);
        if (!line.isEmpty()) {
          List<String> data = abandoned == null ? List.of("1", "1", "0") : abandoned.data();
          log(channel)
              .add(entry(channel, text(event, "Queue"), "NONE", line, data.toArray(String[]::new)));
        }
        channel.queue = Optional.empty();
        channel.waitsSince = Optional.empty();
      }
      case "CtiAgentResult" -> channel.q850 = Optional.of(AmiWords.whole(event, "Cause"));
      default -> {
        // Nothing that a log has.
      }
    }
  }

  private void dials(Channel channel, AmiMessage event) {
    if (channel.queue.isPresent()) {
      return;
    }
    channel.application = "Dial";
    channel.dialledChannel = text(event, "DestChannel");
    channel.dialledNumber = AmiWords.dialled(event, "DialString");
    channel.dialled = now;
    channel.disposition = "NO ANSWER";
  }

  private void dialled(Channel channel, AmiMessage event) {
    if (channel.queue.isPresent()) {
      return;
    }
    switch (text(event, "DialStatus")) {
      case "ANSWER" -> {
        channel.answered = Optional.of(now);
        channel.disposition = "ANSWERED";
      }
      case "BUSY" -> channel.disposition = "BUSY";
      case "CONGESTION", "CHANUNAVAIL" -> channel.disposition = "CONGESTION";
      default -> {
        // Rang in vain.
      }
    }
  }

  private void gone(Channel channel) {
    channels.remove(channel.id);
    QueueLogEntry abandoned = pendingLeave.remove(channel.id);
    if (abandoned != null) {
      log(channel).add(abandoned);
    }
    boolean dialsPhone = channel.application.equals("Dial");
    if (channel.ofCaller() || dialsPhone) {
      boolean byFlow = !channel.askedToHangUp && !channel.served && !dialsPhone;
      log(channel)
          .add(
              new CallDetail(
                  channel.linked,
                  channel.id,
                  new Party(channel.number, channel.exten, channel.context, channel.name),
                  new Ran(
                      byFlow ? "Hangup" : channel.application,
                      channel.dialledChannel,
                      channel.dialledNumber),
                  new Times(
                      channel.since,
                      channel.ofCaller() && !dialsPhone
                          ? Optional.of(channel.since)
                          : channel.answered,
                      now),
                  channel.ofCaller() && !dialsPhone ? "ANSWERED" : channel.disposition,
                  channel.q850));
    }
  }

  private void logged(Channel channel, AmiMessage event, String line, String... data) {
    log(channel).add(entry(channel, text(event, "Queue"), text(event, "MemberName"), line, data));
  }

  private QueueLogEntry entry(
      Channel channel, String queue, String member, String event, String... data) {
    return new QueueLogEntry(
        now.truncatedTo(ChronoUnit.SECONDS), channel.id, queue, member, event, List.of(data));
  }

  private CallLog log(Channel channel) {
    return logs.computeIfAbsent(channel.linked, CallLog::new);
  }

  GatewayInput.Snapshot snapshot() {
    List<ChannelFacts> facts = new ArrayList<>();
    List<WaitingFacts> waiting = new ArrayList<>();
    for (Channel channel : channels.values()) {
      // Seconds, as CoreShowChannels has them.
      Duration lasted = Duration.between(channel.since, now).truncatedTo(ChronoUnit.SECONDS);
      facts.add(
          new ChannelFacts(
              new ChannelId(channel.id),
              new ChannelId(channel.linked),
              channel.name,
              channel.number,
              "",
              channel.context,
              channel.exten,
              channel.bridge,
              channel.queue.map(QueueName::new),
              now.minus(lasted)));
      channel.waitsSince.ifPresent(
          since ->
              waiting.add(
                  new WaitingFacts(
                      new ChannelId(channel.id),
                      new QueueName(channel.queue.orElseThrow()),
                      1,
                      now.minus(Duration.between(since, now).truncatedTo(ChronoUnit.SECONDS)))));
    }
    return new GatewayInput.Snapshot(gateway, now, "22", facts, waiting, List.of());
  }
}
