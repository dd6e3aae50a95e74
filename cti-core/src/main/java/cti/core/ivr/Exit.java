package cti.core.ivr;

import java.util.Locale;
import java.util.Optional;

/**
 * The ways out of a node; keys come on top of these. Written in lower case in YAML. No key and a
 * wrong key have each their own exit while tries are left, and each their own when none is: there
 * is no exit that stands for both.
 */
public enum Exit {
  /** What was to be done is done. */
  NEXT,
  /** No key came in time, and more tries are left; of a voicemail: nothing was said. */
  NO_INPUT,
  /** What was keyed cannot be, and more tries are left. */
  NO_MATCH,
  /** No key came, once too often. */
  MAX_NO_INPUT,
  /** What was keyed cannot be, once too often. */
  MAX_NO_MATCH,
  /** No case of a condition holds, or no case has the word of a webhook. */
  OTHERWISE,
  /** The rules gave a desk. */
  DECIDED,
  /** No rule holds. */
  UNDECIDED,
  /** The desk works now. */
  OPEN,
  /** The desk does not work now. */
  CLOSED,
  /** The caller is on the list of a known incident. */
  ADDED,
  /** Back from the queue, or from a number that was dialled, after the talk. */
  ANSWERED,
  /** The longest wait passed. */
  TIMEOUT,
  /** The queue holds its most callers. */
  FULL,
  /** The queue has no agents, or lost them. */
  NO_AGENTS,
  /** The caller pressed a key that leaves the queue, and the node names no such key. */
  LEFT_BY_KEY,
  /** Taken out of the queue by somebody else. */
  WITHDRAWN,
  /** Who was dialled is in another call. */
  BUSY,
  /** Who was dialled did not answer in time. */
  NO_ANSWER,
  /** Who was dialled cannot be reached. */
  UNAVAILABLE,
  /** A callback cannot be noted: no number to call, or the server could not take it. */
  REFUSED,
  /** The caller is gone. */
  HANGUP,
  /** The gateway, or another system, could not do it. */
  ERROR;

  public String written() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Exit> parse(String written) {
    for (Exit exit : values()) {
      if (exit.written().equals(written)) {
        return Optional.of(exit);
      }
    }
    return Optional.empty();
  }
}
