package cti.core.call;

/** Why an event came about; the words of CSTA (ECMA-269, 12.2.15) where it has one. */
public enum EventCause {
  /** The ordinary course of a call. */
  NORMAL,
  /** Nobody took the call in time. */
  NO_ANSWER,
  /** The device was in use. */
  BUSY,
  /** The device or its user refused. */
  CALL_REJECTED,
  /** The device could not be reached. */
  DEST_NOT_OBTAINABLE,
  /** The caller left. */
  CALL_CANCELLED,
  /** cti-server did not answer the gateway; the gateway's own static queue took the call. */
  FALLBACK,
  /** Found by comparing with a snapshot of the gateway after the link was away. */
  RESYNC,
  /** The end was not seen; counted, never guessed. */
  LOST_TRACK
}
