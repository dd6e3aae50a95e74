package cti.bench.house;

import java.time.Duration;

/**
 * What a measurement's processes are.
 *
 * @param agents logged on and ready before it begins
 * @param staff in the directory; they call in turn
 * @param wrapUp of every desk
 * @param consoles who listens
 * @param events of an answered call
 * @param ringMillis and {@code talkMillis}, give or take a half
 * @param heapMib the server's bound (-Xmx)
 */
public record Settings(
    int agents,
    int staff,
    Duration wrapUp,
    Consoles consoles,
    int events,
    int ringMillis,
    int talkMillis,
    int heapMib) {
  /**
   * Streams that listen.
   *
   * @param topics as a JSON list
   * @param gather whether changes come gathered, as the page has it
   * @param who whose streams they are
   */
  public record Consoles(int streams, String topics, boolean gather, Who who) {
    /** What the page of a supervisor who is no agent subscribes to. */
    public static final String SUPERVISORS_TOPICS = "[\"calls\",\"agents\",\"gateway\"]";

    /** What the page of an agent subscribes to. */
    public static final String ALL_TOPICS = "[\"calls\",\"agents\",\"pops\",\"gateway\"]";
  }

  /** Whose streams they are. */
  public enum Who {
    /** One supervisor's, who sees everything. */
    SUPERVISOR,
    /** The agents' in turn; each sees what they may. */
    AGENTS
  }

  public Settings {
    between("agents", agents, 1, 20_000);
    between("staff", staff, 1, 200_000);
    between("consoles", consoles.streams(), 0, 20_000);
    between("events", events, 0, 1_000);
    between("ring", ringMillis, 1, 60_000);
    between("talk", talkMillis, 1, 600_000);
    between("heap", heapMib, 64, 16_384);
  }

  private static void between(String what, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          what + " " + value + ", expected " + least + " to " + most);
    }
  }
}
