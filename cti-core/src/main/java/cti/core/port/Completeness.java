package cti.core.port;

import cti.core.id.CallId;
import cti.core.port.CallHistory.Period;
import cti.core.recovery.CheckedCall;
import cti.core.recovery.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How complete the records are: the calls on record against those of the gateway's own logs, by the
 * hour in which they began. Methods block; they throw StoreUnavailableException.
 */
public interface Completeness {
  /** The hours of a period in which a call began or that were checked, newest first. */
  List<Hour> hours(Period period);

  /** The checked calls of one verdict, newest first. */
  Page<CheckedCall> checked(Period period, Verdict verdict, Optional<Page.Key> after, int limit);

  /** Calls on record that the gateway's logs do not know, newest first; at most {@code limit}. */
  List<CallId> unknown(Period period, int limit);

  /**
   * One hour.
   *
   * @param begin its beginning; hours are those of UTC
   * @param logged calls of the gateway's logs, each once whatever log tells it
   * @param queueLog those that queue_log tells
   * @param callDetails those that the call detail records tell
   * @param live on record, seen as they happened
   * @param recovered on record, told wholly or in part after an outage
   * @param lostTrack on record without an end that anybody saw
   * @param missing in the logs and not on record
   * @param different on record, and the logs say something else
   * @param unknown on record, and not in the logs: a call that is there twice would leave one
   * @param checkedAt when they were last held against the logs; empty where they never were
   */
  record Hour(
      Instant begin,
      long logged,
      long queueLog,
      long callDetails,
      long live,
      long recovered,
      long lostTrack,
      long missing,
      long different,
      long unknown,
      Optional<Instant> checkedAt) {}
}
