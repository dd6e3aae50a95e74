package cti.server.web.http;

import java.time.Duration;

/**
 * What a client may take.
 *
 * @param headerBytes of all headers together
 * @param bodyBytes of one request
 * @param idle how long a kept-alive connection may stand still between requests
 * @param requestTime how long a request may take to arrive
 * @param connections open at once, sockets of streams included
 */
public record HttpLimits(
    int headerBytes, int bodyBytes, Duration idle, Duration requestTime, int connections) {
  public static final HttpLimits USUAL =
      new HttpLimits(16_384, 262_144, Duration.ofSeconds(60), Duration.ofSeconds(20), 16_384);
}
