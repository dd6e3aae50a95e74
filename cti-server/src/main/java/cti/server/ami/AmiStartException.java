package cti.server.ami;

/** The first attempts ended for a reason that trying again cannot mend, or the link was stopped. */
public final class AmiStartException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient LinkLoss reason;

  AmiStartException(LinkLoss reason) {
    super(reason.message());
    this.reason = reason;
  }

  public LinkLoss reason() {
    return reason;
  }
}
