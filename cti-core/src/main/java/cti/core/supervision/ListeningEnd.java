package cti.core.supervision;

/** How a listening ended. */
public enum ListeningEnd {
  /** It was heard, and then somebody hung up or it was stopped. */
  OVER,
  /** The supervisor's phone was not answered, or the talk was over before it was. */
  NOT_ANSWERED,
  /** The gateway would not do it. */
  REFUSED,
  /** The end was not seen: the link was away. */
  UNSEEN
}
