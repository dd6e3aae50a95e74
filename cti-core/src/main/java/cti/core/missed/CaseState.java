package cti.core.missed;

/** What became of a missed case (DOMAIN: MissedCase). */
public enum CaseState {
  /** Nobody of us has talked to the person since. */
  OPEN,
  /** We called back and talked. */
  RETURNED,
  /** They called again and somebody answered, at whichever desk. */
  RECOVERED,
  /** Closed by hand, with a reason. */
  CLOSED
}
