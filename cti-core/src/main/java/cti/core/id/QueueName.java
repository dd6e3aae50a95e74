package cti.core.id;

/**
 * A queue by its name on the gateway.
 *
 * @param value not blank, at most 80 characters
 */
public record QueueName(String value) implements Comparable<QueueName> {
  /** In characters. */
  public static final int LONGEST = 80;

  public QueueName {
    Ids.check("QueueName", value, LONGEST);
  }

  @Override
  public int compareTo(QueueName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
