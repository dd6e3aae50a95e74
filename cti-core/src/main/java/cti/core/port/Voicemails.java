package cti.core.port;

import cti.core.id.CallId;
import cti.core.id.DeskId;
import cti.core.id.MissedCaseId;
import cti.core.id.VoicemailId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Messages on record. Methods block; they throw StoreUnavailableException. */
public interface Voicemails {
  /** Newest first. */
  Page<StoredVoicemail> list(Filter filter, Optional<Page.Key> after, int limit);

  Optional<StoredVoicemail> find(VoicemailId id);

  /** Those whose file was not looked at yet and that began before {@code cut}, oldest first. */
  List<StoredVoicemail> awaited(Instant cut, int limit);

  /** New ones without a transcription, oldest first. */
  List<StoredVoicemail> untranscribed(int limit);

  /** The file is there and holds this. */
  void stored(VoicemailId id, Audio audio);

  /** Nothing was said. */
  void empty(VoicemailId id);

  void transcribed(VoicemailId id, String text);

  /** Desks that have messages. */
  List<DeskId> desks();

  /** Those of a desk that began before {@code cut} and whose file was looked at, oldest first. */
  List<StoredVoicemail> before(DeskId desk, Instant cut, int limit);

  /** Its file is gone, and what was transcribed of it. */
  void deleted(VoicemailId id, Audit line);

  /** Marks one as heard; false where it is not new. */
  boolean heard(VoicemailId id, Audit line);

  void audit(Audit line);

  /** What was done with it, newest first. */
  List<Audit> auditOf(VoicemailId id, int limit);

  /** What the file holds. */
  record Audio(long bytes, Duration length, String sha256) {}

  /** What somebody did: PLAYED, HEARD; or DELETED, when its days were over. */
  record Audit(
      Instant at,
      String action,
      VoicemailId subject,
      String actor,
      String address,
      String detail) {}

  /**
   * Which; an empty part does not restrict.
   *
   * @param state BEGUN, NEW, HEARD, EMPTY, DELETED
   * @param sight only those of these desks
   */
  record Filter(
      CallHistory.Period period,
      Optional<CallId> call,
      Optional<DeskId> desk,
      Optional<String> state,
      Optional<Set<DeskId>> sight) {}

  /**
   * A message on record.
   *
   * @param missedCase the case that its call belongs to
   * @param number of the caller as presented, possibly empty
   * @param longest that it may last
   */
  record StoredVoicemail(
      VoicemailId id,
      CallId call,
      DeskId desk,
      Optional<MissedCaseId> missedCase,
      String number,
      String file,
      Instant begunAt,
      Duration longest,
      Content content) {}

  /** What became of it. */
  record Content(
      String state,
      Optional<Audio> audio,
      Optional<String> transcription,
      Optional<Instant> heardAt,
      Optional<String> heardBy) {}
}
