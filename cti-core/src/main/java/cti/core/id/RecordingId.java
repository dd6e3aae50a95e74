package cti.core.id;

/**
 * One file of recorded talk.
 *
 * @param value not blank, at most 210 characters: {@code <attempt>~<part>}, part 1, 2, … of the
 *     talk
 */
public record RecordingId(String value) implements Comparable<RecordingId> {
  public RecordingId {
    Ids.check("RecordingId", value, 210);
  }

  public static RecordingId of(AttemptId attempt, int part) {
    return new RecordingId(attempt + "~" + part);
  }

  @Override
  public int compareTo(RecordingId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
