package cti.bridge.phone;

/**
 * A call as the phone sees it.
 *
 * @param id the phone's own
 * @param incoming whether it came to the phone
 * @param number of the other side, possibly empty
 * @param name of the other side, possibly empty
 */
public record PhoneCall(
    String id, boolean incoming, String number, String name, State state, boolean muted) {

  /** Where a call is. */
  public enum State {
    RINGING,
    DIALLING,
    TALKING,
    HELD;

    /** As the local API writes it. */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  public PhoneCall with(State next) {
    return new PhoneCall(id, incoming, number, name, next, muted);
  }

  public PhoneCall muted(boolean on) {
    return new PhoneCall(id, incoming, number, name, state, on);
  }
}
