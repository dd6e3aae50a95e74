package cti.core.desk;

/** What a site is: calls from a factory go to its own desk unless the caller asks otherwise. */
public enum SiteKind {
  HEADQUARTERS,
  FACTORY
}
