package cti.server.web.stream;

import java.time.Duration;

/**
 * How streams are kept.
 *
 * @param pingEvery between the server's pings; a client that is silent for three of them is closed
 * @param messageBytes of one message from a client
 * @param closeWithin how long a client has to take the close frame
 * @param outbox what may wait for a client
 */
public record StreamRules(
    Duration pingEvery, int messageBytes, Duration closeWithin, OutboxBounds outbox) {
  public static final StreamRules USUAL =
      new StreamRules(
          Duration.ofSeconds(15),
          65_536,
          Duration.ofSeconds(2),
          new OutboxBounds(256, 1_024, 8L << 20));

  /**
   * What may wait for a client.
   *
   * @param coalesceAt frames from which on views are coalesced
   * @param frames that may wait after that
   * @param bytes that may wait after that
   */
  public record OutboxBounds(int coalesceAt, int frames, long bytes) {}
}
