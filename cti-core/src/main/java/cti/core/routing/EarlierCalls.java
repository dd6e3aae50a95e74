package cti.core.routing;

import cti.core.id.AgentId;
import cti.core.id.DeskId;
import cti.core.id.Extension;
import java.time.Instant;
import java.util.Optional;

/**
 * What this caller (the person, where the directory names exactly one, else the number) called
 * before.
 *
 * @param known false where nobody could say (the database is away): conditions on it do not hold
 * @param lastTalk the last talk with an agent
 * @param missedToday their calls since midnight in the site's zone that nobody answered
 */
public record EarlierCalls(boolean known, Optional<LastTalk> lastTalk, int missedToday) {
  public static final EarlierCalls UNKNOWN = new EarlierCalls(false, Optional.empty(), 0);

  /** Known to have none. */
  public static final EarlierCalls NONE = new EarlierCalls(true, Optional.empty(), 0);

  /**
   * A talk with an agent.
   *
   * @param at when it began
   * @param readyAt the extension at which the agent is ready and free now; empty where not
   */
  public record LastTalk(AgentId agent, DeskId desk, Instant at, Optional<Extension> readyAt) {}
}
