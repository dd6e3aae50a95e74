package cti.server.app;

import cti.core.port.JournalReader;
import cti.core.port.JournalRecord;
import cti.server.runtime.Journal;
import java.util.function.Consumer;

/** The journal for those who must be made before it is opened. */
final class LateJournal implements JournalReader {
  private volatile Journal journal;

  void open(Journal opened) {
    journal = opened;
  }

  @Override
  public void read(long sequence, Consumer<JournalRecord> each) {
    Journal opened = journal;
    if (opened == null) {
      throw new IllegalStateException("the journal is not open yet");
    }
    opened.read(sequence, each);
  }
}
