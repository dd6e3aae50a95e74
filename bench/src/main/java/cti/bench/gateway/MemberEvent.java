package cti.bench.gateway;

/** What app_queue tells of a member, with the headers that it has (apps/app_queue.c). */
final class MemberEvent {
  private MemberEvent() {}

  /** An event such as QueueMemberAdded, with the closing empty line. */
  static String of(String event, Member member, String now) {
    return "Event: "
        + event
        + "\r\nPrivilege: agent,all\r\nTimestamp: "
        + now
        + "\r\nQueue: "
        + member.queue()
        + "\r\nMemberName: "
        + member.name()
        + "\r\nInterface: "
        + member.memberInterface()
        + "\r\nStateInterface: "
        + member.state()
        + "\r\nMembership: dynamic\r\nPenalty: "
        + member.penalty()
        + "\r\nCallsTaken: "
        + member.callsTaken()
        + "\r\nLastCall: 0\r\nLastPause: 0\r\nLoginTime: "
        + now.substring(0, now.indexOf('.'))
        + "\r\nInCall: 0\r\nStatus: "
        + member.status()
        + "\r\nPaused: "
        + (member.paused() ? 1 : 0)
        + "\r\nPausedReason: "
        + member.reason()
        + "\r\nRinginuse: 0\r\nWrapuptime: 0\r\n\r\n";
  }

  /** A row of the answer to QueueStatus; Asterisk's names differ here. */
  static String row(Member member, String actionId) {
    return "Event: QueueMember\r\nActionID: "
        + actionId
        + "\r\nQueue: "
        + member.queue()
        + "\r\nName: "
        + member.name()
        + "\r\nLocation: "
        + member.memberInterface()
        + "\r\nStateInterface: "
        + member.state()
        + "\r\nMembership: dynamic\r\nPenalty: "
        + member.penalty()
        + "\r\nCallsTaken: "
        + member.callsTaken()
        + "\r\nLastCall: 0\r\nLastPause: 0\r\nLoginTime: 0\r\nInCall: 0\r\nStatus: "
        + member.status()
        + "\r\nPaused: "
        + (member.paused() ? 1 : 0)
        + "\r\nPausedReason: "
        + member.reason()
        + "\r\nWrapuptime: 0\r\n\r\n";
  }
}
