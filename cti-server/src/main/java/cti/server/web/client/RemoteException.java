package cti.server.web.client;

/** The server did not do what was asked; the message is for people. */
public final class RemoteException extends Exception {
  private static final long serialVersionUID = 1L;

  public RemoteException(String message) {
    super(message);
  }
}
