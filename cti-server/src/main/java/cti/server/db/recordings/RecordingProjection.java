package cti.server.db.recordings;

import cti.core.call.EventCause;
import cti.core.event.RecordingEvent;
import cti.core.event.RecordingEvent.RecordingPaused;
import cti.core.event.RecordingEvent.RecordingResumed;
import cti.core.event.RecordingEvent.RecordingStarted;
import cti.core.event.RecordingEvent.RecordingStopped;
import cti.core.id.AgentId;
import cti.core.id.DeskId;
import cti.server.db.recordings.RecordingEventMapper.RecordingStartedRow;

/** Folds the events of recordings into their tables, in the transaction of the journal's mark. */
public final class RecordingProjection {
  private RecordingProjection() {}

  public static void apply(RecordingEventMapper mapper, RecordingEvent event) {
    String id = event.recording().value();
    switch (event) {
      case RecordingStarted e ->
          mapper.recordingStarted(
              new RecordingStartedRow(
                  id,
                  e.call().value(),
                  e.attempt().value(),
                  e.agent().map(AgentId::value).orElse(null),
                  e.desk().map(DeskId::value).orElse(null),
                  e.file(),
                  e.at()));
      case RecordingPaused e -> mapper.recordingPaused(id, e.at(), e.until());
      case RecordingResumed e -> mapper.recordingResumed(id, e.at());
      case RecordingStopped e -> {
        mapper.recordingResumed(id, e.at());
        if (e.cause() == EventCause.RESYNC) {
          mapper.recordingEndUnseen(id, e.at());
        } else {
          mapper.recordingStopped(id, e.at());
        }
      }
    }
  }
}
