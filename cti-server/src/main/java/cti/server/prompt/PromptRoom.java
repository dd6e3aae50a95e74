package cti.server.prompt;

import cti.core.port.PromptRecords;
import cti.core.port.PromptRecords.InUse;
import cti.core.port.PromptRecords.Made;
import cti.core.port.PromptRecords.Recording;
import cti.core.port.Prompts;
import cti.server.prompt.PromptFolder.Known;
import cti.server.prompt.SoundConverter.NotTaken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Prompts and their recordings. The database has every recording; the folder is filled from it: at
 * once after a change, at the start, and whenever a file there is not what it should be. So a
 * gateway that was set up anew, or one of two, plays the same.
 */
public final class PromptRoom implements Prompts {
  private static final Logger log = LoggerFactory.getLogger(PromptRoom.class);
  private static final int MOST_PHONE_NAME = 32;

  private final Supplier<Manifest> manifest;
  private final Supplier<Map<String, List<Use>>> uses;
  private final PromptRecords records;
  private final Optional<PromptFolder> folder;
  private final SoundConverter converter;

  private final Optional<PromptFilling> filling;
  private final Adding adding;

  /** One file at a time is converted. */
  private final Semaphore converting = new Semaphore(1);

  /**
   * @param uses who plays which prompt, as it is now
   * @param folder empty where none is configured: then nothing is replaced
   */
  public PromptRoom(
      Supplier<Manifest> manifest,
      Supplier<Map<String, List<Use>>> uses,
      PromptRecords records,
      Optional<PromptFolder> folder,
      Adding adding) {
    this(manifest, uses, records, folder, adding, new SoundConverter());
  }

  PromptRoom(
      Supplier<Manifest> manifest,
      Supplier<Map<String, List<Use>>> uses,
      PromptRecords records,
      Optional<PromptFolder> folder,
      Adding adding,
      SoundConverter converter) {
    this.manifest = manifest;
    this.uses = uses;
    this.records = records;
    this.folder = folder;
    this.converter = converter;
    this.adding = adding;
    this.filling = folder.map(found -> new PromptFilling(found, records, adding.speaker()));
  }

  /**
   * The prompts that there are.
   *
   * @param texts by prompt and language, in the order of the manifest
   * @param numbers by which they are chosen at a phone
   * @param added ids of those that are not of the file
   */
  public record Manifest(
      Map<String, Map<String, String>> texts, Map<String, Integer> numbers, Set<String> added) {}

  /**
   * What is needed to add prompts.
   *
   * @param named versions of flows and rules, in force or still to come, that name a prompt; for
   *     people
   */
  public record Adding(
      PromptBook book, Function<String, List<String>> named, PromptSpeaker speaker) {}

  /** What is on record of a prompt in one language. */
  private record Key(String id, String language) {}

  @Override
  public List<Prompt> all() {
    Manifest known = manifest.get();
    Map<String, List<Use>> usedBy = uses.get();
    Map<Key, InUse> inUse = inUse();
    Map<Key, Recording> played = played();
    return known.texts().keySet().stream()
        .map(id -> prompt(id, known, usedBy, inUse, played))
        .toList();
  }

  @Override
  public Optional<Detail> find(String id) {
    Manifest known = manifest.get();
    if (!known.texts().containsKey(id)) {
      return Optional.empty();
    }
    Map<Key, InUse> inUse = inUse();
    return Optional.of(
        new Detail(
            prompt(id, known, uses.get(), inUse, played()),
            records.recordings(id).stream().map(one -> version(one, inUse)).toList()));
  }

  @Override
  public Optional<String> numbered(int number) {
    return manifest.get().numbers().entrySet().stream()
        .filter(one -> one.getValue() == number)
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private Map<Key, InUse> inUse() {
    return records.inUse().stream()
        .collect(Collectors.toMap(one -> new Key(one.id(), one.language()), Function.identity()));
  }

  private Map<Key, Recording> played() {
    return records.played().stream()
        .collect(Collectors.toMap(one -> new Key(one.id(), one.language()), Function.identity()));
  }

  private static Version version(Recording one, Map<Key, InUse> inUse) {
    InUse used = inUse.get(new Key(one.id(), one.language()));
    return new Version(
        one.language(),
        one.version(),
        one.source(),
        one.fileName(),
        one.bytes(),
        one.length(),
        one.madeAt(),
        one.madeBy(),
        used != null && used.version() == one.version());
  }

  private Prompt prompt(
      String id,
      Manifest known,
      Map<String, List<Use>> usedBy,
      Map<Key, InUse> inUse,
      Map<Key, Recording> played) {
    List<Spoken> spoken = new ArrayList<>();
    known
        .texts()
        .get(id)
        .forEach(
            (language, text) -> {
              Key key = new Key(id, language);
              spoken.add(
                  spoken(
                      key,
                      text,
                      Optional.ofNullable(inUse.get(key)),
                      Optional.ofNullable(played.get(key))));
            });
    return new Prompt(
        id,
        Optional.ofNullable(known.numbers().get(id)),
        known.added().contains(id),
        spoken,
        usedBy.getOrDefault(id, List.of()));
  }

  private Spoken spoken(Key key, String text, Optional<InUse> used, Optional<Recording> recording) {
    Optional<Known> file =
        folder.flatMap(found -> found.look(found.played(key.language(), key.id())));
    return new Spoken(
        key.language(),
        text,
        recording
            .map(Recording::source)
            .orElse(file.isPresent() ? Source.PLACEHOLDER : Source.NONE),
        recording.map(Recording::version).orElse(PLACEHOLDER),
        recording.map(Recording::length).or(() -> file.flatMap(Known::length)),
        used.map(InUse::since),
        used.map(InUse::by),
        recording.isPresent()
            ? file.filter(found -> found.sha256().equals(recording.get().sha256())).isPresent()
            : file.isPresent());
  }

  private Optional<Known> look(Path file) {
    return folder.flatMap(found -> found.look(file));
  }

  @Override
  public Taken upload(String id, String language, byte[] file, Optional<String> name, String by) {
    return take(id, language, file, Source.UPLOAD, name, by);
  }

  @Override
  public Taken recorded(String id, String language, byte[] file, String extension, String by) {
    String from = extension.replaceAll("[^0-9+*#]", "");
    return take(
        id,
        language,
        file,
        Source.PHONE,
        Optional.of(from)
            .filter(text -> !text.isEmpty())
            .map(text -> text.substring(0, Math.min(text.length(), MOST_PHONE_NAME))),
        by);
  }

  private Taken take(
      String id, String language, byte[] file, Source source, Optional<String> name, String by) {
    Optional<Taken> refused = refused(id, language);
    if (refused.isPresent()) {
      return refused.get();
    }
    if (!converting.tryAcquire()) {
      return new Taken.Busy();
    }
    try {
      PromptSound sound = converter.convert(file);
      if (source == Source.PHONE) {
        sound = sound.trimmed();
      }
      byte[] wav = sound.wav();
      int version =
          records.add(
              id,
              language,
              new Made(source, name, wav, sound.length(), PromptSound.sha256(wav)),
              by);
      log.info(
          "prompts: {} ({}) version {} by user={}, {}, {} ms",
          id,
          language,
          version,
          by,
          source,
          sound.length().toMillis());
      filling.orElseThrow().one(id, language);
      return new Taken.Done(find(id).orElseThrow());
    } catch (NotTaken e) {
      return new Taken.Refused(e.id(), e.getMessage(), e.isFault());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Taken.Busy();
    } finally {
      converting.release();
    }
  }

  private Optional<Taken> refused(String id, String language) {
    Map<String, String> texts = manifest.get().texts().get(id);
    if (texts == null) {
      return Optional.of(new Taken.NoSuchPrompt(id));
    }
    if (!texts.containsKey(language)) {
      return Optional.of(
          new Taken.Refused(
              "invalid",
              "language is \"" + language + "\", expected one of " + texts.keySet(),
              true));
    }
    return folder.isPresent()
        ? Optional.empty()
        : Optional.of(
            new Taken.Refused(
                "no-prompt-folder",
                "no folder of prompts is configured, expected ivr.prompts in cti.yaml",
                false));
  }

  @Override
  public Taken use(String id, String language, int version, String by) {
    Optional<Taken> refused = refused(id, language);
    if (refused.isPresent()) {
      return refused.get();
    }
    if (version == PLACEHOLDER && look(folder.orElseThrow().placeholder(language, id)).isEmpty()) {
      return new Taken.Refused(
          "no-placeholder",
          "no placeholder of " + id + " (" + language + ") was spoken (./cti ivr prompts DIR)",
          false);
    }
    if (!records.use(id, language, version, by)) {
      return new Taken.Refused(
          "no-such-version",
          "version " + version + " of " + id + " (" + language + ") is not kept",
          false);
    }
    log.info("prompts: {} ({}) plays version {} by user={}", id, language, version, by);
    filling.orElseThrow().one(id, language);
    return new Taken.Done(find(id).orElseThrow());
  }

  @Override
  public Taken add(Wording wording, String by) {
    Optional<Taken> refused =
        PromptAdding.refused(wording, manifest.get(), adding.book().now().size());
    if (refused.isPresent()) {
      return refused.get();
    }
    if (!adding.book().add(wording, by)) {
      // Another server was faster.
      return PromptAdding.refused(wording, manifest.get(), 0)
          .orElseGet(() -> new Taken.NoSuchPrompt(wording.id()));
    }
    return spoken(wording);
  }

  @Override
  public Taken reword(Wording wording, String by) {
    Optional<Taken> refused = PromptAdding.notReworded(wording, manifest.get());
    if (refused.isPresent()) {
      return refused.get();
    }
    if (!adding.book().change(wording, by)) {
      return PromptAdding.notReworded(wording, manifest.get())
          .orElseGet(() -> new Taken.NoSuchPrompt(wording.id()));
    }
    return spoken(wording);
  }

  private Taken spoken(Wording wording) {
    filling.ifPresent(folder -> folder.speak(wording));
    return find(wording.id())
        .<Taken>map(Taken.Done::new)
        .orElseGet(() -> new Taken.NoSuchPrompt(wording.id()));
  }

  @Override
  public Optional<Taken> remove(String id, String by) {
    Optional<Taken> refused =
        PromptAdding.notRemoved(
            id, manifest.get(), uses.get().getOrDefault(id, List.of()), adding.named().apply(id));
    if (refused.isPresent()) {
      return refused;
    }
    if (!adding.book().remove(id, by)) {
      return Optional.of(new Taken.NoSuchPrompt(id));
    }
    filling.ifPresent(folder -> folder.drop(id));
    return Optional.empty();
  }

  @Override
  public Facilities facilities() {
    return new Facilities(
        folder.isPresent(), converter.there(), SoundConverter.MOST_BYTES, SoundConverter.LONGEST);
  }

  /**
   * The file of a version, or of what is played; empty where there is no sound.
   *
   * @param version empty for what callers hear now
   */
  public Optional<Path> audio(String id, String language, Optional<Integer> version) {
    Map<String, String> texts = manifest.get().texts().get(id);
    if (folder.isEmpty() || texts == null || !texts.containsKey(language)) {
      return Optional.empty();
    }
    PromptFolder found = folder.get();
    if (version.isEmpty()) {
      return Optional.of(found.played(language, id)).filter(file -> look(file).isPresent());
    }
    if (version.get() == PLACEHOLDER) {
      return Optional.of(found.placeholder(language, id)).filter(file -> look(file).isPresent());
    }
    Path copy = found.version(language, id, version.get());
    if (look(copy).isPresent()) {
      return Optional.of(copy);
    }
    return records
        .audio(id, language, version.get())
        .map(
            wav -> {
              try {
                return found.keep(language, id, version.get(), wav);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }

  /**
   * Texts of the file that have changed: their placeholders are spoken anew, with the next {@link
   * #fill} and as often as it takes.
   */
  public void speakAnew(List<Wording> texts) {
    filling.ifPresent(folder -> folder.speakAnew(texts));
  }

  /**
   * Puts in place what is not there as it should be. Blocks; what fails is tried again at the next
   * call.
   *
   * @throws cti.core.port.StoreUnavailableException where the database is away
   */
  public void fill() {
    filling.ifPresent(
        folder -> {
          folder.all();
          adding.book().now().forEach(folder::speak);
          folder.speakChanged();
        });
  }
}
