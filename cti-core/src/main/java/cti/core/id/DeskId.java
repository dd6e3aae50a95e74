package cti.core.id;

/**
 * A desk: the pair of site and business line that owns one queue.
 *
 * @param value not blank, at most 32 characters
 */
public record DeskId(String value) implements Comparable<DeskId> {
  public DeskId {
    Ids.check("DeskId", value, 32);
  }

  @Override
  public int compareTo(DeskId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
