package cti.core.call;

/** How a record came to be (DOMAIN: data quality of a record). */
public enum DataQuality {
  /** Every event was seen as it happened. */
  LIVE,
  /** Part of it was rebuilt after the link or the server was away. */
  RECOVERED,
  /** The end was not seen. */
  LOST_TRACK
}
