package cti.core.ivr;

/** What happened on the caller's channel after the last action. */
public sealed interface FlowEvent {
  /** The prompts were played to their end. */
  record Played() implements FlowEvent {}

  /** One key: 0-9 * #. */
  record Key(String key) implements FlowEvent {}

  /** No key came in time. */
  record NoKey() implements FlowEvent {}

  record CallerGone() implements FlowEvent {}

  /** The gateway could not do what was asked; {@code reason} is for people. */
  record Failed(String reason) implements FlowEvent {}
}
