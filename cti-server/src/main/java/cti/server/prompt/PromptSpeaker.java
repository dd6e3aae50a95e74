package cti.server.prompt;

import cti.server.prompt.SoundConverter.NotTaken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Speaks the placeholder of a text by espeak-ng, in a process of its own, as {@code ./cti ivr
 * prompts} does: the same voices, the same pace. Without it, or without a converter for its sound,
 * nothing is spoken.
 */
public final class PromptSpeaker {
  private static final Logger log = LoggerFactory.getLogger(PromptSpeaker.class);
  private static final Map<String, String> VOICES = Map.of("zh", "cmn", "en", "en-us");

  /** Words a minute; testbed/prompts.sh has the same. */
  private static final String RATE = "230";

  private static final Duration TIME = Duration.ofSeconds(20);

  private final String program;
  private final SoundConverter converter;
  private boolean told;

  public PromptSpeaker() {
    this("espeak-ng", new SoundConverter());
  }

  /**
   * @param program as it is called
   */
  PromptSpeaker(String program, SoundConverter converter) {
    this.program = program;
    this.converter = converter;
  }

  /**
   * The sound of a text, as the gateway plays it; empty where it cannot be spoken here. Blocks.
   *
   * @throws IOException where the folder for the work cannot be had
   */
  Optional<byte[]> speak(String language, String text) throws IOException, InterruptedException {
    Path work = Files.createTempDirectory("cti-speech");
    Path in = Files.writeString(work.resolve("text"), text, StandardCharsets.UTF_8);
    Path out = work.resolve("speech.wav");
    try {
      Process process =
          new ProcessBuilder(
                  program,
                  "-v",
                  VOICES.getOrDefault(language, language),
                  "-s",
                  RATE,
                  "--stdin",
                  "-w",
                  out.toString())
              .redirectInput(in.toFile())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try {
        if (!process.waitFor(TIME.toMillis(), TimeUnit.MILLISECONDS)
            || process.exitValue() != 0
            || !Files.exists(out)) {
          log.warn("prompts: {} did not speak a text ({})", program, language);
          return Optional.empty();
        }
      } finally {
        process.destroyForcibly();
      }
      return Optional.of(converter.convert(Files.readAllBytes(out)).wav());
    } catch (NotTaken e) {
      tellOnce(e.getMessage());
      return Optional.empty();
    } catch (IOException e) {
      tellOnce(e.getMessage());
      return Optional.empty();
    } finally {
      for (Path left : List.of(in, out, work)) {
        Files.deleteIfExists(left);
      }
    }
  }

  private synchronized void tellOnce(String why) {
    if (!told) {
      told = true;
      log.info("prompts: what is added has no placeholder, for {}", why);
    }
  }
}
