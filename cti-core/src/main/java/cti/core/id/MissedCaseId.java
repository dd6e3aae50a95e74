package cti.core.id;

/**
 * A missed case: the id of its first missed call. Any other of its calls finds it as well.
 *
 * @param value not blank, at most 128 characters
 */
public record MissedCaseId(String value) implements Comparable<MissedCaseId> {
  public MissedCaseId {
    Ids.check("MissedCaseId", value, 128);
  }

  @Override
  public int compareTo(MissedCaseId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
