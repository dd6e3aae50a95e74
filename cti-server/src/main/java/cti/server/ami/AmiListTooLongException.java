package cti.server.ami;

/** A list answer had more events than the link's bound; the rest of it is dropped. */
public final class AmiListTooLongException extends AmiActionException {
  private static final long serialVersionUID = 1L;

  AmiListTooLongException(String action, int bound) {
    super(action, "the list that answers " + action + " is longer than maxListEvents = " + bound);
  }
}
