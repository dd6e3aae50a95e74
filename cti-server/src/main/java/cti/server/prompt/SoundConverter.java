package cti.server.prompt;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes of a file what the gateway plays. Its own format is read here; any other by ffmpeg, in a
 * process of its own without network, environment and playlists, of bounded time, in a folder that
 * is gone afterwards (docs/adr/0007-prompt-files.md).
 */
final class SoundConverter {
  private static final Logger log = LoggerFactory.getLogger(SoundConverter.class);

  static final int MOST_BYTES = 20 << 20;
  static final Duration LONGEST = Duration.ofMinutes(2);

  /** Anything shorter is a click. */
  static final Duration SHORTEST = Duration.ofMillis(300);

  private static final Duration TIME = Duration.ofSeconds(20);

  /** Containers of sound; nothing that names other files, such as playlists. */
  private static final String FORMATS =
      "wav,w64,aiff,au,mp3,ogg,flac,aac,amr,caf,mov,mp4,m4a,3gp,matroska,webm";

  private final String program;
  private final Duration time;
  private volatile boolean found;

  SoundConverter() {
    this("ffmpeg", TIME);
  }

  /**
   * @param program as it is called
   * @param time that a conversion may take
   */
  SoundConverter(String program, Duration time) {
    this.program = program;
    this.time = time;
  }

  /** A file that is not taken; the message is for people. */
  static final class NotTaken extends Exception {
    private static final long serialVersionUID = 1L;
    private final String id;
    private final boolean fault;

    /**
     * @param id stable, for programs
     * @param fault whether it is for the file; else for how things stand here
     */
    NotTaken(String id, String message, boolean fault) {
      super(message, null, false, false);
      this.id = id;
      this.fault = fault;
    }

    String id() {
      return id;
    }

    boolean isFault() {
      return fault;
    }
  }

  /** Whether other formats than the gateway's own are taken; not looked for again once found. */
  boolean there() {
    found = found || starts();
    return found;
  }

  private boolean starts() {
    try {
      Process process =
          new ProcessBuilder(program, "-version")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      process.getOutputStream().close();
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return false;
      }
      return process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * As loud as the placeholders. Blocks.
   *
   * @throws NotTaken where there is nothing in it that could be played
   * @throws IOException where the folder for the work cannot be had
   */
  PromptSound convert(byte[] file) throws NotTaken, IOException, InterruptedException {
    if (file.length > MOST_BYTES) {
      throw new NotTaken(
          "too-large",
          "the file has " + file.length + " bytes, expected at most " + MOST_BYTES,
          true);
    }
    Optional<PromptSound> own = PromptSound.ofWav(file);
    PromptSound sound = own.isPresent() ? own.get() : decoded(file);
    if (sound.length().compareTo(LONGEST) > 0) {
      throw new NotTaken(
          "audio-too-long",
          "the sound is longer than " + LONGEST.toSeconds() + " s, expected at most that",
          true);
    }
    if (sound.length().compareTo(SHORTEST) < 0) {
      throw new NotTaken(
          "audio-too-short",
          "the sound lasts "
              + sound.length().toMillis()
              + " ms, expected at least "
              + SHORTEST.toMillis()
              + " ms",
          true);
    }
    if (sound.silent()) {
      throw new NotTaken(
          "silent", "the file holds silence only, expected something that is heard", true);
    }
    return sound.levelled();
  }

  private PromptSound decoded(byte[] file) throws NotTaken, IOException, InterruptedException {
    Path work = Files.createTempDirectory("cti-prompt");
    Path in = work.resolve("in");
    Path out = work.resolve("out.pcm");
    Path said = work.resolve("said");
    try {
      Files.write(in, file);
      int code = run(in, out, said);
      byte[] pcm = Files.exists(out) ? Files.readAllBytes(out) : new byte[0];
      if (code != 0 || pcm.length < 2) {
        String why = lastLine(said);
        log.info("prompts: a file of {} bytes is not converted: {}", file.length, why);
        throw new NotTaken(
            "no-audio",
            "no sound was found in the file ("
                + why
                + "), expected a file such as WAV, MP3, OGG, M4A or FLAC",
            true);
      }
      return PromptSound.ofPcm(pcm);
    } finally {
      for (Path left : List.of(in, out, said, work)) {
        Files.deleteIfExists(left);
      }
    }
  }

  private int run(Path in, Path out, Path said) throws NotTaken, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            program,
            "-nostdin",
            "-hide_banner",
            "-loglevel",
            "error",
            "-threads",
            "1",
            "-protocol_whitelist",
            "file",
            "-format_whitelist",
            FORMATS,
            "-i",
            "file:" + in,
            "-map",
            "0:a:0",
            // A little more than is taken, so that what is too long is found to be.
            "-t",
            Long.toString(LONGEST.toSeconds() + 1),
            "-ac",
            "1",
            "-ar",
            Integer.toString(PromptSound.RATE),
            "-f",
            "s16le",
            "-y",
            "file:" + out);
    builder.directory(in.getParent().toFile());
    String path = builder.environment().get("PATH");
    builder.environment().clear();
    if (path != null) {
      builder.environment().put("PATH", path);
    }
    builder.redirectErrorStream(true).redirectOutput(said.toFile());
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      log.warn("prompts: {} does not start: {}", program, e.getMessage());
      throw new NotTaken(
          "no-converter",
          program
              + " is not installed on the server (apt-get install ffmpeg): only WAV, PCM, 16 bit,"
              + " 8 kHz, mono is taken",
          false);
    }
    try {
      if (!process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new NotTaken(
            "no-audio", "the file was not converted within " + time.toSeconds() + " s", true);
      }
      return process.exitValue();
    } finally {
      process.destroyForcibly();
      process.waitFor(5, TimeUnit.SECONDS);
    }
  }

  /** What it said last, without the names of our folder. */
  private static String lastLine(Path said) throws IOException {
    if (!Files.exists(said)) {
      return "nothing was said why";
    }
    String text = new String(Files.readAllBytes(said), StandardCharsets.UTF_8);
    String last =
        text.lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .reduce((_, next) -> next)
            .orElse("it is empty");
    String line = last.replaceAll("file:\\S+/", "");
    return line.length() > 120 ? line.substring(0, 120) + "…" : line;
  }
}
