package cti.core.port;

import java.util.List;

/** Where the journal is shipped to: the database's tables of calls, visits, attempts, agents. */
public interface RecordStore {
  /** The last sequence that was stored; 0 for none. */
  long highWaterMark();

  /**
   * Stores records in order, all or none, the new high-water mark in the same transaction. Records
   * at or below the mark are passed over, so a repeated batch changes nothing.
   */
  void store(List<JournalRecord> records);

  /**
   * Looks whether records that were stored are the ones given.
   *
   * @param stored records at or below the mark, in order
   * @throws IllegalStateException where one is another: the database was filled from another
   *     journal
   */
  void compare(List<JournalRecord> stored);
}
