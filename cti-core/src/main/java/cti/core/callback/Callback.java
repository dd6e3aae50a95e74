package cti.core.callback;

import cti.core.event.CallerEvent.CallbackDialled;
import cti.core.event.CallerEvent.CallbackEnded;
import cti.core.event.CallerEvent.CallbackEvent;
import cti.core.event.CallerEvent.CallbackFailed;
import cti.core.event.CallerEvent.CallbackReached;
import cti.core.event.CallerEvent.CallbackRequested;
import cti.core.id.CallId;
import cti.core.id.CallbackId;
import java.time.Instant;
import java.util.Optional;

/**
 * A promise to call somebody back, folded from its events.
 *
 * @param call in which it was asked for
 * @param attempts so far
 * @param made the call that is made for it now; while DIALLING and REACHED
 * @param stateSince when this state began
 * @param notBefore when it may be dialled
 */
public record Callback(
    CallbackId id,
    CallId call,
    Wish wish,
    State state,
    int attempts,
    Optional<CallId> made,
    Instant stateSince,
    Instant notBefore) {

  /** What is being done about it. */
  public enum State {
    /** For the caller's turn, or for the next attempt. */
    WAITING,
    /** The caller's phone is called. */
    DIALLING,
    /** The caller answered and waits in the queue. */
    REACHED,
    ENDED
  }

  public static Callback begun(CallbackRequested event) {
    return new Callback(
        event.callback(),
        event.call(),
        event.wish(),
        State.WAITING,
        0,
        Optional.empty(),
        event.at(),
        event.at());
  }

  public Callback apply(CallbackEvent event) {
    return switch (event) {
      case CallbackRequested _ -> this;
      case CallbackDialled e ->
          with(State.DIALLING, e.attempt(), Optional.of(e.made()), e.at(), notBefore);
      case CallbackReached e -> with(State.REACHED, attempts, made, e.at(), notBefore);
      case CallbackFailed e ->
          with(State.WAITING, attempts, Optional.empty(), e.at(), e.again().orElse(notBefore));
      case CallbackEnded e -> with(State.ENDED, attempts, made, e.at(), notBefore);
    };
  }

  private Callback with(
      State next, int tried, Optional<CallId> now, Instant since, Instant earliest) {
    return new Callback(id, call, wish, next, tried, now, since, earliest);
  }

  public boolean waiting() {
    return state == State.WAITING;
  }

  /** Whether its call takes, or will take, the next agent. */
  public boolean underWay() {
    return state == State.DIALLING || state == State.REACHED;
  }
}
