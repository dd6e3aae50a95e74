package cti.core.routing;

/** What the directory and the sites say about a caller. */
public enum CallerKind {
  /** Every match works at one and the same factory. */
  FACTORY,
  /** Every match works at the headquarters. */
  HEADQUARTERS,
  /** The number belongs to people at several sites: nothing is taken for granted. */
  AMBIGUOUS,
  /** No match, or one at a site that is not ours. */
  UNKNOWN
}
