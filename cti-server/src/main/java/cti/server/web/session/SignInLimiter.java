package cti.server.web.session;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Slows down guessing. An attempt counts from its beginning, so that many at once do not slip
 * through, and is taken back when it succeeds. Remembers at most 10,000 keys, the newest.
 */
public final class SignInLimiter {
  private static final int KEYS_AT_MOST = 10_000;

  private final SessionRules rules;
  private final InstantSource clock;
  private final Map<String, Deque<Instant>> attempts =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Deque<Instant>> eldest) {
          return size() > KEYS_AT_MOST;
        }
      };

  public SignInLimiter(SessionRules rules, InstantSource clock) {
    this.rules = rules;
    this.clock = clock;
  }

  /** Counts an attempt; where there were too many, how long to wait, and nothing is counted. */
  public synchronized Optional<Duration> begin(String address, String user) {
    Instant now = clock.instant();
    Optional<Duration> wait =
        wait(pair(address, user), rules.failuresPerUser(), now)
            .or(() -> wait(address, rules.failuresPerAddress(), now));
    if (wait.isEmpty()) {
      attempts.computeIfAbsent(pair(address, user), key -> new ArrayDeque<>()).addLast(now);
      attempts.computeIfAbsent(address, key -> new ArrayDeque<>()).addLast(now);
    }
    return wait;
  }

  /** The attempt did not fail: it does not count, nor do the user's earlier ones from here. */
  public synchronized void succeeded(String address, String user) {
    attempts.remove(pair(address, user));
    takeBack(address);
  }

  /** The password was never looked at, because the store was away: the attempt does not count. */
  public synchronized void undecided(String address, String user) {
    takeBack(pair(address, user));
    takeBack(address);
  }

  private void takeBack(String key) {
    Deque<Instant> times = attempts.get(key);
    if (times != null) {
      times.pollLast();
    }
  }

  private Optional<Duration> wait(String key, int most, Instant now) {
    Deque<Instant> times = attempts.get(key);
    if (times == null) {
      return Optional.empty();
    }
    while (!times.isEmpty() && !times.peekFirst().plus(rules.window()).isAfter(now)) {
      times.removeFirst();
    }
    return times.size() < most
        ? Optional.empty()
        : Optional.of(Duration.between(now, times.peekFirst().plus(rules.window())));
  }

  private static String pair(String address, String user) {
    return address + ' ' + user.toLowerCase(Locale.ROOT);
  }
}
