package cti.core.id;

/**
 * One device's part in a call (CSTA: call x device); today the channel's unique id, prefixed by the
 * gateway.
 *
 * @param value not blank, at most 128 characters
 */
public record ConnectionId(String value) implements Comparable<ConnectionId> {
  public ConnectionId {
    Ids.check("ConnectionId", value, 128);
  }

  @Override
  public int compareTo(ConnectionId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
