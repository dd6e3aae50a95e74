package cti.core.recording;

import cti.core.event.RecordingEvent;
import cti.core.event.RecordingEvent.RecordingStarted;
import cti.core.id.AttemptId;
import cti.core.id.CallId;
import cti.core.id.RecordingId;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;

/** The recordings under way, folded from events and from nothing else; a view of its owner's. */
public final class LiveRecordings {
  private final Map<RecordingId, Recording> recordings;

  public LiveRecordings(Map<RecordingId, Recording> recordings) {
    this.recordings = recordings;
  }

  public void apply(RecordingEvent event) {
    if (event instanceof RecordingStarted started) {
      recordings.putIfAbsent(started.recording(), Recording.begun(started));
      return;
    }
    recordings.computeIfPresent(
        event.recording(),
        (id, recording) -> {
          Recording changed = recording.apply(event);
          return changed.running() ? changed : null;
        });
  }

  /** A call became part of another one; what is recorded of it is the other's. */
  public void merged(CallId call, CallId into) {
    recordings.replaceAll(
        (id, recording) -> recording.talk().call().equals(call) ? recording.of(into) : recording);
  }

  /** Those under way, oldest first. */
  public Collection<Recording> all() {
    return Collections.unmodifiableCollection(recordings.values());
  }

  public Optional<Recording> recording(RecordingId id) {
    return Optional.ofNullable(recordings.get(id));
  }

  public Optional<Recording> ofAttempt(AttemptId attempt) {
    return recordings.values().stream()
        .filter(recording -> recording.talk().attempt().equals(attempt))
        .findFirst();
  }

  public Optional<Recording> ofCall(CallId call) {
    return recordings.values().stream()
        .filter(recording -> recording.talk().call().equals(call))
        .findFirst();
  }
}
