package cti.server.ami;

/**
 * A password of the gateway's manager user. It never shows in logs: {@link #toString()} hides it.
 */
public final class Secret {
  private final String value;

  /**
   * @throws IllegalArgumentException where the value is empty
   */
  public Secret(String value) {
    if (value == null || value.isEmpty()) {
      throw new IllegalArgumentException("secret is empty: expected the manager user's password");
    }
    this.value = value;
  }

  /** The password itself: only for the computation of a login key. */
  public String reveal() {
    return value;
  }

  @Override
  public String toString() {
    return "[REDACTED]";
  }
}
