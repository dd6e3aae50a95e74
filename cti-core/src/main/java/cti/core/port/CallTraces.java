package cti.core.port;

import cti.core.id.CallId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What lately happened to calls, step by step, for whoever looks into a defect: kept in memory,
 * bounded, forgotten with the process. Numbers are masked as the log has them. Never blocks.
 */
public interface CallTraces {
  /** Nothing is kept. */
  CallTraces NONE = call -> Optional.empty();

  /** The call's steps, oldest first; empty where nothing is kept of it. */
  Optional<Trace> of(CallId call);

  /**
   * What is kept of a call.
   *
   * @param forgotten earlier steps that are kept no more
   */
  record Trace(CallId call, long forgotten, List<Step> steps) {
    public Trace {
      steps = List.copyOf(steps);
    }
  }

  /**
   * One input and what came of it.
   *
   * @param at when the engine took it, by the server's clock
   * @param input its name and fields
   * @param reply to a command
   */
  record Step(
      Instant at,
      String input,
      List<Recorded> events,
      List<Asked> actions,
      Optional<String> reply) {
    public Step {
      events = List.copyOf(events);
      actions = List.copyOf(actions);
    }
  }

  /**
   * An event.
   *
   * @param sequence in the journal
   */
  record Recorded(long sequence, Instant at, String event) {}

  /**
   * What was asked of the gateway.
   *
   * @param answer done, why it failed, or empty while there is none
   */
  record Asked(String action, Optional<String> answer) {}
}
