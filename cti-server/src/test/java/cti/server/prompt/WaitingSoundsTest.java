package cti.server.prompt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several prompts in one file, for callers who wait. */
class WaitingSoundsTest {
  private static final Instant NOW = Instant.parse("2026-11-23T02:30:00Z");

  @TempDir private Path folder;
  private WaitingSounds sounds;

  @BeforeEach
  void prompts() throws IOException {
    sounds = new WaitingSounds(new PromptFolder(folder));
    Files.createDirectories(folder.resolve("en"));
    write("en", "queue-first", 1, 2);
    write("en", "comfort", 3);
  }

  private void write(String language, String id, int... samples) throws IOException {
    short[] sound = new short[samples.length];
    for (int i = 0; i < samples.length; i++) {
      sound[i] = (short) samples[i];
    }
    Files.write(folder.resolve(language).resolve(id + ".wav"), new PromptSound(sound).wav());
  }

  private String first() throws IOException {
    return sounds.made("en", List.of("queue-first"), NOW).orElseThrow();
  }

  private Path made(String name) {
    return folder.resolve(name).resolve("comfort.wav");
  }

  @Test
  void areHeardBeforeTheComfortMessage() throws IOException {
    String name = first();
    assertTrue(name.matches("en_[0-9a-f]{12}"), name);
    short[] heard = PromptSound.ofWav(Files.readAllBytes(made(name))).orElseThrow().samples();
    assertArrayEquals(new short[] {1, 2, 3}, heard);
    assertEquals(name, first());
  }

  @Test
  void anotherRecordingIsAnotherName() throws IOException {
    String before = first();
    write("en", "comfort", 4, 5);
    String now = first();
    assertNotEquals(before, now);
    short[] heard = PromptSound.ofWav(Files.readAllBytes(made(now))).orElseThrow().samples();
    assertArrayEquals(new short[] {1, 2, 4, 5}, heard);
  }

  @Test
  void whereOneIsMissingThereIsNone() throws IOException {
    assertEquals(Optional.empty(), sounds.made("en", List.of("queue-wait"), NOW));
    assertEquals(Optional.empty(), sounds.made("zh", List.of("queue-first"), NOW));
  }

  @Test
  void whatIsNotUsedIsSweptUpAndNothingElse() throws IOException {
    String name = first();
    Files.createDirectories(folder.resolve("en_own"));
    sounds.sweep(NOW);
    assertTrue(Files.exists(made(name)));
    sounds.sweep(NOW.plusSeconds(1));
    assertFalse(Files.exists(folder.resolve(name)));
    assertTrue(Files.exists(folder.resolve("en_own")));
    assertTrue(Files.exists(folder.resolve("en")));
    sounds.drop("en");
    assertTrue(Files.exists(folder.resolve("en").resolve("comfort.wav")));
  }
}
