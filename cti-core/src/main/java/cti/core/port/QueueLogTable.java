package cti.core.port;

import cti.core.recovery.QueueLogEntry;
import java.time.Instant;
import java.util.List;

/**
 * queue_log where Asterisk writes it to a table (time, callid, queuename, agent, event, data1 to
 * data5). Blocks; throws StoreUnavailableException.
 */
public interface QueueLogTable {
  /**
   * The rows from a moment on, oldest first.
   *
   * @param limit the most rows; where more have the same time as the last of them, they come too
   */
  List<QueueLogEntry> from(Instant time, int limit);
}
