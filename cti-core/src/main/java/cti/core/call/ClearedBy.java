package cti.core.call;

/** Who ended the talk or the wait first, as the gateway saw it. */
public enum ClearedBy {
  CALLER,
  AGENT,
  SYSTEM,
  UNKNOWN
}
