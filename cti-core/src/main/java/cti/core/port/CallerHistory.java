package cti.core.port;

import cti.core.id.AgentId;
import cti.core.id.DeskId;
import cti.core.id.StaffId;
import java.time.Instant;
import java.util.Optional;

/** What somebody called before. Blocks; throws StoreUnavailableException. */
public interface CallerHistory {
  /** How far back talks are looked for, in days. */
  int MOST_DAYS = 90;

  /**
   * Of the person, where there is exactly one, else of the number.
   *
   * @param number as presented; empty for one that was withheld
   * @param since missed calls are counted from then on
   */
  Found find(Optional<StaffId> person, String number, Instant since, Instant now);

  /**
   * @param talk the last with an agent
   * @param missed calls that nobody answered
   */
  record Found(Optional<Talk> talk, int missed) {}

  record Talk(AgentId agent, DeskId desk, Instant at) {}
}
