package cti.core.recording;

import cti.core.event.RecordingEvent;
import cti.core.event.RecordingEvent.RecordingPaused;
import cti.core.event.RecordingEvent.RecordingResumed;
import cti.core.event.RecordingEvent.RecordingStarted;
import cti.core.event.RecordingEvent.RecordingStopped;
import cti.core.id.AgentId;
import cti.core.id.AttemptId;
import cti.core.id.CallId;
import cti.core.id.DeskId;
import cti.core.id.RecordingId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One file of recorded talk.
 *
 * @param file its name, below the folder of recordings
 * @param pauses spans of silence in place of the talk, in order; only the last may be open
 * @param stoppedAt empty while it is recorded
 */
public record Recording(
    RecordingId id,
    Talk talk,
    String file,
    Instant startedAt,
    List<Pause> pauses,
    Optional<Instant> stoppedAt) {
  public Recording {
    pauses = List.copyOf(pauses);
  }

  /**
   * Whose talk it is.
   *
   * @param agent empty where nobody was logged on at the phone
   * @param desk empty for the gateway's static queue
   */
  public record Talk(
      CallId call, AttemptId attempt, Optional<AgentId> agent, Optional<DeskId> desk) {}

  /**
   * A span in which nothing is recorded.
   *
   * @param until when it ends by itself
   */
  public record Pause(Instant from, Instant until, Optional<Instant> to) {}

  public static Recording begun(RecordingStarted event) {
    return new Recording(
        event.recording(),
        new Talk(event.call(), event.attempt(), event.agent(), event.desk()),
        event.file(),
        event.at(),
        List.of(),
        Optional.empty());
  }

  /** The recording after an event of its own; one that says nothing new changes nothing. */
  public Recording apply(RecordingEvent event) {
    return switch (event) {
      case RecordingStarted _ -> this;
      case RecordingPaused e ->
          running() && !paused() ? paused(new Pause(e.at(), e.until(), Optional.empty())) : this;
      case RecordingResumed e -> resumed(e.at());
      case RecordingStopped e -> running() ? resumed(e.at()).stopped(e.at()) : this;
    };
  }

  /** The same of another call. */
  public Recording of(CallId call) {
    return new Recording(
        id,
        new Talk(call, talk.attempt(), talk.agent(), talk.desk()),
        file,
        startedAt,
        pauses,
        stoppedAt);
  }

  public boolean running() {
    return stoppedAt.isEmpty();
  }

  public boolean paused() {
    return pause().isPresent();
  }

  /** The pause under way. */
  public Optional<Pause> pause() {
    return pauses.isEmpty()
        ? Optional.empty()
        : Optional.of(pauses.getLast()).filter(last -> last.to().isEmpty());
  }

  private Recording paused(Pause pause) {
    List<Pause> longer = new ArrayList<>(pauses);
    longer.add(pause);
    return new Recording(id, talk, file, startedAt, longer, stoppedAt);
  }

  private Recording resumed(Instant at) {
    if (!paused()) {
      return this;
    }
    List<Pause> closed = new ArrayList<>(pauses);
    Pause open = closed.removeLast();
    closed.add(new Pause(open.from(), open.until(), Optional.of(at)));
    return new Recording(id, talk, file, startedAt, closed, stoppedAt);
  }

  private Recording stopped(Instant at) {
    return new Recording(id, talk, file, startedAt, pauses, Optional.of(at));
  }
}
