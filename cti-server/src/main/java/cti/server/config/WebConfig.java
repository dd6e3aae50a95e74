package cti.server.config;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/**
 * Where HTTP and WebSocket are served.
 *
 * @param origins other origins than our own that pages may come from, such as https://portal:8443
 * @param biggestFrameBytes of WebSocket frames and of HTTP bodies
 */
public record WebConfig(
    InetAddress bindAddress,
    int port,
    Session session,
    List<String> origins,
    int biggestFrameBytes) {
  public WebConfig {
    origins = List.copyOf(origins);
  }

  /**
   * @param idle a session ends when it was not used for this long
   * @param absolute a session ends this long after its begin in any case
   */
  public record Session(Duration idle, Duration absolute) {}
}
