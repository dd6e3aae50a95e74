package cti.core.agent;

/** In what the gateway, a phone's state and what our agents asked for may drift apart. */
public enum DriftKind {
  /** An agent is logged on, and a queue has no such member. */
  MEMBER_MISSING,
  /** A queue has a member for whom nobody is logged on. */
  MEMBER_STRAY,
  /** A member has the name of another agent. */
  MEMBER_NAME,
  /** A member is paused while the agent is ready there, or the other way round. */
  MEMBER_PAUSE,
  /** A member's penalty is not that of the agent's seat. */
  MEMBER_PENALTY,
  /** A phone is held to be in use and is in no call, or the other way round. */
  DEVICE_STATE,
  /** An agent is held to be in a call that there is not. */
  AGENT_IN_NO_CALL,
  /** A leg within the gateway was answered, and nobody is at its near end. */
  CHANNEL_DESERTED
}
