package cti.server.app;

import cti.core.engine.GatewaySight;
import cti.core.engine.MemberAddressing;
import cti.core.port.ComponentState.Figure;
import cti.core.port.Mailbox;
import cti.core.port.QueueCallers;
import cti.server.agi.AgiSettings;
import cti.server.agi.FlowServer;
import cti.server.agi.FlowSources;
import cti.server.agi.PhoneDesk;
import cti.server.ami.AmiBounds;
import cti.server.ami.AmiEndpoint;
import cti.server.ami.AmiLink;
import cti.server.ami.AmiLinkConfig;
import cti.server.ami.AmiLogin;
import cti.server.ami.AmiQueueCallers;
import cti.server.ami.AmiSoftphones;
import cti.server.ami.AmiStartException;
import cti.server.ami.AmiTimings;
import cti.server.ami.GatewaySession;
import cti.server.ami.GatewayWatch;
import cti.server.config.AgiConfig;
import cti.server.config.GatewayConfig;
import cti.server.web.WebPorts;
import cti.server.web.softphone.SipLineSettings;
import cti.server.web.softphone.TurnRelays;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The gateway's side of the server: its link, and the flows that it asks for. */
final class GatewayWiring {
  private static final Logger log = LoggerFactory.getLogger(GatewayWiring.class);
  private static final Duration FIRST_LINK = Duration.ofSeconds(10);

  /** Between two looks of the watchdog; what is apart at two in a row is put right. */
  private static final Duration WATCH = Duration.ofSeconds(15);

  private final GatewayConfig config;
  private final Clock clock;
  private final Lifecycle lifecycle;
  private final EventLoopGroup io;
  private final GatewaySession session;
  private volatile GatewayWatch watch;
  private volatile AmiLink link;

  /** Makes the sockets' threads and a session that is not linked yet. */
  GatewayWiring(GatewayConfig config, Clock clock, Lifecycle lifecycle) {
    this.config = config;
    this.clock = clock;
    this.lifecycle = lifecycle;
    this.io = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    lifecycle.started("gateway I/O", () -> io.shutdownGracefully(0, 2, TimeUnit.SECONDS).await());
    this.session = new GatewaySession(config.id(), config.codecs(), clock, io.next());
  }

  GatewaySession session() {
    return session;
  }

  /** What phones in browsers need of the gateway. */
  WebPorts.BrowserPhones browserPhones() {
    return new WebPorts.BrowserPhones(
        config
            .softphone()
            .map(
                one ->
                    new SipLineSettings(
                        one.address(),
                        one.trustCertificate(),
                        one.iceServers(),
                        one.turn().map(GatewayWiring::relays),
                        one.callers())),
        new AmiSoftphones(() -> Optional.ofNullable(link)));
  }

  /** Callers who wait. */
  QueueCallers queueCallers() {
    return new AmiQueueCallers(() -> Optional.ofNullable(link));
  }

  private static TurnRelays relays(GatewayConfig.Turn turn) {
    return new TurnRelays(turn.servers(), turn.secret().reveal(), turn.lifetime());
  }

  /** Answers the gateway's FastAGI requests. */
  void answerFlows(AgiConfig agi, FlowSources sources, PhoneDesk phones) throws IOException {
    AgiSettings usual = AgiSettings.usual(config.id(), agi.bindAddress());
    AgiSettings settings =
        new AgiSettings(
            usual.gateway(),
            usual.address(),
            agi.port(),
            agi.mostSessions(),
            agi.readLimit(),
            usual.requestLimit(),
            usual.stopLimit());
    FlowServer flows = FlowServer.start(settings, sources, phones, System::nanoTime);
    lifecycle.started("FastAGI", flows::close);
  }

  /**
   * Links to the gateway. One that is away is waited for while the server runs; one that will never
   * let us in is a fault of the configuration.
   */
  void link(Mailbox loop) throws StartException, InterruptedException {
    GatewayConfig.Ami ami = config.ami();
    AmiLink made =
        new AmiLink(
            linkConfig(),
            io,
            () -> ThreadLocalRandom.current().nextDouble(),
            clock,
            System::nanoTime,
            session);
    link = made;
    session.connect(made, loop);
    watch(
        new GatewayWatch(config.id(), MemberAddressing.SHIPPED, made, session::live, loop, clock));
    lifecycle.started("gateway link", () -> made.stop().get(5, TimeUnit.SECONDS));
    try {
      made.start().get(FIRST_LINK.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      log.warn("gateway {} is away; it is tried again and again", config.id());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AmiStartException refused) {
        throw new StartException(
            "gateway.ami " + ami.host() + ":" + ami.port() + ": " + refused.getMessage(), refused);
      }
      throw new StartException("the gateway link failed: " + e.getCause().getMessage(), e);
    }
  }

  private void watch(GatewayWatch looking) {
    watch = looking;
    Future<?> turns =
        io.next()
            .scheduleAtFixedRate(
                looking::look, WATCH.toSeconds(), WATCH.toSeconds(), TimeUnit.SECONDS);
    lifecycle.started("watchdog", () -> turns.cancel(false));
  }

  /** What the watchdog saw last; nothing before the link was made. */
  GatewaySight sight() {
    GatewayWatch looking = watch;
    return looking == null ? GatewaySight.NONE : looking.sight();
  }

  /** How the link is, for people. */
  List<Figure> state() {
    AmiLink now = link;
    if (now == null) {
      return List.of(Figure.of("state", "not made yet"));
    }
    return List.of(
        Figure.of("live", session.live()),
        Figure.of("state", now.health().state()),
        Figure.of("since", now.health().since()),
        Figure.of("pings missed", now.health().pingsMissed()),
        Figure.of("actions in flight", now.health().actionsInFlight()),
        Figure.of("failed attempts", now.health().failedAttempts()),
        Figure.of("gateway's clock is before ours by", session.gatewayAhead()),
        Figure.of("events", now.counters().events()),
        Figure.of("actions sent", now.counters().actionsSent()),
        Figure.of("actions timed out", now.counters().actionsTimedOut()),
        Figure.of("connections", now.counters().connections()),
        Figure.of("losses", now.counters().losses()),
        Figure.of("looks of the watchdog", looks()));
  }

  /** Looks that the watchdog took. */
  long looks() {
    GatewayWatch looking = watch;
    return looking == null ? 0 : looking.looks();
  }

  private AmiLinkConfig linkConfig() {
    GatewayConfig.Ami ami = config.ami();
    Optional<AmiEndpoint.Tls> tls =
        ami.tls().enabled()
            ? Optional.of(new AmiEndpoint.Tls(ami.tls().trustCertificate(), true))
            : Optional.empty();
    AmiTimings usual = AmiTimings.DEFAULT;
    return new AmiLinkConfig(
        new AmiEndpoint(ami.host(), ami.port(), tls),
        new AmiLogin(ami.user(), ami.secret(), "cti-" + config.id()),
        new AmiTimings(
            ami.limits().connect(),
            ami.limits().login(),
            usual.boot(),
            ami.ping().interval(),
            ami.ping().misses(),
            ami.backOff().least(),
            ami.backOff().most(),
            ami.limits().action()),
        AmiBounds.DEFAULT);
  }
}
