package cti.server.ami;

/** Why an action has no answer. Whether the gateway carried it out is known in one case only. */
public abstract sealed class AmiActionException extends Exception
    permits AmiActionRefusedException,
        AmiActionTimeoutException,
        AmiLinkLostException,
        AmiListTooLongException {
  private static final long serialVersionUID = 1L;

  private final String action;

  AmiActionException(String action, String message) {
    super(message);
    this.action = action;
  }

  /** Name of the action, such as {@code QueueAdd}. */
  public String action() {
    return action;
  }
}
