package cti.server.web.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.account.Account;
import cti.core.account.Role;
import cti.server.web.http.RateLimits.Rate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RateLimiterTest {
  private static final String ADDRESS = "192.0.2.1";

  private Instant now = Instant.EPOCH;
  private final RateLimiter limiter =
      new RateLimiter(new RateLimits(new Rate(10, 20), new Rate(2, 4)), () -> now);

  private static Optional<SignedIn> session(String key) {
    Account account = new Account("agent1", "坐席0001", Role.AGENT, Optional.empty(), false);
    return Optional.of(new SignedIn(account, key, "csrf", Instant.MAX, true));
  }

  private int taken(Optional<SignedIn> who, String address, int asked) {
    int taken = 0;
    for (int i = 0; i < asked; i++) {
      taken += limiter.take(who, address).isEmpty() ? 1 : 0;
    }
    return taken;
  }

  @Test
  void aSessionMayDoItsBurstAndThenItsRate() {
    assertEquals(20, taken(session("a"), ADDRESS, 50));
    now = now.plusSeconds(1);
    assertEquals(10, taken(session("a"), ADDRESS, 50));
    now = now.plusSeconds(3_600);
    assertEquals(20, taken(session("a"), ADDRESS, 50));
    assertEquals(100, limiter.refused());
  }

  @Test
  void whoIsRefusedIsToldWhenTheNextOneIsTaken() {
    taken(session("a"), ADDRESS, 20);
    Duration wait = limiter.take(session("a"), ADDRESS).orElseThrow();
    assertEquals(Duration.ofMillis(100), wait);
    now = now.plus(wait);
    assertTrue(limiter.take(session("a"), ADDRESS).isEmpty());
  }

  @Test
  void sessionsOfOneAddressDoNotCountTogetherAndNotWithWhoeverHasNone() {
    assertEquals(20, taken(session("a"), ADDRESS, 50));
    assertEquals(20, taken(session("b"), ADDRESS, 50));
    assertEquals(4, taken(Optional.empty(), ADDRESS, 50));
    assertEquals(4, taken(Optional.empty(), "192.0.2.2", 50));
  }

  @Test
  void aRateHasBounds() {
    assertThrows(IllegalArgumentException.class, () -> new Rate(0, 1));
    assertThrows(IllegalArgumentException.class, () -> new Rate(10, 9));
    assertThrows(IllegalArgumentException.class, () -> new Rate(10_001, 10_001));
  }
}
