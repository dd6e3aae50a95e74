package cti.bench.gateway;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** The lists that a gateway answers with: what is so at the moment. */
final class GatewaySnapshot {
  private GatewaySnapshot() {}

  /** The answer to QueueStatus: members only, for the callers' channels say where they wait. */
  static String queues(Queues queues, String actionId) {
    StringBuilder out = start(actionId, "Queue status will follow");
    queues.members().forEach(member -> out.append(MemberEvent.row(member, actionId)));
    return end(out, "QueueStatusComplete", actionId, queues.members().size());
  }

  /** The answer to DeviceStateList: the devices that stand for members' phones. */
  static String devices(Queues queues, String actionId) {
    StringBuilder out = start(actionId, "Device State Changes will follow");
    Map<String, String> states = new TreeMap<>();
    for (Member member : queues.members()) {
      states.merge(member.state(), member.stateWord(), GatewaySnapshot::inUseFirst);
    }
    states.forEach(
        (device, state) ->
            out.append("Event: DeviceStateChange\r\nActionID: ")
                .append(actionId)
                .append("\r\nDevice: ")
                .append(device)
                .append("\r\nState: ")
                .append(state)
                .append("\r\n\r\n"));
    return end(out, "DeviceStateListComplete", actionId, states.size());
  }

  private static String inUseFirst(String one, String other) {
    return one.equals("INUSE") ? one : other;
  }

  /** The answer to CoreShowChannels: one channel for a caller in the flow, four for a talk. */
  static String channels(Collection<PlayedCall> calls, String actionId) {
    StringBuilder out = start(actionId, "Channels will follow");
    int rows = 0;
    for (PlayedCall call : calls) {
      boolean talks = call.talks();
      String number = call.get(Slot.NUMBER);
      String queue = call.get(Slot.QUEUE);
      String linked = call.get(Slot.CALLER_ID);
      row(out, actionId, call.get(Slot.CALLER_CHANNEL), number, "cti-hotline", "8000", linked);
      out.append("Linkedid: ").append(linked).append("\r\nApplication: ");
      out.append(queue.isEmpty() ? "AGI" : "Queue").append("\r\nApplicationData: ").append(queue);
      close(out, talks ? call.get(Slot.CALLER_BRIDGE) : "");
      rows++;
      if (call.member() == null) {
        continue;
      }
      String extension = call.member().extension();
      String local = "Local/" + extension + "@" + call.get(Slot.LOCAL_CHANNEL);
      row(out, actionId, local + ";2", number, "cti-agents", extension, call.get(Slot.FAR_LEG_ID));
      out.append("Linkedid: ").append(linked).append("\r\nApplication: Dial\r\nApplicationData: ");
      out.append("PJSIP/").append(extension).append("@ipoffice,60");
      close(out, talks ? call.get(Slot.PHONE_BRIDGE) : "");
      row(out, actionId, local + ";1", extension, "cti-agents", "8000", call.get(Slot.NEAR_LEG_ID));
      out.append("Linkedid: ").append(linked);
      out.append("\r\nApplication: AppQueue\r\nApplicationData: (Outgoing Line)");
      close(out, talks ? call.get(Slot.CALLER_BRIDGE) : "");
      String phone = call.get(Slot.PHONE_CHANNEL);
      row(out, actionId, phone, extension, "cti-hotline", "", call.get(Slot.PHONE_ID));
      out.append("Linkedid: ").append(linked);
      out.append("\r\nApplication: AppDial\r\nApplicationData: (Outgoing Line)");
      close(out, talks ? call.get(Slot.PHONE_BRIDGE) : "");
      rows += 3;
    }
    return end(out, "CoreShowChannelsComplete", actionId, rows);
  }

  private static void row(
      StringBuilder out,
      String actionId,
      String channel,
      String number,
      String context,
      String extension,
      String id) {
    out.append("Event: CoreShowChannel\r\nActionID: ").append(actionId);
    out.append("\r\nChannel: ").append(channel);
    out.append("\r\nChannelState: 6\r\nChannelStateDesc: Up\r\nCallerIDNum: ").append(number);
    out.append("\r\nCallerIDName: ").append(number);
    out.append("\r\nConnectedLineNum: <unknown>\r\nConnectedLineName: <unknown>\r\nLanguage: en");
    out.append("\r\nAccountCode: \r\nContext: ").append(context);
    out.append("\r\nExten: ").append(extension).append("\r\nPriority: 1\r\nUniqueid: ").append(id);
    out.append("\r\n");
  }

  private static void close(StringBuilder out, String bridge) {
    out.append("\r\nDuration: 00:00:01\r\nBridgeId: ").append(bridge).append("\r\n\r\n");
  }

  private static StringBuilder start(String actionId, String message) {
    return new StringBuilder(4_096)
        .append("Response: Success\r\nActionID: ")
        .append(actionId)
        .append("\r\nEventList: start\r\nMessage: ")
        .append(message)
        .append("\r\n\r\n");
  }

  private static String end(StringBuilder out, String event, String actionId, int rows) {
    return out.append("Event: ")
        .append(event)
        .append("\r\nActionID: ")
        .append(actionId)
        .append("\r\nEventList: Complete\r\nListItems: ")
        .append(rows)
        .append("\r\n\r\n")
        .toString();
  }
}
