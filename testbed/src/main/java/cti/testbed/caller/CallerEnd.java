package cti.testbed.caller;

/** How a caller's call ended, as the caller's telephone saw it. */
public enum CallerEnd {
  /** The caller hung up, as the script says. */
  HUNG_UP_HERE,
  /** The far end hung up. */
  HUNG_UP_THERE,
  /** Nobody answered while the caller's patience lasted. */
  GAVE_UP_RINGING,
  /** The far end answered with a final refusal instead of taking the call. */
  REFUSED,
  /** The caller's process ended without an end of the call: it was closed, or something broke. */
  BROKEN
}
