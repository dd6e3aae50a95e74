package cti.core.call;

/** Which way a call was made, as seen from the desk. */
public enum Direction {
  /** A caller dialled the hotline. */
  INBOUND,
  /** Anything else that crosses the gateway. */
  OTHER
}
