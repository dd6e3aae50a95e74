package cti.core.event;

import cti.core.callback.CallbackOutcome;
import cti.core.callback.Wish;
import cti.core.id.AgentId;
import cti.core.id.CallId;
import cti.core.id.CallbackId;
import cti.core.id.DeskId;
import cti.core.id.VoicemailId;
import java.time.Instant;
import java.util.Optional;

/** What a caller leaves with us besides a talk: a message, a mark, the wish to be called back. */
public sealed interface CallerEvent extends DomainEvent {
  /** The call in which it was left. */
  CallId call();

  /**
   * The caller was asked for a message, which the gateway writes into {@code file}, a name below
   * the folder of recordings. Whether anything was said is told by the file alone: a caller who
   * hangs up ends the message, and nobody is left to say so.
   *
   * @param longest how long it may be, in seconds
   */
  record MessageBegun(
      VoicemailId voicemail, CallId call, Instant at, DeskId desk, String file, int longest)
      implements CallerEvent {}

  /**
   * The caller gave a mark, 1 (worst) to 5.
   *
   * @param agent who talked to the caller last; empty where nobody did
   */
  record SurveyAnswered(
      CallId call,
      Instant at,
      String node,
      int mark,
      Optional<DeskId> desk,
      Optional<AgentId> agent)
      implements CallerEvent {}

  /** The caller is affected by a known incident, and on its list. */
  record AffectedByIncident(CallId call, Instant at, String notice) implements CallerEvent {}

  /** What becomes of a promise to call somebody back. */
  sealed interface CallbackEvent extends CallerEvent {
    CallbackId callback();
  }

  record CallbackRequested(CallbackId callback, CallId call, Instant at, Wish wish)
      implements CallbackEvent {}

  /**
   * The caller is being called.
   *
   * @param attempt from 1
   * @param made the call that is made for it
   */
  record CallbackDialled(CallbackId callback, CallId call, Instant at, int attempt, CallId made)
      implements CallbackEvent {}

  /** The caller answered and waits, before all who came later. */
  record CallbackReached(CallbackId callback, CallId call, Instant at, CallId made)
      implements CallbackEvent {}

  /**
   * The caller was not reached.
   *
   * @param reason for people
   * @param again not before then; empty where it was the last attempt
   */
  record CallbackFailed(
      CallbackId callback, CallId call, Instant at, String reason, Optional<Instant> again)
      implements CallbackEvent {}

  /**
   * Nothing more is done about it.
   *
   * @param by the user who cancelled it; empty otherwise
   */
  record CallbackEnded(
      CallbackId callback, CallId call, Instant at, CallbackOutcome outcome, String by)
      implements CallbackEvent {}
}
