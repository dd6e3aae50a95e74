package cti.core.port;

import java.util.List;

/**
 * Where what happened is handed to screens, once the journal has written it (a kill does not undo
 * it; a loss of power may). Called on the journal's thread: must not block.
 */
public interface PushSink {
  /**
   * Takes records, in order, without gaps.
   *
   * @param receivedNanos {@link System#nanoTime} at which the bytes that caused them were read, to
   *     measure how long it takes until a screen has them; 0 where no bytes did
   */
  void published(List<JournalRecord> records, long receivedNanos);
}
