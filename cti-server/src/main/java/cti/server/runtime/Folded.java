package cti.server.runtime;

import java.util.concurrent.CompletionStage;

/**
 * A picture that is folded from the journal's records and kept in checkpoints, so that a start need
 * not fold all of them again.
 *
 * @param <M> what is kept of it: a record of records
 */
public interface Folded<M> {
  /** Stable: it stands in the files. One word of letters. */
  String name();

  Class<M> type();

  /** What is so now, from the thread that owns it. Never blocks. */
  CompletionStage<Memory<M>> memory();

  /** Takes up what was kept; before the first record is applied. */
  void restore(Memory<M> memory);

  /** Begins empty behind a record, where what led to it is gone for good. */
  void forget(long sequence);

  /**
   * A picture at one moment.
   *
   * @param sequence the last record that is folded into it; 0 for none
   */
  record Memory<M>(long sequence, M picture) {}
}
