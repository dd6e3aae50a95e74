package cti.server.config;

import cti.server.config.GatewayConfig.Softphone;
import cti.server.config.GatewayConfig.Turn;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code gateway.softphone}. */
final class SoftphoneReader {
  private static final Pattern ADDRESS =
      Pattern.compile("wss?://[A-Za-z0-9.-]+(:[0-9]{1,5})?/[A-Za-z0-9._~/-]*");
  private static final Pattern ICE_SERVER = Pattern.compile("stuns?:[A-Za-z0-9.-]+(:[0-9]{1,5})?");

  /** RFC 7065. */
  private static final Pattern TURN_SERVER =
      Pattern.compile("turns?:[A-Za-z0-9.-]+(:[0-9]{1,5})?(\\?transport=(udp|tcp))?");

  private SoftphoneReader() {}

  /** Empty where no address is named: then this server has no phones in browsers. */
  static Optional<Softphone> read(Section section) {
    String address =
        section.text(
            "address", "", "the gateway's WebSocket, such as ws://127.0.0.1:8088/ws", ADDRESS);
    Optional<Path> certificate = section.optionalPath("trust-certificate");
    section.mustHold(
        certificate.isEmpty() || Files.isReadable(certificate.get()),
        "trust-certificate",
        "'" + certificate.map(Path::toString).orElse("") + "' cannot be read",
        "a readable file with a certificate in PEM");
    List<String> ice =
        section.texts("ice-servers", "a server such as stun:stun.example:3478", ICE_SERVER);
    Optional<Turn> turn = section.has("turn") ? turn(section.section("turn")) : Optional.empty();
    boolean callers = section.flag("demo-callers", false);
    section.mustHold(
        !callers || !address.isEmpty(),
        "demo-callers",
        "true without an address",
        "gateway.softphone.address beside it");
    return address.isEmpty()
        ? Optional.empty()
        : Optional.of(new Softphone(URI.create(address), certificate, ice, turn, callers));
  }

  private static Optional<Turn> turn(Section section) {
    String expected = "a relay such as turn:turn.example:3478?transport=udp";
    List<String> servers = section.texts("servers", expected, TURN_SERVER);
    section.mustHold(!servers.isEmpty(), "servers", "an empty list", "at least one of " + expected);
    return Optional.of(
        new Turn(
            servers,
            section.secret("secret"),
            // As long as somebody may be signed in, so that no talk outlives them.
            section.duration("lifetime", "12h", "10m", "24h")));
  }

  /**
   * Whoever opens /try gets a telephone without a password: only on a machine that tries things
   * out.
   */
  static void refuseCallersOutsideTheDemo(Section root, CtiConfig config) {
    boolean callers = config.gateway().softphone().filter(Softphone::callers).isPresent();
    root.mustHold(
        !callers || (config.sampleData() && config.web().bindAddress().isLoopbackAddress()),
        "gateway.softphone.demo-callers",
        "true on "
            + config.web().bindAddress().getHostAddress()
            + " with sample-data "
            + config.sampleData(),
        "it only with sample-data: true and web.bind-address 127.0.0.1: it lets anybody call");
  }
}
