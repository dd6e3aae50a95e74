package cti.core.port;

import cti.core.id.AgentId;
import cti.core.id.AttemptId;
import cti.core.id.CallId;
import cti.core.id.DeskId;
import cti.core.id.IncidentId;
import cti.core.id.RecordingId;
import cti.core.recording.Recording;
import cti.core.recording.RecordingState;
import cti.core.recording.StoredRecording;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Recordings on record. Their begin and end come from the journal; what is found in the folder of
 * files is noted here. Methods block; they throw StoreUnavailableException.
 */
public interface Recordings {
  /** Newest first, by begin. */
  Page<StoredRecording> list(Filter filter, Optional<Page.Key> after, int limit);

  Optional<StoredRecording> find(RecordingId id);

  /** Those in one of the states, oldest end first; for the jobs that look after the files. */
  List<StoredRecording> inState(Set<RecordingState> states, Instant stoppedBefore, int limit);

  /** Stored ones of a desk that stopped before {@code cut} and are not held, oldest first. */
  List<StoredRecording> pastRetention(Optional<DeskId> desk, Instant cut, int limit);

  /** The desks of recordings that have a file; empty for those of the gateway's static queue. */
  Set<Optional<DeskId>> desks();

  /** How many there are. */
  Totals totals();

  /**
   * Figures of all recordings.
   *
   * @param waiting over, and nobody has looked at the file yet
   * @param faulty stored with something wrong
   * @param bytes of the stored ones
   */
  record Totals(long stored, long waiting, long missing, long faulty, long bytes) {
    public static final Totals NONE = new Totals(0, 0, 0, 0, 0);
  }

  /** The names of {@code files} that no recording has. */
  Set<String> unknownFiles(Set<String> files);

  /**
   * The talk of an offer, or of a phone to which the caller was handed on, for a file that was
   * found without its events.
   *
   * @param call as the file's name has it
   */
  Optional<Recording.Talk> talkOf(CallId call, AttemptId attempt);

  /** A recording that is known by its file alone; false where somebody was faster. */
  boolean adopt(Recording found, Instant now);

  /**
   * Its end was seen by nobody, and the file says when it was.
   *
   * @return false where it has an end meanwhile
   */
  boolean endedByFile(RecordingId id, Instant end);

  /** How many of those that stopped after {@code since} have no file. */
  long missingSince(Instant since);

  /** The file is there and holds this. */
  void stored(RecordingId id, StoredRecording.Audio audio, Instant now);

  /** The file is not there. */
  void missing(RecordingId id, Instant now);

  /** Marks it for deletion; false where it was held meanwhile, or is not stored. */
  boolean markForDeletion(RecordingId id);

  /** The file is gone; with its audit line. */
  void deleted(RecordingId id, Audit line);

  /** Sets or takes off the legal hold, with its audit line; false where there is none such. */
  boolean hold(RecordingId id, boolean held, Audit line);

  void audit(Audit line);

  /** What was done to a recording or with it, newest first. */
  List<Audit> auditOf(String subject, int limit);

  /**
   * Which recordings; an empty part does not restrict.
   *
   * @param period of the begin
   * @param own only those of this agent; for agents
   * @param sight only those of these desks; for those who may not see every desk
   */
  record Filter(
      CallHistory.Period period,
      Optional<CallId> call,
      Optional<IncidentId> incident,
      Optional<AgentId> agent,
      Optional<DeskId> desk,
      Optional<AgentId> own,
      Optional<Set<DeskId>> sight) {}

  /** What somebody did. */
  enum Action {
    PLAYED,
    HELD,
    RELEASED,
    DELETED,
    RULES_CHANGED
  }

  /**
   * An audit line.
   *
   * @param subject the recording, or the desk for changed rules
   * @param actor the user, or {@code retention}
   * @param address where the request came from; may be empty
   * @param detail for people
   */
  record Audit(
      Instant at, Action action, String subject, String actor, String address, String detail) {}
}
