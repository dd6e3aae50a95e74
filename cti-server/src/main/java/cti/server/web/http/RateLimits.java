package cti.server.web.http;

/**
 * How many requests are answered before one is told to wait.
 *
 * @param session of one session
 * @param address of one address, of all that come without a session together
 */
public record RateLimits(Rate session, Rate address) {
  public static final RateLimits USUAL = new RateLimits(new Rate(100, 400), new Rate(50, 500));

  /**
   * A bucket that fills by itself.
   *
   * @param perSecond in the long run, 1 to 10,000
   * @param burst at once after a pause, at least {@code perSecond}, at most 100,000
   */
  public record Rate(int perSecond, int burst) {
    public Rate {
      if (perSecond < 1 || perSecond > 10_000 || burst < perSecond || burst > 100_000) {
        throw new IllegalArgumentException(
            "rate %d a second, burst %d; expected 1 to 10000, burst from that to 100000"
                .formatted(perSecond, burst));
      }
    }
  }
}
