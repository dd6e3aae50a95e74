package cti.core.id;

/**
 * A channel of the gateway by its unique id (Asterisk's Uniqueid); never parsed.
 *
 * @param value not blank, at most 128 characters
 */
public record ChannelId(String value) implements Comparable<ChannelId> {
  /** In characters. */
  public static final int LONGEST = 128;

  public ChannelId {
    Ids.check("ChannelId", value, LONGEST);
  }

  @Override
  public int compareTo(ChannelId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
