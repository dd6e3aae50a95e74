package cti.core.call;

/** How a device came to be in a call. */
public enum PartRole {
  /** The call began with it. */
  CALLER,
  /** A queue offered it the call. */
  QUEUE_AGENT,
  /** Dialled by the caller, or by the flow for them. */
  CALLED,
  /** Asked by an agent while the caller is on hold; not with the caller yet. */
  CONSULTED,
  /** The caller was handed to it. */
  TRANSFERRED_TO,
  /** Joined the others. */
  CONFERENCED;

  /** Whether it is with the caller once it has answered. */
  boolean withCaller() {
    return switch (this) {
      case CALLER, CONSULTED -> false;
      case QUEUE_AGENT, CALLED, TRANSFERRED_TO, CONFERENCED -> true;
    };
  }
}
