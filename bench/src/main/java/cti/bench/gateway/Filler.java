package cti.bench.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the shipped event filters keep away and a gateway without them sends: per answered call
 * about 11 Newexten, 8 more DeviceStateChange, and VarSet for all the rest (counted on the testbed:
 * 4,671 events of 30 calls, 2,100 of them VarSet). Headers as in Asterisk 22,
 * main/manager_channels.c.
 */
final class Filler {
  private static final int DIALPLAN_STEP_EVERY = 9;
  private static final int DEVICE_STATE_EVERY = 13;

  private final String channel;
  private final Map<String, Slot> tokens;
  private final int most;
  private int given;

  /**
   * @param newchannel the event that begins the call: its channel runs the dialplan
   * @param most how many there are to be; none where it is negative
   */
  Filler(String newchannel, Map<String, Slot> tokens, int most) {
    this.channel = newchannel.substring(newchannel.indexOf("Timestamp: "));
    this.tokens = tokens;
    this.most = Math.max(0, most);
  }

  /** What follows the {@code done}th of {@code all} recorded events. */
  List<EventTemplate> share(int done, int all) {
    List<EventTemplate> share = new ArrayList<>();
    while (given < (long) most * done / all) {
      given++;
      share.add(EventTemplate.of(next(), tokens));
    }
    return share;
  }

  private String next() {
    if (given % DIALPLAN_STEP_EVERY == 0) {
      return "Event: Newexten\r\nPrivilege: dialplan,all\r\n"
          + channel
          + "Extension: 8000\r\nApplication: Set\r\nAppData: CTI_REASON=server-silent\r\n";
    }
    if (given % DEVICE_STATE_EVERY == 0) {
      return "Event: DeviceStateChange\r\nPrivilege: call,all\r\n"
          + channel.substring(0, channel.indexOf("\r\n") + 2)
          + "Device: PJSIP/ipoffice\r\nState: INUSE\r\n";
    }
    return "Event: VarSet\r\nPrivilege: dialplan,all\r\n"
        + channel
        + "Variable: CTI_ROUND\r\nValue: 1\r\n";
  }
}
