package cti.core.id;

/**
 * One promise to call somebody back.
 *
 * @param value not blank, at most 128 characters: the call in which it was asked for
 */
public record CallbackId(String value) implements Comparable<CallbackId> {
  public CallbackId {
    Ids.check("CallbackId", value, 128);
  }

  public static CallbackId of(CallId call) {
    return new CallbackId(call.value());
  }

  @Override
  public int compareTo(CallbackId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
