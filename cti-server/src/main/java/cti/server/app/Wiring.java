package cti.server.app;

import cti.core.agent.DriftKind;
import cti.core.directory.DirectoryIndex;
import cti.core.engine.CatalogInput;
import cti.core.engine.Engine;
import cti.core.engine.EngineSettings;
import cti.core.engine.GatewayInput;
import cti.core.engine.MemberAddressing;
import cti.core.port.StoreUnavailableException;
import cti.server.agi.FlowSources;
import cti.server.agi.PhoneDesk;
import cti.server.app.LastGoodCopy.MasterCopy;
import cti.server.config.CtiConfig;
import cti.server.db.Database;
import cti.server.db.DatabaseStartException;
import cti.server.db.accounts.Passwords;
import cti.server.db.agents.AgentPhoneStore;
import cti.server.db.agents.AgentSettingsStore;
import cti.server.db.calls.JournalMismatchException;
import cti.server.event.EventCodec;
import cti.server.event.EventLine;
import cti.server.prompt.WaitingSounds;
import cti.server.runtime.CallTraceRing;
import cti.server.runtime.CheckpointMissingException;
import cti.server.runtime.Checkpoints;
import cti.server.runtime.DatabaseBehindJournalException;
import cti.server.runtime.DiskWatch;
import cti.server.runtime.FoldedEngine;
import cti.server.runtime.GatewayLoop;
import cti.server.runtime.Journal;
import cti.server.runtime.JournalBehindDatabaseException;
import cti.server.runtime.JournalDamagedException;
import cti.server.runtime.JournalNotUnderstoodException;
import cti.server.runtime.JournalShipper;
import cti.server.runtime.SteadyClock;
import cti.server.web.WebPorts;
import cti.server.web.WebServer;
import cti.server.web.http.PortInUseException;
import cti.server.web.view.Views;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole server on one page: what is made, from what, in which order. */
final class Wiring {
  static final String HOTLINE_FLOW = "hotline.yaml";

  private static final Logger log = LoggerFactory.getLogger(Wiring.class);
  private static final String HOTLINE_CONTEXT = "cti-hotline";
  private static final String FALLBACK_CONTEXT = "cti-fallback";

  private final CtiConfig config;
  private final boolean forgetPicture;
  private final Lifecycle lifecycle;
  private final SteadyClock steady = new SteadyClock(InstantSource.system(), System::nanoTime);
  private final Clock clock = steady.withZone(ZoneOffset.UTC);
  private final ServerMetrics metrics = new ServerMetrics();
  private final EventCodec codec = new EventCodec();

  private Wiring(CtiConfig config, boolean forgetPicture, Lifecycle lifecycle) {
    this.config = config;
    this.forgetPicture = forgetPicture;
    this.lifecycle = lifecycle;
  }

  /**
   * Starts the server; what runs is noted in {@code lifecycle}, also where it fails half-way.
   *
   * @param forgetPicture begins without agents and calls, where no checkpoint can be read
   * @throws StartException with one clear message
   */
  static void start(CtiConfig config, boolean forgetPicture, Lifecycle lifecycle)
      throws StartException, InterruptedException {
    try {
      new Wiring(config, forgetPicture, lifecycle).start();
    } catch (DatabaseStartException
        | PortInUseException
        | JournalDamagedException
        | JournalNotUnderstoodException
        | CheckpointMissingException
        | JournalBehindDatabaseException
        | DatabaseBehindJournalException
        | JournalMismatchException
        | StoreUnavailableException e) {
      throw new StartException(e.getMessage(), e);
    } catch (IOException e) {
      throw new StartException(e.getMessage(), e);
    }
  }

  private void start() throws StartException, IOException, InterruptedException {
    Database database = Database.awaited();
    DatabaseArrival arrival = new DatabaseArrival(config.database(), database);
    lifecycle.started("database", arrival::close);
    LastGoodCopy copy = LastGoodCopy.beside(config.journal().folder());
    Optional<MasterCopy> kept = copy.masterData();
    Optional<Database> found = arrival.first(copy.folder(), kept.isPresent());
    LateCaseNews caseNews = new LateCaseNews();
    StorageWiring storage = new StorageWiring(database, codec, clock, caseNews, lifecycle);
    PlanFiles plans = PlanFiles.of(config.ivr());
    MasterData masterData = new MasterData(config, plans);
    if (found.isPresent()) {
      masterData.prepare(found.get(), storage.accounts(found.get()));
    }
    Optional<MasterData.Loaded> loaded =
        found.map(there -> MasterData.load(there, DirectoryIndex.empty()));
    LiveCatalog catalog =
        masterData.catalog(loaded.map(MasterData.Loaded::copy).or(() -> kept).orElseThrow());
    Engine engine = engine(catalog);

    LateMailbox mailbox = new LateMailbox();
    LiveAgentSettings agentSettings =
        new LiveAgentSettings(new AgentSettingsStore(database, clock), mailbox, copy);
    LiveAgentPhones agentPhones =
        new LiveAgentPhones(
            new AgentPhoneStore(database, clock, new Passwords(new SecureRandom())), copy);
    GatewayWiring gateway = new GatewayWiring(config.gateway(), clock, lifecycle);
    MasterReload reload = new MasterReload(database, masterData, catalog, copy, mailbox);
    loaded.ifPresent(one -> reload.holds(one.revision()));
    lifecycle.started("last good copy", reload::close);
    DirectoryWiring directory =
        new DirectoryWiring(config.ldap(), masterData, database, reload, catalog, clock);
    RecordingWiring recordings =
        new RecordingWiring(config, plans, database, catalog, mailbox, clock);
    CallerWiring callers = new CallerWiring(config, database, clock);
    RoutingWiring routing =
        new RoutingWiring(
            database,
            catalog,
            agentPhones,
            new RoutingWiring.Plans(plans, masterData),
            copy,
            codec,
            clock);
    PromptWiring prompts = new PromptWiring(config, plans, database, catalog, routing, clock);
    LateJournal journalReader = new LateJournal();
    LogWiring logs = new LogWiring(config.gateway(), config.zone(), database, clock);
    Problems problems = new Problems(gateway.session(), arrival, logs, clock);
    EventLine lines = new EventLine(codec, config.maskNumbers());
    CallTraceRing traces = new CallTraceRing(lines, config.maskNumbers());
    Components components = new Components();
    WebServer web =
        new WebServer(
            WebWiring.settings(config.web()),
            new WebPorts(
                storage.stores(
                    copy,
                    directory.ports(),
                    config.zone(),
                    recordings.ports(callers.ports()),
                    routing.ports(lifecycle, prompts.ports())),
                catalog,
                catalog,
                mailbox,
                journalReader,
                new WebPorts.AgentDesk(agentSettings, agentPhones, gateway.browserPhones()),
                new WebPorts.Watching(
                    problems,
                    metrics::text,
                    metrics.eventToScreen(),
                    gateway::sight,
                    logs,
                    new WebPorts.Debugging(traces, components)),
                clock));

    caseNews.open(web.feed()::missedCasesChanged);
    FoldedEngine memory = new FoldedEngine(engine);
    Checkpoints checkpoints =
        new Checkpoints(config.journal().folder(), List.of(memory, new FoldedFeed(web.feed())));
    Journal journal =
        storage.journal(
            config.journal(),
            forgetPicture ? checkpoints::forget : checkpoints::restore,
            record -> {
              memory.replay(record);
              web.feed().restore(record);
            });
    journalReader.open(journal);
    DiskWatch disk = storage.watchDisk(config.journal(), web.feed(), metrics);
    problems.watch(disk);
    AtomicReference<LongSupplier> shipped = new AtomicReference<>(() -> 0);
    storage.keep(
        journal,
        checkpoints,
        StorageWiring.rules(config.journal()),
        () -> shipped.get().getAsLong(),
        disk::critical);
    if (found.isPresent()) {
      storage.admit(found.get(), journal);
      copy.keep(loaded.orElseThrow().copy());
      arrival.accept();
      agentSettings.begin();
      agentPhones.begin();
    }
    routing.begin();
    engine.handle(agentSettings.input(), clock.instant());
    JournalShipper shipper = storage.ship(journal);
    shipped.set(shipper::shipped);
    problems.watch(journal, shipper);
    problems.caution(recordings::problem);
    problems.watch(directory::problem);
    recordings.start(lifecycle, metrics);
    prompts.start(lifecycle);
    callers.start(lifecycle, desk -> recordings.retentionDays(Optional.of(desk)));

    web.start();
    lifecycle.started("web", web::stop);
    LiveWaits waits = callers.measure(web.feed());
    GatewayLoop loop =
        new GatewayLoop(
            memory,
            journal,
            gateway.session(),
            new HealingCounts(
                waits,
                metrics.counters(
                    "cti.watchdog.healed", "What the watchdog put right", DriftKind.class)),
            clock,
            lines,
            config.journal().mailboxCapacity());
    // The last run may have ended with the link up: what it knew is old until a snapshot is taken.
    loop.offer(
        new GatewayInput.LinkLost(
            config.gateway().id(), clock.instant(), "cti-server has just started"));
    loop.traceInto(traces);
    loop.lookAnewBy(gateway.session()::lookAnew);
    mailbox.open(loop);
    loop.start();
    lifecycle.started("loop", loop::close);
    ClockWatch.begin(steady, loop::quiet, gateway.session()::clockWasSet, metrics, lifecycle);
    gateway.answerFlows(
        config.agi(),
        new FlowSources(
            catalog::directory,
            routing.routing()::plan,
            routing.facts(web.feed(), lifecycle),
            routing.versions(),
            callers.around(waits, catalog, routing.incidents())),
        new PhoneDesk(
            mailbox,
            agentPhones,
            extension -> web.feed().ask(picture -> picture.agentAt(extension)),
            catalog::seats,
            () -> agentSettings.now().reasons(),
            prompts.studio()));
    plans
        .sounds()
        .ifPresent(
            folder ->
                new PlacesTold(
                        () -> routing.queues(web.feed()),
                        catalog::desks,
                        gateway.queueCallers(),
                        (queue, place) -> waits.expected(queue, place, clock.instant()),
                        new WaitingSounds(folder),
                        clock)
                    .start(lifecycle));
    if (found.isEmpty()) {
      arrival.keepTrying(
          late -> {
            storage.admit(late, journal);
            masterData.prepare(late, storage.accounts(late));
            reload.arrived(MasterData.load(late, catalog.directory()));
          });
    }
    directory.start(lifecycle);
    gauges(loop, journal, shipper, web);
    Instant started = clock.instant();
    components.add("server", () -> Components.of(config, started));
    components.add("loop", () -> Components.of(loop, traces));
    components.add("journal", () -> Components.of(journal, shipper, disk.state()));
    components.add("link", gateway::state);
    components.add("screens", () -> Components.of(web));
    components.add("clock", () -> Components.of(steady));
    metrics.gauge("cti.watchdog.looks", "Looks that the watchdog took", gateway::looks);
    catchUpNowAndThen(agentSettings, agentPhones, reload, routing);
    logs.gauges(metrics);
    logs.follow(codec, gateway.session(), journal, shipper, loop, lifecycle);
    gateway.link(loop);
    new Rehearsal(new Views(catalog, catalog), codec, lines).begin(lifecycle);
    log.info(
        "cti-server is up: http://{}:{}/",
        config.web().bindAddress().getHostAddress(),
        config.web().port());
  }

  private Engine engine(LiveCatalog catalog) {
    EngineSettings settings =
        new EngineSettings(
                config.gateway().id(),
                Set.of(HOTLINE_CONTEXT, FALLBACK_CONTEXT),
                MemberAddressing.SHIPPED,
                config.recordings().longestPause(),
                config.callbacks())
            .withLogs(config.gateway().logs().cdr().isPresent());
    Engine engine = new Engine(settings, catalog);
    Instant now = clock.instant();
    engine.handle(new CatalogInput.MasterReplaced(catalog.desks(), catalog.agents()), now);
    return engine;
  }

  private void catchUpNowAndThen(
      LiveAgentSettings settings,
      LiveAgentPhones phones,
      MasterReload reload,
      RoutingWiring routing) {
    ScheduledExecutorService turns =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("agent-settings").daemon().factory());
    turns.scheduleWithFixedDelay(
        () -> {
          settings.catchUp();
          phones.catchUp();
          reload.catchUp();
          routing.catchUp();
        },
        15,
        15,
        TimeUnit.SECONDS);
    lifecycle.started("agent settings", turns::shutdownNow);
  }

  private void gauges(GatewayLoop loop, Journal journal, JournalShipper shipper, WebServer web) {
    metrics.gauge("cti.mailbox.waiting", "Inputs that wait for the loop", loop::waiting);
    metrics.gauge("cti.mailbox.refused", "Inputs turned away by a full mailbox", loop::refused);
    metrics.gauge("cti.inputs.handled", "Inputs that the engine handled", loop::handled);
    metrics.gauge("cti.journal.durable", "Last record on disk", journal::durable);
    metrics.gauge("cti.journal.lag", "Records on disk that are not in the database", shipper::lag);
    metrics.gauge("cti.streams.open", "WebSocket streams", web::openStreams);
  }
}
