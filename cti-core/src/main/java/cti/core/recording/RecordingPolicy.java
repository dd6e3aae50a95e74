package cti.core.recording;

/** Which talks of a desk are recorded. */
public enum RecordingPolicy {
  /** None, but what an agent starts where that is allowed. */
  NONE,
  /** Every talk. */
  ALL,
  /** The given share of calls, always the same ones. */
  SHARE,
  /** Every talk whose caller heard the announcement; no other. */
  ANNOUNCED
}
