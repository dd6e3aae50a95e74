package cti.core.port;

import cti.core.port.Prompts.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Recordings of prompts on record, and which one is played; each change with its audit line.
 * Blocks; throws {@link StoreUnavailableException}.
 */
public interface PromptRecords {
  /** Versions of a language that are kept; the one that is played is kept whatever its age. */
  int KEPT = 20;

  /** Of all prompts that were ever replaced. */
  List<InUse> inUse();

  /** The recordings that are played now. */
  List<Recording> played();

  /** Those of a prompt, newest first. */
  List<Recording> recordings(String id);

  /** The whole file of a version; empty where it is not kept. */
  Optional<byte[]> audio(String id, String language, int version);

  /**
   * Adds a version, which is played from here on; the oldest are dropped.
   *
   * @return its number
   */
  int add(String id, String language, Made made, String by);

  /** Has another version played, or the placeholder; false where it is not kept. */
  boolean use(String id, String language, int version, String by);

  /**
   * Which version of a prompt is played.
   *
   * @param version {@link Prompts#PLACEHOLDER} or a recording's
   */
  record InUse(String id, String language, int version, Instant since, String by) {}

  /**
   * A recording without its sound.
   *
   * @param sha256 of the whole file, in hex
   */
  record Recording(
      String id,
      String language,
      int version,
      Source source,
      Optional<String> fileName,
      int bytes,
      Duration length,
      String sha256,
      Instant madeAt,
      String madeBy) {}

  /**
   * What was recorded.
   *
   * @param wav the whole file, as the gateway plays it
   */
  record Made(
      Source source, Optional<String> fileName, byte[] wav, Duration length, String sha256) {}
}
