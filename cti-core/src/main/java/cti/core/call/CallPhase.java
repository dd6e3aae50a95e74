package cti.core.call;

/** Where a call that is under way stands, for screens. */
public enum CallPhase {
  /** In the flow: greeting, menu. */
  IN_FLOW,
  WAITING,
  /** A phone rings: for a caller in a queue, or one that was dialled. */
  RINGING,
  TALKING,
  /** With somebody, on hold. */
  ON_HOLD,
  /** Talked, or waited in vain, and not yet gone. */
  ENDING
}
