package cti.core.id;

/**
 * A person in the directory; the employee number.
 *
 * @param value not blank, at most 32 characters
 */
public record StaffId(String value) implements Comparable<StaffId> {
  public StaffId {
    Ids.check("StaffId", value, 32);
  }

  @Override
  public int compareTo(StaffId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
