package cti.core.id;

/**
 * One listening of a supervisor to an agent's talk.
 *
 * @param value not blank, at most 128 characters: the channel that the supervisor's phone gets
 */
public record ListeningId(String value) implements Comparable<ListeningId> {
  public ListeningId {
    Ids.check("ListeningId", value, 128);
  }

  @Override
  public int compareTo(ListeningId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
