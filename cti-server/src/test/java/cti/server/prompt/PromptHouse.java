package cti.server.prompt;

import cti.core.port.Prompts;
import cti.core.port.Prompts.Kind;
import cti.core.port.Prompts.Use;
import cti.core.port.Prompts.Wording;
import cti.server.prompt.PromptRoom.Manifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Two prompts and those that are added, their folder, and administrators with PINs; for tests. */
public final class PromptHouse implements AutoCloseable {
  public static final String ID = "welcome";
  public final PinsInMemory pins = new PinsInMemory();
  public final AddedPromptsInMemory added = new AddedPromptsInMemory();
  public final PromptBook book = new PromptBook(added, added, () -> {});

  /** Who names a prompt in versions still to come. */
  public Function<String, List<String>> named = id -> List.of();

  final PromptRecordsInMemory records;
  final Path folder;
  private final Path speaker;
  private final PromptRoom room;

  public PromptHouse(InstantSource clock) {
    try {
      folder = Files.createTempDirectory("cti-prompts");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    speaker = folder.resolve("speaker");
    records = new PromptRecordsInMemory(clock);
    room = room(Optional.of(new PromptFolder(folder)));
  }

  PromptRoom room(Optional<PromptFolder> in) {
    SoundConverter none = new SoundConverter("no-such-converter", Duration.ofSeconds(5));
    return new PromptRoom(
        this::manifest,
        () -> Map.of(ID, List.of(new Use(Kind.FLOW, "hotline", "greeting"))),
        records,
        in,
        new PromptRoom.Adding(
            book, id -> named.apply(id), new PromptSpeaker(speaker.toString(), none)),
        none);
  }

  /** The two of the file, and those that were added. */
  public Manifest manifest() {
    Map<String, Map<String, String>> texts = new LinkedHashMap<>();
    texts.put(ID, Map.of("zh", "您好。", "en", "Welcome."));
    texts.put("closed", Map.of("zh", "下班。", "en", "Closed."));
    Map<String, Integer> numbers = new LinkedHashMap<>(Map.of(ID, 101));
    Set<String> more = new HashSet<>();
    for (Wording one : book.now()) {
      texts.put(one.id(), one.texts());
      one.number().ifPresent(number -> numbers.put(one.id(), number));
      more.add(one.id());
    }
    return new Manifest(texts, numbers, more);
  }

  /**
   * Lets the server speak: a program in the place of espeak-ng, whose sound is a tone as long as
   * its text has bytes, times 100 ms.
   */
  public void hasVoice() throws IOException {
    for (int bytes = 1; bytes <= 40; bytes++) {
      Files.write(folder.resolve("tone-" + bytes), tone(bytes * 100, 300));
    }
    Files.writeString(
        speaker, "#!/bin/sh\nexec cp \"" + folder + "/tone-$(wc -c | tr -d ' ')\" \"$7\"\n");
    Files.setPosixFilePermissions(speaker, PosixFilePermissions.fromString("rwx------"));
  }

  public Prompts prompts() {
    return room;
  }

  public PromptRoom room() {
    return room;
  }

  /** Puts a placeholder there, as the speech that is made at a build. */
  public void speaks(String language, String id) throws IOException {
    for (Path file :
        List.of(
            folder.resolve(language).resolve(id + ".wav"),
            folder.resolve("spoken").resolve(language).resolve(id + ".wav"))) {
      Files.createDirectories(file.getParent());
      Files.write(file, tone(500, 100));
    }
  }

  /** A WAV file as the gateway plays it: a tone of so many milliseconds and Hertz. */
  public static byte[] tone(int milliseconds, int hertz) {
    short[] samples = new short[milliseconds * PromptSound.RATE / 1_000];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) (8_000 * Math.sin(2 * Math.PI * hertz * i / PromptSound.RATE));
    }
    return new PromptSound(samples).wav();
  }

  @Override
  public void close() {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
