package cti.core.call;

/** Which way a call was made, as seen from the desk. */
public enum Direction {
  /** A caller dialled the hotline. */
  INBOUND,
  /** A phone of ours dialled somebody outside, through the gateway. */
  OUTBOUND,
  /** Extension to extension, through the gateway. */
  INTERNAL,
  /** What cannot be known. */
  OTHER
}
