package cti.core.id;

/**
 * A gateway (an Asterisk) by the name that the configuration gives it.
 *
 * @param value not blank, at most 32 characters
 */
public record GatewayId(String value) implements Comparable<GatewayId> {
  public GatewayId {
    Ids.check("GatewayId", value, 32);
  }

  @Override
  public int compareTo(GatewayId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
