package cti.core.callback;

/** How a promise to call back ended. The missed case stays open but for the first two. */
public enum CallbackOutcome {
  /** We called and an agent talked to the caller. */
  TALKED,
  /** Somebody talked to the caller in another call meanwhile. */
  SETTLED,
  /** The caller answered, and hung up before an agent came. */
  LEFT,
  /** Called as often as the policy says, never reached. */
  NOT_REACHED,
  /** Its time passed before the caller's turn came or they were reached. */
  EXPIRED,
  /** Somebody took it off the list. */
  CANCELLED
}
