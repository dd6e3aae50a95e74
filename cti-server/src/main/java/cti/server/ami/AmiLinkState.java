package cti.server.ami;

/** Where the link is. {@link AmiLink} has the transitions. */
public enum AmiLinkState {
  /** Made, not started. */
  NEW,
  /** TCP connection under way. */
  CONNECTING,
  /** Connected (TLS handshake included); the gateway's first line is awaited. */
  AWAITING_BANNER,
  /** Asked for a challenge. */
  AWAITING_CHALLENGE,
  /** Answered it. */
  AWAITING_LOGIN,
  /** Logged in; FullyBooted is awaited. */
  AWAITING_BOOT,
  /** Events flow, actions may be sent. */
  UP,
  /** Lost or refused; a new attempt is scheduled. */
  BACKING_OFF,
  /** Logging off. */
  STOPPING,
  /** Ended for good. */
  STOPPED
}
