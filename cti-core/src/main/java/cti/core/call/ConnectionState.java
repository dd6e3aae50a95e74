package cti.core.call;

/** What a device's part in a call is doing (CSTA, ECMA-269, 6.1.5). */
public enum ConnectionState {
  /** Begun, and connected with nobody: in the flow, or about to dial. */
  INITIATED,
  /** Rings. */
  ALERTING,
  CONNECTED,
  /** Put the others on hold. */
  HELD,
  /** Waits in a queue. */
  QUEUED,
  /** Busy, not answered, not reachable. */
  FAILED,
  /** No longer in the call. */
  NULL
}
