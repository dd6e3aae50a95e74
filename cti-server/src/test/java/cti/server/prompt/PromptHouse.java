package cti.server.prompt;

import cti.core.port.Prompts;
import cti.core.port.Prompts.Kind;
import cti.core.port.Prompts.Use;
import cti.server.prompt.PromptRoom.Manifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Two prompts, their folder, and administrators with PINs; for tests. */
public final class PromptHouse implements AutoCloseable {
  public static final String ID = "welcome";
  public final PinsInMemory pins = new PinsInMemory();
  final PromptRecordsInMemory records;
  final Path folder;
  private final PromptRoom room;

  public PromptHouse(InstantSource clock) {
    try {
      folder = Files.createTempDirectory("cti-prompts");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    records = new PromptRecordsInMemory(clock);
    room = room(Optional.of(new PromptFolder(folder)));
  }

  PromptRoom room(Optional<PromptFolder> in) {
    Map<String, Map<String, String>> texts = new LinkedHashMap<>();
    texts.put(ID, Map.of("zh", "您好。", "en", "Welcome."));
    texts.put("closed", Map.of("zh", "下班。", "en", "Closed."));
    return new PromptRoom(
        () -> new Manifest(texts, Map.of(ID, 101)),
        () -> Map.of(ID, List.of(new Use(Kind.FLOW, "hotline", "greeting"))),
        records,
        in,
        new SoundConverter("no-such-converter", Duration.ofSeconds(5)));
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
