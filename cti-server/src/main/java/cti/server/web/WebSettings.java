package cti.server.web;

import cti.server.web.http.HttpLimits;
import cti.server.web.http.RateLimits;
import cti.server.web.session.SessionRules;
import cti.server.web.stream.StreamRules;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * How the web side is set up.
 *
 * @param address to listen on
 * @param port 0 lets the system choose
 * @param origins of pages that may speak to us besides our own, such as https://desk.example
 * @param trustedProxies of ours: their word of whom a request came from is taken
 * @param storeThreads work on stores that may run at once; as many more may wait
 * @param commandLimit how long an agent's command may take
 */
public record WebSettings(
    String address,
    int port,
    List<String> origins,
    Set<InetAddress> trustedProxies,
    int storeThreads,
    Duration commandLimit,
    HttpLimits limits,
    RateLimits rates,
    SessionRules sessions,
    StreamRules streams) {
  public WebSettings {
    origins = List.copyOf(origins);
    trustedProxies = Set.copyOf(trustedProxies);
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("web.port " + port + ", expected 0 to 65535");
    }
  }

  public static WebSettings usual(String address, int port) {
    return new WebSettings(
        address,
        port,
        List.of(),
        Set.of(),
        32,
        Duration.ofSeconds(5),
        HttpLimits.USUAL,
        RateLimits.USUAL,
        SessionRules.USUAL,
        StreamRules.USUAL);
  }
}
