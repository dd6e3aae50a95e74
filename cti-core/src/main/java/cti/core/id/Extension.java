package cti.core.id;

/**
 * An internal number on the switch, as dialled from a desk phone.
 *
 * @param value not blank, at most 20 characters
 */
public record Extension(String value) implements Comparable<Extension> {
  public Extension {
    Ids.check("Extension", value, 20);
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
