package cti.core.call;

/** Where a call that is under way stands, for screens. */
public enum CallPhase {
  /** In the flow: greeting, menu. */
  IN_FLOW,
  WAITING,
  RINGING,
  TALKING,
  /** Talked, or waited in vain, and not yet gone. */
  ENDING
}
