package cti.server.app;

import cti.core.engine.CatalogInput;
import cti.core.engine.Engine;
import cti.core.engine.EngineSettings;
import cti.core.engine.GatewayInput;
import cti.core.engine.MemberAddressing;
import cti.core.port.Readiness;
import cti.core.port.RecordStore;
import cti.core.port.StoreUnavailableException;
import cti.server.agi.AgiSettings;
import cti.server.agi.FlowServer;
import cti.server.ami.AmiBounds;
import cti.server.ami.AmiEndpoint;
import cti.server.ami.AmiLink;
import cti.server.ami.AmiLinkConfig;
import cti.server.ami.AmiLogin;
import cti.server.ami.AmiStartException;
import cti.server.ami.AmiTimings;
import cti.server.ami.GatewaySession;
import cti.server.config.CtiConfig;
import cti.server.config.GatewayConfig;
import cti.server.config.WebConfig;
import cti.server.db.Database;
import cti.server.db.DatabaseStartException;
import cti.server.db.accounts.AccountStore;
import cti.server.db.accounts.WebSessions;
import cti.server.db.agents.AgentSettingsStore;
import cti.server.db.calls.CallQueries;
import cti.server.db.calls.MySqlRecordStore;
import cti.server.db.incidents.IncidentStore;
import cti.server.db.missed.MissedCaseStore;
import cti.server.event.EventCodec;
import cti.server.event.EventLine;
import cti.server.flow.ScriptFolder;
import cti.server.runtime.GatewayLoop;
import cti.server.runtime.Journal;
import cti.server.runtime.JournalBehindDatabaseException;
import cti.server.runtime.JournalDamagedException;
import cti.server.runtime.JournalShipper;
import cti.server.web.WebPorts;
import cti.server.web.WebServer;
import cti.server.web.WebSettings;
import cti.server.web.http.HttpLimits;
import cti.server.web.http.PortInUseException;
import cti.server.web.session.SessionRules;
import cti.server.web.stream.StreamRules;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole server on one page: what is made, from what, in which order. */
final class Wiring {
  static final String HOTLINE_FLOW = "hotline.yaml";

  private static final Logger log = LoggerFactory.getLogger(Wiring.class);
  private static final String HOTLINE_CONTEXT = "cti-hotline";
  private static final String FALLBACK_CONTEXT = "cti-fallback";
  private static final Duration FIRST_LINK = Duration.ofSeconds(10);

  private final CtiConfig config;
  private final Lifecycle lifecycle;
  private final Clock clock = Clock.systemUTC();
  private final SecureRandom random = new SecureRandom();
  private final ServerMetrics metrics = new ServerMetrics();
  private final EventCodec codec = new EventCodec();

  private Wiring(CtiConfig config, Lifecycle lifecycle) {
    this.config = config;
    this.lifecycle = lifecycle;
  }

  /**
   * Starts the server; what runs is noted in {@code lifecycle}, also where it fails half-way.
   *
   * @throws StartException with one clear message
   */
  static void start(CtiConfig config, Lifecycle lifecycle)
      throws StartException, InterruptedException {
    try {
      new Wiring(config, lifecycle).start();
    } catch (DatabaseStartException
        | PortInUseException
        | JournalDamagedException
        | JournalBehindDatabaseException
        | StoreUnavailableException e) {
      throw new StartException(e.getMessage(), e);
    } catch (IOException e) {
      throw new StartException(e.getMessage(), e);
    }
  }

  private void start() throws StartException, IOException, InterruptedException {
    Database database =
        ConfiguredDatabase.open(config.database(), config.database().poolSize(), lifecycle);
    AccountStore accounts = new AccountStore(database, clock, random);
    MasterData masterData = new MasterData(config, database, accounts);
    masterData.prepare();
    LiveCatalog catalog = masterData.load(ScriptFolder.classPath("ivr-scripts"), HOTLINE_FLOW);

    EngineSettings settings =
        new EngineSettings(
            config.gateway().id(),
            Set.of(HOTLINE_CONTEXT, FALLBACK_CONTEXT),
            MemberAddressing.SHIPPED);
    Engine engine = new Engine(settings, catalog);
    Instant now = clock.instant();
    engine.handle(new CatalogInput.DesksReplaced(catalog.desks()), now);
    engine.handle(new CatalogInput.AgentsReplaced(catalog.agents()), now);

    LateMailbox mailbox = new LateMailbox();
    LiveAgentSettings agentSettings =
        new LiveAgentSettings(new AgentSettingsStore(database, clock), mailbox);
    engine.handle(agentSettings.input(), now);
    GatewaySession session = new GatewaySession(config.gateway().id(), clock, io().next());
    LateJournal journalReader = new LateJournal();
    Problems problems = new Problems(session);
    WebServer web =
        new WebServer(
            webSettings(config.web()),
            new WebPorts(
                new WebPorts.Stores(
                    accounts,
                    new WebSessions(database),
                    new CallQueries(database, codec),
                    missedCases(database),
                    new IncidentStore(database, clock, config.zone())),
                catalog,
                catalog,
                mailbox,
                journalReader,
                agentSettings,
                new WebPorts.Watching(problems, metrics::text, metrics.eventToScreen()),
                clock));

    Journal journal =
        Journal.open(
            config.journal().folder(),
            codec,
            config.journal().segmentBytes(),
            record -> {
              engine.apply(record.event());
              web.feed().restore(record);
            });
    lifecycle.started("journal", journal::close);
    journalReader.open(journal);
    RecordStore records = new MySqlRecordStore(database, codec);
    JournalShipper.agreedMark(journal, records);
    JournalShipper shipper = new JournalShipper(journal, records, clock);
    lifecycle.started("shipper", shipper::close);
    problems.watch(journal, shipper);

    web.start();
    lifecycle.started("web", web::stop);
    GatewayLoop loop =
        new GatewayLoop(
            engine,
            journal,
            session,
            web.feed(),
            clock,
            new EventLine(codec, config.maskNumbers()),
            config.journal().mailboxCapacity());
    // The last run may have ended with the link up: what it knew is old until a snapshot is taken.
    loop.offer(
        new GatewayInput.LinkLost(
            config.gateway().id(), clock.instant(), "cti-server has just started"));
    mailbox.open(loop);
    loop.start();
    lifecycle.started("loop", loop::close);
    FlowServer flows =
        FlowServer.start(
            agiSettings(), catalog::directory, catalog::plan, mailbox, System::nanoTime);
    lifecycle.started("FastAGI", flows::close);
    gauges(loop, journal, shipper, web);
    link(session, loop);
    log.info(
        "cti-server is up: http://{}:{}/",
        config.web().bindAddress().getHostAddress(),
        config.web().port());
  }

  private MissedCaseStore missedCases(Database database) {
    MissedCaseStore cases = new MissedCaseStore(database, clock);
    long outside = cases.catchUp();
    if (outside > 0) {
      log.info("{} missed calls were outside of cases; all cases are folded anew", outside);
    }
    return cases;
  }

  private EventLoopGroup io;

  /** Two threads for the gateway's sockets. */
  private EventLoopGroup io() {
    if (io == null) {
      io = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
      lifecycle.started("gateway I/O", () -> io.shutdownGracefully(0, 2, TimeUnit.SECONDS).await());
    }
    return io;
  }

  private AgiSettings agiSettings() {
    AgiSettings usual = AgiSettings.usual(config.gateway().id(), config.agi().bindAddress());
    return new AgiSettings(
        usual.gateway(),
        usual.address(),
        config.agi().port(),
        config.agi().mostSessions(),
        config.agi().readLimit(),
        usual.requestLimit(),
        usual.stopLimit());
  }

  private static WebSettings webSettings(WebConfig web) {
    WebSettings usual = WebSettings.usual(web.bindAddress().getHostAddress(), web.port());
    SessionRules sessions = SessionRules.USUAL;
    HttpLimits limits = HttpLimits.USUAL;
    StreamRules streams = StreamRules.USUAL;
    return new WebSettings(
        usual.address(),
        usual.port(),
        web.origins(),
        usual.storeThreads(),
        usual.commandLimit(),
        new HttpLimits(
            limits.headerBytes(),
            web.biggestFrameBytes(),
            limits.idle(),
            limits.requestTime(),
            limits.connections()),
        new SessionRules(
            web.session().idle(),
            web.session().absolute(),
            sessions.failuresPerUser(),
            sessions.failuresPerAddress(),
            sessions.window(),
            sessions.secureCookie()),
        new StreamRules(
            streams.pingEvery(), web.biggestFrameBytes(), streams.closeWithin(), streams.outbox()));
  }

  /**
   * Links to the gateway. One that is away is waited for while the server runs; one that will never
   * let us in is a fault of the configuration.
   */
  private void link(GatewaySession session, GatewayLoop loop)
      throws StartException, InterruptedException {
    GatewayConfig.Ami ami = config.gateway().ami();
    Optional<AmiEndpoint.Tls> tls =
        ami.tls().enabled()
            ? Optional.of(new AmiEndpoint.Tls(ami.tls().trustCertificate(), true))
            : Optional.empty();
    AmiTimings usual = AmiTimings.DEFAULT;
    AmiLink link =
        new AmiLink(
            new AmiLinkConfig(
                new AmiEndpoint(ami.host(), ami.port(), tls),
                new AmiLogin(ami.user(), ami.secret(), "cti-" + config.gateway().id()),
                new AmiTimings(
                    ami.limits().connect(),
                    ami.limits().login(),
                    usual.boot(),
                    ami.ping().interval(),
                    ami.ping().misses(),
                    ami.backOff().least(),
                    ami.backOff().most(),
                    ami.limits().action()),
                AmiBounds.DEFAULT),
            io(),
            () -> ThreadLocalRandom.current().nextDouble(),
            clock,
            System::nanoTime,
            session);
    session.connect(link, loop);
    lifecycle.started("gateway link", () -> link.stop().get(5, TimeUnit.SECONDS));
    try {
      link.start().get(FIRST_LINK.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      log.warn("gateway {} is away; it is tried again and again", config.gateway().id());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AmiStartException refused) {
        throw new StartException(
            "gateway.ami " + ami.host() + ":" + ami.port() + ": " + refused.getMessage(), refused);
      }
      throw new StartException("the gateway link failed: " + e.getCause().getMessage(), e);
    }
  }

  private void gauges(GatewayLoop loop, Journal journal, JournalShipper shipper, WebServer web) {
    metrics.gauge("cti.mailbox.waiting", "Inputs that wait for the loop", loop::waiting);
    metrics.gauge("cti.mailbox.refused", "Inputs turned away by a full mailbox", loop::refused);
    metrics.gauge("cti.inputs.handled", "Inputs that the engine handled", loop::handled);
    metrics.gauge("cti.journal.durable", "Last record on disk", journal::durable);
    metrics.gauge("cti.journal.lag", "Records on disk that are not in the database", shipper::lag);
    metrics.gauge("cti.streams.open", "WebSocket streams", web::openStreams);
  }

  /** Why the server is not ready, from whoever knows. */
  private static final class Problems implements Readiness {
    private final GatewaySession session;
    private volatile Journal journal;
    private volatile JournalShipper shipper;

    Problems(GatewaySession session) {
      this.session = session;
    }

    void watch(Journal withJournal, JournalShipper withShipper) {
      journal = withJournal;
      shipper = withShipper;
    }

    @Override
    public List<Reason> reasons() {
      List<Reason> reasons = new ArrayList<>();
      if (!session.live()) {
        reasons.add(new Reason("gateway", "the link to the gateway is away"));
      }
      if (journal != null && !journal.failure().isEmpty()) {
        reasons.add(new Reason("journal", journal.failure()));
      }
      if (shipper != null) {
        shipper
            .problem()
            .ifPresent(problem -> reasons.add(new Reason("database", problem.message())));
      }
      return reasons;
    }
  }
}
