package cti.server.recording;

import cti.core.id.DeskId;
import cti.core.port.Voicemails;
import cti.core.port.Voicemails.Audio;
import cti.core.port.Voicemails.Audit;
import cti.core.port.Voicemails.StoredVoicemail;
import cti.core.recording.Retention;
import cti.server.recording.RecordingFolder.Found;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the files of messages, a bounded piece at each run: notes what a new one holds, marks
 * those in which nothing was said, has the others transcribed where something transcribes, and
 * deletes those whose days are over, which are the desk's for recordings. Whatever fails is tried
 * again at the next run. One thread.
 */
public final class VoicemailKeeper {
  private static final Logger log = LoggerFactory.getLogger(VoicemailKeeper.class);

  /** The gateway closes a file a moment after the message. */
  static final Duration SETTLING = Duration.ofSeconds(2);

  /** So long after its longest time a message that has no file has none. */
  static final Duration OVERDUE = Duration.ofSeconds(60);

  /** Anything shorter is a breath before a hang-up. */
  static final Duration SHORTEST = Duration.ofSeconds(1);

  /** Days are looked at no more often. */
  static final Duration BETWEEN_DELETIONS = Duration.ofMinutes(10);

  private static final int AT_ONCE = 100;

  private final RecordingFolder folder;
  private final Voicemails voicemails;
  private final Transcriber transcriber;
  private final ToIntFunction<DeskId> retentionDays;
  private Instant nextDeletion = Instant.MIN;

  /**
   * @param folder that of the messages, below that of the recordings
   * @param retentionDays of a desk's recordings
   */
  public VoicemailKeeper(
      RecordingFolder folder,
      Voicemails voicemails,
      Transcriber transcriber,
      ToIntFunction<DeskId> retentionDays) {
    this.folder = folder;
    this.voicemails = voicemails;
    this.transcriber = transcriber;
    this.retentionDays = retentionDays;
  }

  /**
   * One piece of the work.
   *
   * @throws cti.core.port.StoreUnavailableException where the database is away
   */
  public void run(Instant now) {
    for (StoredVoicemail message : voicemails.awaited(now.minus(SETTLING), AT_ONCE)) {
      boolean overdue = message.begunAt().plus(message.longest()).plus(OVERDUE).isBefore(now);
      try {
        Optional<Found> found = folder.look(message.file());
        if (found.filter(file -> overdue || written(file)).isPresent()) {
          note(message, found.get());
        } else if (found.isEmpty() && overdue) {
          voicemails.empty(message.id());
        }
      } catch (IOException e) {
        log.warn("voicemail: {} cannot be read: {}", message.file(), e.getMessage());
        if (overdue) {
          voicemails.empty(message.id());
        }
      }
    }
    if (transcriber != Transcriber.NONE) {
      voicemails.untranscribed(AT_ONCE).forEach(this::transcribe);
    }
    if (!now.isBefore(nextDeletion)) {
      nextDeletion = now.plus(BETWEEN_DELETIONS);
      deleteWhatIsOver(now);
    }
  }

  /** The file first: what a stop in between leaves is marked by the next run. */
  private void deleteWhatIsOver(Instant now) {
    for (DeskId desk : voicemails.desks()) {
      int days = retentionDays.applyAsInt(desk);
      for (StoredVoicemail message : voicemails.before(desk, Retention.cut(now, days), AT_ONCE)) {
        try {
          folder.delete(message.file());
        } catch (IOException e) {
          log.warn("voicemail: {} cannot be deleted: {}", message.file(), e.toString());
          continue;
        }
        voicemails.deleted(
            message.id(),
            new Audit(
                now,
                "DELETED",
                message.id(),
                "retention",
                "",
                message.file() + " kept " + days + " days"));
        log.info("voicemail: {} deleted, its days are over", message.file());
      }
    }
  }

  /** A file that has just been made is whole by its head, and nothing is in it yet. */
  private static boolean written(Found file) {
    return file.closed() && !file.length().isZero();
  }

  private void note(StoredVoicemail message, Found found) {
    if (found.length().compareTo(SHORTEST) < 0) {
      voicemails.empty(message.id());
      return;
    }
    voicemails.stored(message.id(), new Audio(found.bytes(), found.length(), found.sha256()));
    log.info(
        "voicemail: {} of call {} stored, {} ms",
        message.file(),
        message.call(),
        found.length().toMillis());
  }

  private void transcribe(StoredVoicemail message) {
    Optional<Path> file = folder.file(message.file());
    if (file.isEmpty()) {
      return;
    }
    try {
      voicemails.transcribed(message.id(), transcriber.text(file.get()).orElse(""));
    } catch (IOException e) {
      log.warn("voicemail: {} is not transcribed: {}", message.file(), e.getMessage());
    }
  }
}
