package cti.server.config;

import cti.core.id.GatewayId;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * The gateway and how its manager interface (AMI) is reached.
 *
 * @param codecs of the trunk, by Asterisk's names, best first, at least one: in these speak the
 *     calls that cti-server begins
 */
public record GatewayConfig(
    GatewayId id, Ami ami, Logs logs, List<String> codecs, Optional<Softphone> softphone) {
  /** What a trunk in China and in Europe speaks (ITU-T G.711 A-law). */
  public static final List<String> USUAL_CODECS = List.of("alaw");

  public GatewayConfig {
    codecs = List.copyOf(codecs);
  }

  /**
   * Phones in browsers.
   *
   * @param address of the gateway's WebSocket for SIP, ws:// or wss://, as cti-server reaches it
   * @param trustCertificate a PEM file; absent to trust what the JDK trusts
   * @param iceServers that browsers ask for their own address, such as stun:stun.example:3478
   * @param turn relays for browsers that reach the gateway by no way of their own
   * @param callers whether anybody may call the hotline on the page /try; for the demo alone
   */
  public record Softphone(
      URI address,
      Optional<Path> trustCertificate,
      List<String> iceServers,
      Optional<Turn> turn,
      boolean callers) {
    public Softphone {
      iceServers = List.copyOf(iceServers);
    }
  }

  /**
   * Relays that take credentials with an end, made from a secret that they share with us (coturn:
   * {@code use-auth-secret}).
   *
   * @param servers such as turn:turn.example:3478?transport=udp
   * @param lifetime of a browser's credentials
   */
  public record Turn(List<String> servers, Secret secret, Duration lifetime) {
    public Turn {
      servers = List.copyOf(servers);
    }
  }

  /**
   * The gateway's own logs, to rebuild what an outage hid and to check the records by.
   *
   * @param queueLog the file queue_log
   * @param queueLogTable the same in a table of our database server: [database.]table
   * @param cdr the file that conf/asterisk/cdr_custom_cti.conf makes
   * @param zone of the times in the table, and of call detail records without exact ones
   * @param nightlyCheck when the whole of yesterday is checked, in the server's zone; empty: never
   */
  public record Logs(
      Optional<Path> queueLog,
      Optional<String> queueLogTable,
      Optional<Path> cdr,
      ZoneId zone,
      Optional<LocalTime> nightlyCheck) {}

  public record Ami(
      String host,
      int port,
      String user,
      Secret secret,
      Tls tls,
      Limits limits,
      Ping ping,
      BackOff backOff) {}

  /**
   * @param trustCertificate a PEM file; absent to trust what the JDK trusts
   */
  public record Tls(boolean enabled, Optional<Path> trustCertificate) {}

  /** The longest that each step may take. */
  public record Limits(Duration connect, Duration login, Duration action) {}

  /**
   * @param misses so many pings without an answer in a row, and the link counts as lost
   */
  public record Ping(Duration interval, int misses) {}

  /** The pause before the next try to connect: grows from {@code least} to {@code most}. */
  public record BackOff(Duration least, Duration most) {}
}
