package cti.core.id;

/**
 * An incident by its number, as people quote it.
 *
 * @param value not blank, at most 32 characters
 */
public record IncidentId(String value) implements Comparable<IncidentId> {
  public IncidentId {
    Ids.check("IncidentId", value, 32);
  }

  @Override
  public int compareTo(IncidentId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
