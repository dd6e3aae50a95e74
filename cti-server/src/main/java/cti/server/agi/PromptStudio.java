package cti.server.agi;

import cti.core.port.PhonePins;
import cti.core.port.Prompts;
import java.io.IOException;
import java.util.Optional;

/**
 * What administrators need who record prompts at a phone.
 *
 * @param pins by which they are known
 * @param takes what the gateway has just recorded
 */
public record PromptStudio(Prompts prompts, PhonePins pins, Takes takes) {
  /** The folder {@code prompts} of the recordings, which the gateway writes. */
  public interface Takes {
    /**
     * The whole file; empty where it is not there, or no folder is configured.
     *
     * @param name below the folder
     */
    Optional<byte[]> read(String name) throws IOException;

    /** One that is gone already is fine. */
    void delete(String name) throws IOException;
  }
}
