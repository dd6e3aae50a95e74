package cti.core.id;

/**
 * An agent by the number that they log on with.
 *
 * @param value not blank, at most 32 characters
 */
public record AgentId(String value) implements Comparable<AgentId> {
  public AgentId {
    Ids.check("AgentId", value, 32);
  }

  @Override
  public int compareTo(AgentId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
