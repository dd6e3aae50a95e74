package cti.server.ami;

/** The action was not sent: the link is not up, or too many actions wait for their answers. */
public final class AmiActionRefusedException extends AmiActionException {
  private static final long serialVersionUID = 1L;

  AmiActionRefusedException(String action, String reason) {
    super(action, "action " + action + " was not sent: " + reason);
  }
}
