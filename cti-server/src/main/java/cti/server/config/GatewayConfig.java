package cti.server.config;

import cti.core.id.GatewayId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The gateway and how its manager interface (AMI) is reached. */
public record GatewayConfig(GatewayId id, Ami ami) {
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
