package cti.core.agent;

/** Agent states of CSTA (ECMA-269, 6.1.1.6.4); LoggedOff is its Null. */
public enum AgentState {
  LOGGED_OFF,
  NOT_READY,
  READY,
  BUSY,
  WORKING_AFTER_CALL,
  /** Shown while the link to the gateway is away; never stored. */
  UNKNOWN
}
