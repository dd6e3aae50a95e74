package cti.core.ivr;

/** What happened on the caller's channel after the last action. */
public sealed interface FlowEvent {
  /** The prompts were played to their end. */
  record Played() implements FlowEvent {}

  /** One key: 0-9 * #. */
  record Key(String key) implements FlowEvent {}

  /** No key came in time. */
  record NoKey() implements FlowEvent {}

  /** What was asked for is done. */
  record Done() implements FlowEvent {}

  /** What was asked for is refused; {@code reason} is for people. */
  record Refused(String reason) implements FlowEvent {}

  /** A message was recorded. */
  record Recorded() implements FlowEvent {}

  /** The caller was to leave a message and said nothing. */
  record NothingSaid() implements FlowEvent {}

  /** Another system answered with this word. */
  record Word(String word) implements FlowEvent {}

  record CallerGone() implements FlowEvent {}

  /** The gateway, or another system, could not do what was asked; {@code reason} is for people. */
  record Failed(String reason) implements FlowEvent {}
}
