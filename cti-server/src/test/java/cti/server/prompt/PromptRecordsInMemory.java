package cti.server.prompt;

import cti.core.port.PromptRecords;
import cti.core.port.Prompts;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Recordings of prompts without a database; all are kept. */
final class PromptRecordsInMemory implements PromptRecords {
  private final InstantSource clock;
  private final Map<String, InUse> uses = new LinkedHashMap<>();
  private final List<Recording> recordings = new ArrayList<>();
  private final Map<String, byte[]> sounds = new LinkedHashMap<>();

  PromptRecordsInMemory(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public synchronized List<InUse> inUse() {
    return List.copyOf(uses.values());
  }

  @Override
  public synchronized List<Recording> played() {
    return recordings.stream()
        .filter(
            one -> {
              InUse use = uses.get(one.id() + "/" + one.language());
              return use != null && use.version() == one.version();
            })
        .toList();
  }

  @Override
  public synchronized List<Recording> recordings(String id) {
    return recordings.stream()
        .filter(one -> one.id().equals(id))
        .sorted(Comparator.comparing(Recording::version).reversed())
        .toList();
  }

  @Override
  public synchronized Optional<byte[]> audio(String id, String language, int version) {
    return Optional.ofNullable(sounds.get(id + "/" + language + "/" + version));
  }

  @Override
  public synchronized int add(String id, String language, Made made, String by) {
    int version =
        1
            + (int)
                recordings.stream()
                    .filter(one -> one.id().equals(id) && one.language().equals(language))
                    .count();
    recordings.add(
        new Recording(
            id,
            language,
            version,
            made.source(),
            made.fileName(),
            made.wav().length,
            made.length(),
            made.sha256(),
            clock.instant(),
            by));
    sounds.put(id + "/" + language + "/" + version, made.wav());
    uses.put(id + "/" + language, new InUse(id, language, version, clock.instant(), by));
    return version;
  }

  @Override
  public synchronized boolean use(String id, String language, int version, String by) {
    if (version != Prompts.PLACEHOLDER && audio(id, language, version).isEmpty()) {
      return false;
    }
    uses.put(id + "/" + language, new InUse(id, language, version, clock.instant(), by));
    return true;
  }
}
