package cti.core.ivr;

import cti.core.desk.Desk;
import java.time.Duration;
import java.util.List;

/** What is to be done on the caller's channel. The last one of a step waits or ends the flow. */
public sealed interface FlowAction {
  record Answer() implements FlowAction {}

  /** Play the prompts; then {@link FlowEvent.Played}. */
  record Play(String language, List<String> prompts) implements FlowAction {}

  /** Play the prompts and wait for a key; a key ends the prompts. */
  record Ask(String language, List<String> prompts, Duration keyWait) implements FlowAction {}

  /** On record: the caller answered a menu; empty digits mean that no key came in time. */
  record NoteKeys(String node, String digits) implements FlowAction {}

  /**
   * Ends the flow for now: to the queue of the desk.
   *
   * @param resume hand this back with the queue's status to go on from here
   */
  record EnterQueue(
      Desk desk, int priority, Duration longestWait, String rule, String explanation, String resume)
      implements FlowAction {}

  /** Ends the flow and the call. */
  record HangUp(String node) implements FlowAction {}

  /** Ends the flow: the gateway's own static queue takes the call. */
  record FallBack(String node, String reason) implements FlowAction {}

  /** Ends the flow: the caller is gone. */
  record Quit() implements FlowAction {}
}
