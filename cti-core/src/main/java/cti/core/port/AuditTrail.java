package cti.core.port;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What people changed, newest first. Blocks; throws {@link StoreUnavailableException}. */
public interface AuditTrail {
  /**
   * @param subject exactly this one, such as "staff E0001"; a kind alone, such as "staff", is every
   *     one of it
   * @param account of one user
   * @param before only entries with a smaller number
   */
  List<Entry> entries(
      Optional<String> subject, Optional<String> account, Optional<Long> before, int limit);

  /**
   * One line.
   *
   * @param number grows
   * @param subject what was changed: its kind, a blank, its id
   * @param before the facts before, as a JSON object; empty for something new
   * @param after the facts after, as a JSON object; empty for something that was removed
   */
  record Entry(
      long number,
      Instant at,
      String account,
      String action,
      String subject,
      Optional<String> before,
      Optional<String> after) {}

  /** Follows the chain of hashes from its beginning to its end. */
  Check check();

  /**
   * What came of following the chain.
   *
   * @param lines of the chain
   * @param before lines that were written before there was a chain
   * @param lastHash of the chain's end; keep it elsewhere, and it shows whether all was written
   *     anew
   * @param broken where it does not hold; empty where every line is as it was written
   */
  record Check(long lines, long before, String lastHash, Optional<Break> broken) {}

  /** The first line that does not fit, by its number, and why, for people. */
  record Break(long number, String why) {}
}
