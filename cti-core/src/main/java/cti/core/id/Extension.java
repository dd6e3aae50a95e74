package cti.core.id;

/**
 * An internal number on the switch, as dialled from a desk phone.
 *
 * @param value not blank, at most 20 characters
 */
public record Extension(String value) implements Comparable<Extension> {
  /** In characters. */
  public static final int LONGEST = 20;

  public Extension {
    Ids.check("Extension", value, LONGEST);
  }

  @Override
  public int compareTo(Extension other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
