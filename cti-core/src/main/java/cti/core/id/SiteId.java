package cti.core.id;

/**
 * A site: the headquarters or a factory.
 *
 * @param value not blank, at most 32 characters
 */
public record SiteId(String value) implements Comparable<SiteId> {
  public SiteId {
    Ids.check("SiteId", value, 32);
  }

  @Override
  public int compareTo(SiteId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
