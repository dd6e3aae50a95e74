package cti.server.web.http;

import cti.server.web.http.RateLimits.Rate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts requests by session, and those without one by address: a bucket each, that fills by itself
 * and from which every request takes one. Remembers at most 10,000 buckets, those used last; one
 * that is forgotten is full again. Thread-safe.
 */
public final class RateLimiter {
  private static final int BUCKETS_AT_MOST = 10_000;
  private static final double NANOS = 1e9;
  private final RateLimits limits;
  private final InstantSource clock;
  private final LongAdder refused = new LongAdder();
  private final Map<String, Bucket> buckets =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > BUCKETS_AT_MOST;
        }
      };

  private static final class Bucket {
    double left;
    Instant at;
  }

  /**
   * @param clock goes forward only
   */
  public RateLimiter(RateLimits limits, InstantSource clock) {
    this.limits = limits;
    this.clock = clock;
  }

  /**
   * Takes one request.
   *
   * @return empty where it may be answered; else after how long the next one may
   */
  public Optional<Duration> take(Optional<SignedIn> who, String address) {
    return who.map(session -> take("s " + session.sessionKey(), limits.session()))
        .orElseGet(() -> take("a " + address, limits.address()));
  }

  private synchronized Optional<Duration> take(String key, Rate rate) {
    Instant now = clock.instant();
    Bucket bucket = buckets.get(key);
    if (bucket == null) {
      bucket = new Bucket();
      bucket.left = rate.burst();
      bucket.at = now;
      buckets.put(key, bucket);
    }
    double grown = Duration.between(bucket.at, now).toNanos() / NANOS * rate.perSecond();
    bucket.left = Math.min(rate.burst(), bucket.left + grown);
    bucket.at = now;
    if (bucket.left < 1) {
      refused.increment();
      return Optional.of(
          Duration.ofNanos((long) Math.ceil((1 - bucket.left) / rate.perSecond() * NANOS)));
    }
    bucket.left--;
    return Optional.empty();
  }

  /** Requests that were told to wait. */
  public long refused() {
    return refused.sum();
  }
}
