package cti.server.ami;

import java.time.Duration;

/**
 * How long the link waits for what.
 *
 * @param connect TCP connection, name look-up included
 * @param login from the connection to the accepted login (Asterisk delays a refusal by 1 s)
 * @param boot from the accepted login to FullyBooted, for a gateway that is still starting
 * @param pingInterval between two pings
 * @param pingMisses pings without any sign of life after which the link counts as dead
 * @param backOffMinimum shortest wait before a new attempt
 * @param backOffMaximum longest wait before a new attempt
 * @param action default time limit of an action
 */
public record AmiTimings(
    Duration connect,
    Duration login,
    Duration boot,
    Duration pingInterval,
    int pingMisses,
    Duration backOffMinimum,
    Duration backOffMaximum,
    Duration action) {
  private static final Duration LEAST = Duration.ofMillis(1);
  private static final Duration MOST = Duration.ofHours(1);

  public static final AmiTimings DEFAULT =
      new AmiTimings(
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Duration.ofMinutes(2),
          Duration.ofSeconds(5),
          3,
          Duration.ofMillis(500),
          Duration.ofSeconds(5),
          Duration.ofSeconds(5));

  public AmiTimings {
    Checks.between("connect", connect, LEAST, MOST);
    Checks.between("login", login, LEAST, MOST);
    Checks.between("boot", boot, LEAST, MOST);
    Checks.between("pingInterval", pingInterval, LEAST, MOST);
    Checks.between("pingMisses", pingMisses, 1, 100);
    Checks.between("backOffMinimum", backOffMinimum, LEAST, MOST);
    Checks.between("backOffMaximum", backOffMaximum, backOffMinimum, MOST);
    Checks.between("action", action, LEAST, MOST);
  }
}
