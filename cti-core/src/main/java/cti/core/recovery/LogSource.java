package cti.core.recovery;

/** The logs of a gateway. */
public enum LogSource {
  QUEUE_LOG,
  CDR
}
