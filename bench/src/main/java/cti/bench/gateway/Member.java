package cti.bench.gateway;

/** A queue's member. One owner: the gateway's thread. */
final class Member {
  private static final int NOT_IN_USE = 1;
  private static final int IN_USE = 2;

  private final String queue;
  private final String memberInterface;
  private final String name;
  private final String state;
  private final int penalty;
  private boolean paused;
  private String reason = "";
  private boolean inCall;
  private boolean offered;
  private int callsTaken;

  Member(
      String queue,
      String memberInterface,
      String name,
      String state,
      int penalty,
      boolean paused) {
    this.queue = queue;
    this.memberInterface = memberInterface;
    this.name = name;
    this.state = state;
    this.penalty = penalty;
    this.paused = paused;
  }

  String queue() {
    return queue;
  }

  String memberInterface() {
    return memberInterface;
  }

  String name() {
    return name;
  }

  String state() {
    return state;
  }

  /** What the dialplan behind {@code Local/8001@cti-agents/n} rings. */
  String extension() {
    return memberInterface.substring(
        memberInterface.indexOf('/') + 1, memberInterface.indexOf('@'));
  }

  int penalty() {
    return penalty;
  }

  int callsTaken() {
    return callsTaken;
  }

  int status() {
    return inCall ? IN_USE : NOT_IN_USE;
  }

  /** The same in the words of DeviceStateList. */
  String stateWord() {
    return status() == IN_USE ? "INUSE" : "NOT_INUSE";
  }

  boolean paused() {
    return paused;
  }

  String reason() {
    return reason;
  }

  void pause(boolean now, String why) {
    paused = now;
    reason = now ? why : "";
  }

  boolean free() {
    return !paused && !inCall;
  }

  void take() {
    inCall = true;
    callsTaken++;
  }

  void release() {
    inCall = false;
  }

  /** Whether it stands in the line of the free ones already; told once. */
  boolean enterLine() {
    boolean entered = !offered;
    offered = true;
    return entered;
  }

  void leaveLine() {
    offered = false;
  }
}
