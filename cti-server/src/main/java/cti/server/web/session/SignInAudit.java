package cti.server.web.session;

import cti.core.port.SignInTrail;
import cti.core.port.SignInTrail.Line;
import cti.core.port.SignInTrail.What;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Sign-ins, refused ones and sign-outs on their way into the audit log. Of refused ones at most 100
 * an hour are lines, at most 20 of one address, so that whoever guesses fills neither the table nor
 * the page; the rest is counted, and a line says so at once and how many they were with the first
 * attempt after that hour. Thread-safe.
 */
final class SignInAudit {
  static final int LINES = 100;
  static final int LINES_OF_ADDRESS = 20;
  static final Duration WINDOW = Duration.ofHours(1);

  private final SignInTrail trail;
  private final InstantSource clock;
  private final Map<String, Integer> ofAddress = new HashMap<>();
  private Instant until = Instant.MIN;
  private int lines;
  private long leftOut;

  SignInAudit(SignInTrail trail, InstantSource clock) {
    this.trail = trail;
    this.clock = clock;
  }

  /** Blocks on the store, as all of these do. */
  void signedIn(String user, String address) {
    counted().forEach(trail::write);
    trail.write(new Line(What.SIGNED_IN, user, address, Optional.empty(), 0));
  }

  void signedOut(String user, String address) {
    trail.write(new Line(What.SIGNED_OUT, user, address, Optional.empty(), 0));
  }

  /**
   * @param lockedUntil where the password is, or was, not looked at before then
   */
  void refused(String user, String address, Optional<Instant> lockedUntil) {
    What what = lockedUntil.isPresent() ? What.LOCKED : What.REFUSED;
    String name = user.toLowerCase(Locale.ROOT);
    counted().forEach(trail::write);
    taken(new Line(what, name, address, lockedUntil, 0)).forEach(trail::write);
  }

  /** What was left out in an hour that is over. */
  private synchronized List<Line> counted() {
    Instant now = clock.instant();
    if (now.isBefore(until)) {
      return List.of();
    }
    List<Line> told =
        leftOut == 0
            ? List.of()
            : List.of(new Line(What.LEFT_OUT, "", "", Optional.of(until), leftOut));
    lines = 0;
    leftOut = 0;
    ofAddress.clear();
    until = now.plus(WINDOW);
    return told;
  }

  /** The line while there is room for it; the first that there is none for says so. */
  private synchronized List<Line> taken(Line line) {
    boolean room = lines < LINES && ofAddress.getOrDefault(line.address(), 0) < LINES_OF_ADDRESS;
    if (room) {
      lines++;
      ofAddress.merge(line.address(), 1, Integer::sum);
      return List.of(line);
    }
    List<Line> told = new ArrayList<>();
    if (leftOut == 0) {
      told.add(new Line(What.LEFT_OUT, "", line.address(), Optional.of(until), 0));
    }
    leftOut++;
    return told;
  }
}
