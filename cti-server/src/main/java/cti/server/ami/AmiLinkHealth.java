package cti.server.ami;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A look at the link from any thread.
 *
 * @param since when it entered the state
 * @param lastEventAge time since the last event of this connection, none before the first
 * @param pingsMissed pings in a row without any sign of life
 * @param actionsInFlight actions that wait for their answer
 * @param failedAttempts attempts since the link was last up for long
 * @param lastLoss why the last attempt or link ended
 */
public record AmiLinkHealth(
    AmiLinkState state,
    Instant since,
    Optional<Duration> lastEventAge,
    int pingsMissed,
    int actionsInFlight,
    int failedAttempts,
    Optional<LinkLoss> lastLoss) {
  public boolean up() {
    return state == AmiLinkState.UP;
  }
}
