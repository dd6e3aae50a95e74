package cti.server.web.session;

import java.time.Duration;

/**
 * How long sessions last and how often one may try to sign in.
 *
 * @param idle without any request or frame
 * @param longest whatever happens
 * @param failuresPerUser wrong passwords for one user from one address within the window
 * @param failuresPerAddress wrong passwords from one address within the window
 * @param secureCookie true where browsers reach us by HTTPS
 */
public record SessionRules(
    Duration idle,
    Duration longest,
    int failuresPerUser,
    int failuresPerAddress,
    Duration window,
    boolean secureCookie) {
  public static final SessionRules USUAL =
      new SessionRules(
          Duration.ofMinutes(30), Duration.ofHours(12), 5, 50, Duration.ofMinutes(15), false);
}
