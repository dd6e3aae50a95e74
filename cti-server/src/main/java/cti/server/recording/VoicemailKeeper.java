package cti.server.recording;

import cti.core.port.Voicemails;
import cti.core.port.Voicemails.Audio;
import cti.core.port.Voicemails.StoredVoicemail;
import cti.server.recording.RecordingFolder.Found;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the files of messages, a bounded piece at each run: notes what a new one holds, marks
 * those in which nothing was said, has the others transcribed where something transcribes. Whatever
 * fails is tried again at the next run. One thread.
 */
public final class VoicemailKeeper {
  private static final Logger log = LoggerFactory.getLogger(VoicemailKeeper.class);

  /** The gateway closes a file a moment after the message. */
  static final Duration SETTLING = Duration.ofSeconds(2);

  /** So long after its longest time a message that has no file has none. */
  static final Duration OVERDUE = Duration.ofSeconds(60);

  /** Anything shorter is a breath before a hang-up. */
  static final Duration SHORTEST = Duration.ofSeconds(1);

  private static final int AT_ONCE = 100;

  private final RecordingFolder folder;
  private final Voicemails voicemails;
  private final Transcriber transcriber;

  /**
   * @param folder that of the messages, below that of the recordings
   */
  public VoicemailKeeper(RecordingFolder folder, Voicemails voicemails, Transcriber transcriber) {
    this.folder = folder;
    this.voicemails = voicemails;
    this.transcriber = transcriber;
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
        if (found.isPresent() && (found.get().closed() || overdue)) {
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
