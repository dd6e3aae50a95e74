package cti.bridge.server;

/**
 * How the connection to the server does.
 *
 * @param detail why it is as it is, for people; may be empty
 */
public record ServerStatus(State state, String detail) {
  /** Where it is. */
  public enum State {
    /** This computer is not paired. */
    NOT_PAIRED,
    CONNECTING,
    LIVE,
    /** Tried again by itself. */
    AWAY,
    /** The server does not know the token any more: it must be paired anew. */
    REVOKED;

    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
  }
}
