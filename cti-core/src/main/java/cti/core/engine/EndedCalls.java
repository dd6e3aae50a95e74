package cti.core.engine;

import cti.core.call.DataQuality;
import cti.core.event.CallEvent;
import cti.core.event.CallEvent.CallCleared;
import cti.core.event.CallEvent.CallRecovered;
import cti.core.id.CallId;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The calls that ended last, and those that are being told again from the gateway's logs.
 *
 * <p>Whoever reads those logs asks the database which calls it knows, as of a mark of the journal.
 * This memory covers what the journal has since then and the database had not: it need only be
 * longer than one such question, so it is bounded.
 */
public final class EndedCalls {
  /** More than a minute at 250 calls a second. */
  static final int MOST = 20_000;

  private final Map<CallId, Boolean> ended = new LinkedHashMap<>();
  private final Set<CallId> beingTold = new LinkedHashSet<>();

  /**
   * All of it at one moment.
   *
   * @param ended oldest first
   * @param beingTold calls that the logs have begun to tell and not ended yet
   */
  public record Memory(List<EndedCall> ended, List<CallId> beingTold) {
    public Memory {
      ended = List.copyOf(ended);
      beingTold = List.copyOf(beingTold);
    }
  }

  /**
   * A call that is over.
   *
   * @param recovered whether the gateway's logs have told it to its end
   */
  public record EndedCall(CallId call, boolean recovered) {}

  /** What is remembered now. */
  public Memory memory() {
    return new Memory(
        ended.entrySet().stream().map(e -> new EndedCall(e.getKey(), e.getValue())).toList(),
        List.copyOf(beingTold));
  }

  /** Takes up what was kept, in the place of all that is here. */
  public void restore(Memory memory) {
    ended.clear();
    beingTold.clear();
    memory.ended().forEach(call -> ended.put(call.call(), call.recovered()));
    beingTold.addAll(memory.beingTold());
  }

  /** Whether the call is over, as far back as is remembered. */
  public boolean contains(CallId call) {
    return ended.containsKey(call);
  }

  /** Whether the logs began to tell it and did not come to its end, for the server was ended. */
  boolean cutOff(CallId call) {
    return beingTold.contains(call);
  }

  /** Whether the gateway's logs have told it to its end. */
  public boolean recovered(CallId call) {
    return ended.getOrDefault(call, false);
  }

  /**
   * Notes an end.
   *
   * @return whether the event belongs to what the logs tell, and to no call under way
   */
  boolean take(CallEvent event) {
    if (event instanceof CallRecovered) {
      beingTold.add(event.call());
      return true;
    }
    boolean told = beingTold.contains(event.call());
    if (event instanceof CallCleared cleared) {
      beingTold.remove(event.call());
      note(event.call(), told && cleared.quality() == DataQuality.RECOVERED);
    }
    return told;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EndedCalls calls && memory().equals(calls.memory());
  }

  @Override
  public int hashCode() {
    return memory().hashCode();
  }

  @Override
  public String toString() {
    return memory().toString();
  }

  private void note(CallId call, boolean recovered) {
    ended.remove(call);
    ended.put(call, recovered);
    if (ended.size() > MOST) {
      ended.remove(ended.keySet().iterator().next());
    }
  }
}
