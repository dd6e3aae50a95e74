package cti.core.calendar;

/**
 * The name of a duty roster.
 *
 * @param value 1 to 40 of a-z 0-9 -
 */
public record RosterName(String value) implements Comparable<RosterName> {
  public RosterName {
    Names.check("roster", value);
  }

  @Override
  public int compareTo(RosterName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
