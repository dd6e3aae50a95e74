package cti.core.id;

/**
 * One offer of a queued call to one agent.
 *
 * @param value not blank, at most 200 characters
 */
public record AttemptId(String value) implements Comparable<AttemptId> {
  public AttemptId {
    Ids.check("AttemptId", value, 200);
  }

  @Override
  public int compareTo(AttemptId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
