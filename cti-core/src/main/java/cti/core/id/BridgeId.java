package cti.core.id;

/**
 * A bridge that was paired, by the number that it has on record.
 *
 * @param value digits, at most 19
 */
public record BridgeId(String value) {
  public BridgeId {
    Ids.check("BridgeId", value, 19);
    if (!value.matches("[0-9]+")) {
      throw new IllegalArgumentException("BridgeId is '" + value + "', expected digits");
    }
  }

  public long number() {
    return Long.parseLong(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
