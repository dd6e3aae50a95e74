package cti.core.id;

/**
 * One message that a caller left.
 *
 * @param value not blank, at most 210 characters: {@code <call>~<channel>~<part>}, part 1, 2, … of
 *     the channel; a call may have several
 */
public record VoicemailId(String value) implements Comparable<VoicemailId> {
  private static final int MOST_OF_CHANNEL = 70;

  public VoicemailId {
    Ids.check("VoicemailId", value, 210);
  }

  /** Of a long channel the end, which tells it from others. */
  public static VoicemailId of(CallId call, ChannelId channel, int part) {
    String name = channel.value();
    String tail = name.substring(Math.max(0, name.length() - MOST_OF_CHANNEL));
    return new VoicemailId(call + "~" + tail + "~" + part);
  }

  @Override
  public int compareTo(VoicemailId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
