package cti.core.port;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What people changed, newest first. Blocks; throws {@link StoreUnavailableException}. */
public interface AuditTrail {
  /**
   * @param subject exactly this one, such as "staff E0001"
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
}
