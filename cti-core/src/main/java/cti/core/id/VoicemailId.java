package cti.core.id;

/**
 * One message that a caller left.
 *
 * @param value not blank, at most 210 characters: {@code <call>~<part>}, part 1, 2, … of the call
 */
public record VoicemailId(String value) implements Comparable<VoicemailId> {
  public VoicemailId {
    Ids.check("VoicemailId", value, 210);
  }

  public static VoicemailId of(CallId call, int part) {
    return new VoicemailId(call + "~" + part);
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
