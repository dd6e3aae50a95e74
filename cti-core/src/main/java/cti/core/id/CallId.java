package cti.core.id;

/**
 * One caller's contact from first ring to last hang-up. Made of the gateway and its linked id.
 *
 * @param value not blank, at most 128 characters
 */
public record CallId(String value) implements Comparable<CallId> {
  public CallId {
    Ids.check("CallId", value, 128);
  }

  @Override
  public int compareTo(CallId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
