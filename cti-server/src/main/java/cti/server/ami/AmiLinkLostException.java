package cti.server.ami;

/** The link went while the action waited for its answer; the gateway may have carried it out. */
public final class AmiLinkLostException extends AmiActionException {
  private static final long serialVersionUID = 1L;

  private final transient LinkLoss reason;

  AmiLinkLostException(String action, LinkLoss reason) {
    super(action, "action " + action + " has no answer, the link was lost: " + reason.message());
    this.reason = reason;
  }

  public LinkLoss reason() {
    return reason;
  }
}
