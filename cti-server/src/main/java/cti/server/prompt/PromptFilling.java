package cti.server.prompt;

import cti.core.port.PromptRecords;
import cti.core.port.PromptRecords.InUse;
import cti.core.port.PromptRecords.Recording;
import cti.core.port.Prompts;
import cti.core.port.Prompts.Wording;
import cti.server.prompt.PromptFolder.Known;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fills the folder of prompts from what is on record. */
final class PromptFilling {
  private static final Logger log = LoggerFactory.getLogger(PromptFilling.class);

  private final PromptFolder folder;
  private final PromptRecords records;
  private final PromptSpeaker speaker;

  /** Texts of the file that have changed since the start. */
  private final Map<String, Wording> changed = new ConcurrentHashMap<>();

  PromptFilling(PromptFolder folder, PromptRecords records, PromptSpeaker speaker) {
    this.folder = folder;
    this.records = records;
    this.speaker = speaker;
  }

  /**
   * Speaks the placeholders of a prompt, where they are not there or of another text. A failure is
   * told, not thrown: the next run tries again.
   */
  synchronized void speak(Wording added) {
    added
        .texts()
        .forEach(
            (language, text) -> {
              try {
                if (!folder.spoken(language, added.id(), text)) {
                  Optional<byte[]> wav = speaker.speak(language, text);
                  if (wav.isPresent()) {
                    folder.speak(language, added.id(), text, wav.get());
                  }
                }
              } catch (IOException e) {
                notInPlace(added.id(), language, e);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
  }

  /** Texts of the file that have changed: spoken by {@link #speakChanged}, as often as it takes. */
  void speakAnew(List<Wording> texts) {
    texts.forEach(one -> changed.merge(one.id(), one, PromptFilling::both));
  }

  private static Wording both(Wording before, Wording after) {
    Map<String, String> texts = new HashMap<>(before.texts());
    texts.putAll(after.texts());
    return new Wording(after.id(), texts, after.number());
  }

  void speakChanged() {
    changed.values().forEach(this::speak);
  }

  /** Nothing of a prompt stays. */
  synchronized void drop(String id) {
    for (String language : Prompts.LANGUAGES) {
      try {
        folder.drop(language, id);
      } catch (IOException e) {
        log.warn(
            "prompts: files of {} ({}) stay in {}: {}", id, language, folder.path(), e.toString());
      }
    }
  }

  /** All that is not there as it should be. */
  void all() {
    for (Recording one : records.played()) {
      Optional<Known> file = folder.look(folder.played(one.language(), one.id()));
      if (file.filter(found -> found.sha256().equals(one.sha256())).isEmpty()) {
        one(one.id(), one.language());
      }
    }
    for (InUse one : records.inUse()) {
      if (one.version() == Prompts.PLACEHOLDER && folder.marked(one.language(), one.id())) {
        one(one.id(), one.language());
      }
    }
  }

  /**
   * What is played of one prompt. A failure is told, not thrown: the recording is on record, and
   * its file comes later. What counts is read under the lock, so that of two changes the last
   * stays.
   */
  synchronized void one(String id, String language) {
    int version =
        records.inUse().stream()
            .filter(one -> one.id().equals(id) && one.language().equals(language))
            .map(InUse::version)
            .findFirst()
            .orElse(Prompts.PLACEHOLDER);
    try {
      if (version == Prompts.PLACEHOLDER) {
        folder.placePlaceholder(language, id);
        return;
      }
      Optional<byte[]> wav = records.audio(id, language, version);
      if (wav.isPresent()) {
        folder.place(language, id, wav.get());
        Set<Integer> kept =
            records.recordings(id).stream()
                .filter(one -> one.language().equals(language))
                .map(Recording::version)
                .collect(Collectors.toSet());
        folder.dropOthers(language, id, kept);
      }
    } catch (IOException e) {
      notInPlace(id, language, e);
    }
  }

  private void notInPlace(String id, String language, IOException e) {
    log.warn(
        "prompts: {} ({}) is not put in place in {}: {}",
        id,
        language,
        folder.path(),
        e.toString());
  }
}
