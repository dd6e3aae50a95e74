package cti.core.id;

/**
 * One stay of one call in one queue.
 *
 * @param value not blank, at most 160 characters
 */
public record VisitId(String value) implements Comparable<VisitId> {
  public VisitId {
    Ids.check("VisitId", value, 160);
  }

  @Override
  public int compareTo(VisitId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
