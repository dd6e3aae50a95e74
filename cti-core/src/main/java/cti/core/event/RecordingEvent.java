package cti.core.event;

import cti.core.call.EventCause;
import cti.core.id.AgentId;
import cti.core.id.AttemptId;
import cti.core.id.CallId;
import cti.core.id.DeskId;
import cti.core.id.RecordingId;
import java.time.Instant;
import java.util.Optional;

/** Events of the recording of a talk, as the gateway reports it. */
public sealed interface RecordingEvent extends DomainEvent {
  RecordingId recording();

  CallId call();

  /**
   * The gateway writes the talk into {@code file}, a name below the folder of recordings.
   *
   * @param agent empty where nobody is logged on at the phone
   * @param desk empty for the gateway's static queue
   */
  record RecordingStarted(
      RecordingId recording,
      CallId call,
      Instant at,
      AttemptId attempt,
      Optional<AgentId> agent,
      Optional<DeskId> desk,
      String file)
      implements RecordingEvent {}

  /** From now on silence is written, until somebody resumes, at the latest at {@code until}. */
  record RecordingPaused(RecordingId recording, CallId call, Instant at, Instant until)
      implements RecordingEvent {}

  record RecordingResumed(RecordingId recording, CallId call, Instant at)
      implements RecordingEvent {}

  /** Nothing more is written; the file is there shortly after. */
  record RecordingStopped(RecordingId recording, CallId call, Instant at, EventCause cause)
      implements RecordingEvent {}
}
