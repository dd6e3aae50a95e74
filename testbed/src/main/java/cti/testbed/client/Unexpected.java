package cti.testbed.client;

/** Something is not as it should be; the message says what was expected and what was seen. */
public final class Unexpected extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public Unexpected(String message) {
    super(message);
  }

  public static Unexpected instead(String expected, Object seen) {
    return new Unexpected("expected " + expected + ", seen: " + seen);
  }
}
