package cti.core.directory;

/** What becomes of people who are on record and not in the source. */
public enum GoneRule {
  /** They stay: the source tells of some people only. */
  KEEP,
  /** They are retired. */
  RETIRE
}
