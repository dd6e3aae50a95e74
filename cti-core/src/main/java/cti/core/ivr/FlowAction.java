package cti.core.ivr;

import cti.core.desk.Desk;
import cti.core.id.StaffId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is to be done on the caller's channel. The last one of a step waits or ends the flow. */
public sealed interface FlowAction {
  record Answer() implements FlowAction {}

  /** Play the prompts; then {@link FlowEvent.Played}. */
  record Play(String language, List<String> prompts) implements FlowAction {}

  /** Play the prompts, and go on with the next action. */
  record Say(String language, List<String> prompts) implements FlowAction {}

  /** Play the prompts and wait for a key; a key ends the prompts. */
  record Ask(String language, List<String> prompts, Duration keyWait) implements FlowAction {}

  /** On record: what the caller keyed; empty digits mean that no key came in time. */
  record NoteKeys(String node, String digits) implements FlowAction {}

  /** On record: the caller said who they are. */
  record NoteCaller(StaffId staff) implements FlowAction {}

  /** On record: the mark that the caller gave, 1 to 5. */
  record NoteSurvey(String node, int mark) implements FlowAction {}

  /** On record: the caller wants to be told of a known incident. */
  record NoteAffected(String notice) implements FlowAction {}

  /**
   * Note a callback; then {@link FlowEvent.Done} or {@link FlowEvent.Refused}.
   *
   * @param number to be called, as presented or keyed
   */
  record RequestCallback(String node, Desk desk, String number, String language)
      implements FlowAction {}

  /**
   * Play the prompts, then record a message; then {@link FlowEvent.Recorded}, {@link
   * FlowEvent.NothingSaid} or {@link FlowEvent.CallerGone}.
   */
  record RecordMessage(
      String node, Desk desk, String language, List<String> prompts, Duration longest)
      implements FlowAction {}

  /**
   * Ask another system; then {@link FlowEvent.Word} or {@link FlowEvent.Failed}.
   *
   * @param digits what the caller keyed, by name
   */
  record CallWebhook(String node, String hook, String callingNumber, Map<String, String> digits)
      implements FlowAction {
    public CallWebhook {
      digits = Map.copyOf(digits);
    }
  }

  /**
   * Ends the flow for now: to the queue of the desk.
   *
   * @param resume hand this back with the queue's status to go on from here
   */
  record EnterQueue(
      Desk desk, int priority, Duration longestWait, Why why, Waiting waiting, String resume)
      implements FlowAction {

    public String rule() {
      return why.rule();
    }

    public String explanation() {
      return why.explanation();
    }
  }

  /** The rule that gave a desk, and why, for people. */
  record Why(String rule, String explanation) {}

  /**
   * Ends the flow for now: dials a number.
   *
   * @param desk that the call is for, where one is known
   */
  record Dial(
      String node, Optional<Desk> desk, String number, Duration ring, boolean goOn, String resume)
      implements FlowAction {}

  /** Ends the flow and the call. */
  record HangUp(String node) implements FlowAction {}

  /** Ends the flow: the gateway's own static queue takes the call. */
  record FallBack(String node, String reason) implements FlowAction {}

  /** Ends the flow: the caller is gone. */
  record Quit() implements FlowAction {}
}
