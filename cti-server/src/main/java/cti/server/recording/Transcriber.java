package cti.server.recording;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Makes text of a recorded message. The server ships none; whoever has one gives it to the keeper
 * of messages. Blocks.
 */
@FunctionalInterface
public interface Transcriber {
  /** Makes no text of anything. */
  Transcriber NONE = audio -> Optional.empty();

  /**
   * The text of a WAV file; empty where none can be made, so that it is not tried again.
   *
   * @throws IOException where it should be tried again later
   */
  Optional<String> text(Path audio) throws IOException;
}
