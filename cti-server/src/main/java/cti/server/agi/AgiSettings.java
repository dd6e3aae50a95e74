package cti.server.agi;

import cti.core.id.GatewayId;
import java.net.InetAddress;
import java.time.Duration;

/**
 * How the FastAGI server listens and what it bears.
 *
 * @param gateway whose calls come in here
 * @param port 0 for any free one
 * @param mostSessions calls in the flow at one time, 1 to 10,000; more hear a short prompt and are
 *     left to the gateway's static queue
 * @param readLimit how long the gateway may take to answer one command, up to 10 min; longer than
 *     the longest prompt and the longest wait for a key
 * @param requestLimit how long a new connection may take to say what it wants, up to 1 min
 * @param stopLimit how long sessions may take to end when the server stops, up to 1 min
 */
public record AgiSettings(
    GatewayId gateway,
    InetAddress address,
    int port,
    int mostSessions,
    Duration readLimit,
    Duration requestLimit,
    Duration stopLimit) {
  /** The port that Asterisk takes where the dialplan names none. */
  public static final int DEFAULT_PORT = 4573;

  public AgiSettings {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("FastAGI port is " + port + ", expected 0 to 65535");
    }
    if (mostSessions < 1 || mostSessions > 10_000) {
      throw new IllegalArgumentException(
          "FastAGI most sessions is " + mostSessions + ", expected 1 to 10000");
    }
    between("read limit", readLimit, Duration.ofMillis(1), Duration.ofMinutes(10));
    between("request limit", requestLimit, Duration.ofMillis(1), Duration.ofMinutes(1));
    between("stop limit", stopLimit, Duration.ofMillis(1), Duration.ofMinutes(1));
  }

  /** The usual figures for a gateway. */
  public static AgiSettings usual(GatewayId gateway, InetAddress address) {
    return new AgiSettings(
        gateway,
        address,
        DEFAULT_PORT,
        500,
        Duration.ofSeconds(120),
        Duration.ofSeconds(5),
        Duration.ofSeconds(5));
  }

  private static void between(String what, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "FastAGI " + what + " is " + value + ", expected " + least + " to " + most);
    }
  }
}
