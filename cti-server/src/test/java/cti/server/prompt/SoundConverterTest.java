package cti.server.prompt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cti.server.prompt.SoundConverter.NotTaken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With the real ffmpeg, where it is installed. */
class SoundConverterTest {
  private final SoundConverter converter = new SoundConverter();
  @TempDir private Path folder;

  private byte[] made(String name, String... options) throws IOException, InterruptedException {
    assumeTrue(converter.there(), "ffmpeg is not installed");
    Path file = folder.resolve(name);
    List<String> command =
        new java.util.ArrayList<>(
            List.of("ffmpeg", "-nostdin", "-loglevel", "error", "-f", "lavfi", "-i"));
    command.addAll(List.of(options));
    command.add(file.toString());
    Process process = new ProcessBuilder(command).inheritIO().start();
    assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    assertEquals(0, process.exitValue());
    return Files.readAllBytes(file);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.wav", "a.mp3", "a.ogg", "a.m4a", "a.flac", "a.webm", "a.aac"})
  void everyCommonFormatBecomesWhatTheGatewayPlays(String name) throws Exception {
    byte[] file = made(name, "sine=frequency=440:duration=2:sample_rate=44100", "-ac", "2");
    PromptSound sound = converter.convert(file);
    assertEquals(2_000, sound.length().toMillis(), 120);
    assertFalse(sound.silent());
  }

  @Test
  void filmsWithoutSoundAndFilesThatAreNoneAreToldApartFromSound() throws Exception {
    assertEquals("no-audio", refused(made("a.mp4", "testsrc=duration=1:size=32x32:rate=5")));
    assertEquals("no-audio", refused("this is no sound".getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void aListOfOtherFilesIsNoSound() throws Exception {
    made("secret.wav", "sine=frequency=440:duration=2");
    String path = folder.resolve("secret.wav").toString();
    for (String list :
        List.of(
            "ffconcat version 1.0\nfile '" + path + "'\n",
            "#EXTM3U\n#EXTINF:2,\nfile:" + path + "\n#EXT-X-ENDLIST\n")) {
      assertEquals("no-audio", refused(list.getBytes(StandardCharsets.UTF_8)), list);
    }
  }

  @Test
  void tooLongTooShortAndSilentAreRefused() throws Exception {
    assertEquals("audio-too-long", refused(made("l.mp3", "sine=frequency=440:duration=200")));
    assertEquals("audio-too-short", refused(PromptHouse.tone(200, 400)));
    assertEquals("audio-too-long", refused(PromptHouse.tone(120_100, 400)));
    assertEquals("silent", refused(new PromptSound(new short[16_000]).wav()));
    assertEquals("too-large", refused(new byte[SoundConverter.MOST_BYTES + 1]));
  }

  @Test
  void withoutTheConverterTheGatewaysOwnFormatIsTaken() throws Exception {
    SoundConverter without = new SoundConverter("no-such-converter", Duration.ofSeconds(1));
    assertFalse(without.there());
    assertEquals(Duration.ofSeconds(1), without.convert(PromptHouse.tone(1_000, 400)).length());
    NotTaken refused =
        assertThrows(NotTaken.class, () -> without.convert("ID3".getBytes(StandardCharsets.UTF_8)));
    assertEquals("no-converter", refused.id());
    assertFalse(refused.isFault());
    assertTrue(refused.getMessage().contains("apt-get install ffmpeg"), refused.getMessage());
  }

  @Test
  void aConverterThatDoesNotEndIsEnded() throws Exception {
    Path sleeper = folder.resolve("sleeper");
    Files.writeString(sleeper, "#!/bin/sh\nexec sleep 60\n");
    assertTrue(sleeper.toFile().setExecutable(true));
    SoundConverter slow = new SoundConverter(sleeper.toString(), Duration.ofMillis(200));
    NotTaken refused = assertThrows(NotTaken.class, () -> slow.convert(new byte[100]));
    assertTrue(refused.getMessage().contains("not converted within"), refused.getMessage());
    assertEquals(
        0,
        ProcessHandle.current()
            .children()
            .filter(child -> child.info().command().orElse("").endsWith("sleep"))
            .count());
  }

  private String refused(byte[] file) {
    return assertThrows(NotTaken.class, () -> converter.convert(file)).id();
  }
}
