package cti.testbed.e2e;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import cti.testbed.client.Json;
import cti.testbed.client.Patience;
import cti.testbed.client.Unexpected;
import cti.testbed.gateway.Part;
import cti.testbed.gateway.TestbedEnvironment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.node.ObjectNode;

/**
 * A browser whose sound may go through a relay alone: coturn, with the settings of
 * docs/softphone.md. What it did is read from its own log.
 */
final class RelayScenario {
  private static final Duration SOON = Duration.ofSeconds(20);

  /** Connections of the page, with no other way than a relay. */
  private static final String NO_OTHER_WAY =
      """
      const Usual = window.RTCPeerConnection;
      window.connections = [];
      window.RTCPeerConnection = class extends Usual {
        constructor(settings) {
          super({...settings, iceTransportPolicy: 'relay'});
          window.connections.push(this);
        }
      };
      """;

  private static final String WAY_TAKEN =
      """
      async () => {
        const connection = window.connections.filter(one => one.connectionState === 'connected').pop();
        if (!connection) return 'no connection';
        const stats = [...(await connection.getStats()).values()];
        const pair = stats.find(one => one.type === 'candidate-pair' && one.nominated && one.state === 'succeeded');
        const own = stats.find(one => one.id === pair?.localCandidateId);
        return `${own?.candidateType} ${own?.relayProtocol} ${own?.port}`;
      }
      """;

  private final Stage stage;
  private final TestbedEnvironment environment;
  private Way way;

  /**
   * How the browser reaches the relay.
   *
   * @param servers of gateway.softphone.turn
   * @param protocol between the two, as the browser names it (webrtc-stats, relayProtocol)
   */
  private record Way(Part part, List<String> servers, String protocol) {}

  RelayScenario(Stage stage) throws IOException, InterruptedException {
    this.stage = stage;
    this.environment = stage.house().testbed().environment();
    this.way =
        new Way(Part.RELAY, List.of("turn:" + environment.relay() + "?transport=udp"), "udp");
  }

  /** A talk by what the server gives. */
  @FunctionalInterface
  interface Talk {
    void through(Stage stage, RelayScenario relay) throws Exception;
  }

  /** A call by something else. */
  @FunctionalInterface
  interface Refusal {
    void of(Stage stage, Credentials credentials) throws Exception;
  }

  /**
   * What a relay is asked with.
   *
   * @param what it is, for people
   */
  record Credentials(String what, String server, String user, String password) {}

  /** The relay runs and the server is told of it, until both were played. */
  void play(Talk talk, Refusal refusal) throws Exception {
    stage.house().testbed().start(way.part());
    try {
      through(talk);
      refusal.of(stage, old());
      refusal.of(stage, wrong());
      stage.house().reconfigure(RelayScenario::withoutRelay);
    } finally {
      stage.house().testbed().stop(way.part());
    }
  }

  /** No UDP reaches the relay, though it is told first: a talk by TCP, and one by TLS. */
  void playWithoutUdp(Talk talk) throws Exception {
    Part part = Part.RELAY_WITHOUT_UDP;
    String udp = "turn:" + environment.relayByTcp() + "?transport=udp";
    String tcp = "turn:" + environment.relayByTcp() + "?transport=tcp";
    String tls = "turns:" + environment.relayByTls() + "?transport=tcp";
    for (Way each :
        List.of(new Way(part, List.of(udp, tcp), "tcp"), new Way(part, List.of(udp, tls), "tls"))) {
      way = each;
      // Its log begins anew, so that it tells of this talk alone.
      stage.house().testbed().start(part);
      try {
        through(talk);
      } finally {
        stage.house().testbed().stop(part);
      }
    }
    stage.house().reconfigure(RelayScenario::withoutRelay);
  }

  private void through(Talk talk) throws Exception {
    stage.house().reconfigure(yaml -> withRelay(withoutRelay(yaml)));
    talk.through(stage, this);
  }

  private String withRelay(String yaml) {
    String lines =
        "    turn: {servers: [%s], secret: \"file:%s\"}\n"
            .formatted(
                way.servers().stream()
                    .map(server -> '"' + server + '"')
                    .collect(Collectors.joining(", ")),
                environment.relaySecretFile());
    return yaml.replace("    demo-callers: true\n", "    demo-callers: true\n" + lines);
  }

  private static String withoutRelay(String yaml) {
    return yaml.replaceAll("    turn: .*\n", "");
  }

  static void noOtherWay(Page page) {
    page.addInitScript(NO_OTHER_WAY);
  }

  /** The page gets these credentials in the place of those that the server made. */
  static void given(Page page, Credentials credentials) {
    page.route(
        "**/api/v1/softphone",
        route -> {
          if (!route.request().method().equals("POST")) {
            route.resume();
            return;
          }
          var answer = route.fetch();
          ObjectNode body = (ObjectNode) Json.tree(answer.text());
          ((ObjectNode) body.at("/iceServers/0"))
              .put("username", credentials.user())
              .put("credential", credentials.password());
          route.fulfill(new Route.FulfillOptions().setResponse(answer).setBody(body.toString()));
        });
  }

  /** Made as the server does, two minutes too late. */
  private Credentials old() throws IOException {
    String user = Instant.now().minusSeconds(120).getEpochSecond() + ":cti-web-old";
    return new Credentials("old credentials", environment.relay(), user, password(user));
  }

  private Credentials wrong() throws IOException {
    String user = Instant.now().plusSeconds(3_600).getEpochSecond() + ":cti-web-wrong";
    return new Credentials(
        "wrong credentials", environment.relay(), user, password(user + "-another"));
  }

  private String password(String user) throws IOException {
    try {
      String secret = Files.readString(environment.relaySecretFile()).strip();
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
      return Base64.getEncoder().encodeToString(mac.doFinal(user.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The talk goes through the relay, which gave this phone a place for it. */
  void expectUsed(Page page, String number) throws InterruptedException {
    String taken = String.valueOf(page.evaluate(WAY_TAKEN));
    String wanted = "relay " + way.protocol() + " ";
    Expect.that("the way of the sound: " + wanted, taken.startsWith(wanted), taken);
    int port = Integer.parseInt(taken.substring(wanted.length()));
    if (port < 23_000 || port > 23_099) {
      throw Unexpected.instead("a port of the relay, 23000 to 23099", port);
    }
    awaitLog(
        "the place that the relay gave to cti-web-" + number,
        "user <[0-9]+:cti-web-" + number + ">: incoming packet ALLOCATE processed, success");
    awaitLog(
        "that sound may go to the gateway",
        "user <[0-9]+:cti-web-"
            + number
            + ">: incoming packet (CREATE_PERMISSION|CHANNEL_BIND)"
            + " processed, success");
  }

  /**
   * The place is given back, and sound went through it both ways: a talk of a few seconds at fifty
   * packets a second. Other places that the browser asked for, and did not use, end as well.
   */
  void expectOver() throws InterruptedException {
    awaitLog(
        "that a hundred packets and more went through the relay, each way",
        "usage: realm=<cti.example>, username=<[0-9]+:cti-web-[0-9]+>, rp=[0-9]{3,},"
            + " rb=[0-9]+, sp=[0-9]{3,},");
  }

  private void awaitLog(String what, String pattern) throws InterruptedException {
    Patience.until(
        what + " in " + environment.relayLog(way.part()),
        SOON,
        () -> {
          try {
            String log = Files.readString(environment.relayLog(way.part()));
            return Pattern.compile(pattern).matcher(log).find()
                ? Optional.empty()
                : Optional.of(log.substring(Math.max(0, log.length() - 1_000)));
          } catch (IOException fault) {
            return Optional.of(fault.toString());
          }
        });
  }
}
