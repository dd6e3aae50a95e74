package cti.bridge.phone;

/** What came of an order. */
public sealed interface Outcome {
  /** The phone took it; what follows is told by its events. */
  record Done() implements Outcome {}

  /**
   * Nothing was changed, except that after {@code no-answer} it may still happen.
   *
   * @param id no-such-call, wrong-state, not-available, phone-away, server-away, no-answer,
   *     refused, or a refusal of cti-server
   * @param message the offending value and what was expected
   */
  record Refused(String id, String message) implements Outcome {}

  static Outcome notAvailable(PhoneFeature feature, String phone) {
    return new Refused(
        "not-available", feature.word() + " is not available with the phone " + phone);
  }
}
