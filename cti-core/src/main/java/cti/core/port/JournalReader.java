package cti.core.port;

import java.util.function.Consumer;

/** Reads what is on the journal's disk. Blocks; throws {@link java.io.UncheckedIOException}. */
public interface JournalReader {
  /** Hands over every record after {@code sequence}, in order, without gaps. */
  void read(long sequence, Consumer<JournalRecord> each);
}
