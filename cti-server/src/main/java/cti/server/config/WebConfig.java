package cti.server.config;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/**
 * Where HTTP and WebSocket are served.
 *
 * @param origins other origins than our own that pages may come from, such as https://portal:8443
 * @param trustedProxies of ours: their word of whom a request came from is taken
 * @param biggestFrameBytes of WebSocket frames and of HTTP bodies
 * @param rates how many requests a session, or an address without one, may make
 */
public record WebConfig(
    InetAddress bindAddress,
    int port,
    Session session,
    List<String> origins,
    List<InetAddress> trustedProxies,
    int biggestFrameBytes,
    Rates rates) {
  public WebConfig {
    origins = List.copyOf(origins);
    trustedProxies = List.copyOf(trustedProxies);
  }

  /**
   * @param idle a session ends when it was not used for this long
   * @param absolute a session ends this long after its begin in any case
   * @param secureCookie browsers send the cookie by HTTPS alone: where they reach us by HTTPS
   */
  public record Session(Duration idle, Duration absolute, boolean secureCookie) {}

  /** Of a session, and of all without one that come from one address. */
  public record Rates(Rate session, Rate address) {}

  /**
   * @param perSecond in the long run
   * @param burst at once, after a pause
   */
  public record Rate(int perSecond, int burst) {}
}
