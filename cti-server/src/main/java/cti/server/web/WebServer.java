package cti.server.web;

import cti.core.engine.MemberAddressing;
import cti.server.web.bridge.BridgeGate;
import cti.server.web.bridge.BridgesResource;
import cti.server.web.bridge.OwnPhoneResource;
import cti.server.web.bridge.PhoneReports;
import cti.server.web.http.ClientAddress;
import cti.server.web.http.Dispatcher;
import cti.server.web.http.HttpServer;
import cti.server.web.http.OriginRule;
import cti.server.web.http.RateLimiter;
import cti.server.web.http.Route;
import cti.server.web.http.Router;
import cti.server.web.http.SignedIn;
import cti.server.web.http.StaticFiles;
import cti.server.web.http.StoreThreads;
import cti.server.web.resource.AgentDayResource;
import cti.server.web.resource.AgentPhonesResource;
import cti.server.web.resource.AgentRulesResource;
import cti.server.web.resource.AgentStatesResource;
import cti.server.web.resource.AgentsResource;
import cti.server.web.resource.AuditResource;
import cti.server.web.resource.CallRoutingResource;
import cti.server.web.resource.CallsResource;
import cti.server.web.resource.CatalogReloadResource;
import cti.server.web.resource.CatalogResource;
import cti.server.web.resource.CompletenessResource;
import cti.server.web.resource.DebugResource;
import cti.server.web.resource.DeskFiguresResource;
import cti.server.web.resource.DeskRecordingResource;
import cti.server.web.resource.DirectoryPreviewsResource;
import cti.server.web.resource.DirectorySyncResource;
import cti.server.web.resource.FlowTrialResource;
import cti.server.web.resource.HealthResource;
import cti.server.web.resource.IncidentsResource;
import cti.server.web.resource.MajorIncidentsResource;
import cti.server.web.resource.MasterAgentsResource;
import cti.server.web.resource.MasterDesksResource;
import cti.server.web.resource.MasterSitesResource;
import cti.server.web.resource.MissedCasesResource;
import cti.server.web.resource.NotesResource;
import cti.server.web.resource.RecordingsResource;
import cti.server.web.resource.RoutingAskResource;
import cti.server.web.resource.RoutingHoursResource;
import cti.server.web.resource.RoutingWeekResource;
import cti.server.web.resource.StaffResource;
import cti.server.web.resource.StreamResource;
import cti.server.web.resource.SupervisionResource;
import cti.server.web.resource.VersionsResource;
import cti.server.web.resource.WallboardResource;
import cti.server.web.resource.WhatIfResource;
import cti.server.web.screen.BigScreensResource;
import cti.server.web.screen.ScreenLinks;
import cti.server.web.session.AccountsResource;
import cti.server.web.session.SessionResource;
import cti.server.web.session.Sessions;
import cti.server.web.softphone.SoftphoneResource;
import cti.server.web.softphone.Softphones;
import cti.server.web.softphone.TryResource;
import cti.server.web.stream.AgentCommands;
import cti.server.web.stream.CommandsFor;
import cti.server.web.stream.LiveFeed;
import cti.server.web.stream.Streams;
import cti.server.web.view.Views;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.FullHttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The web side as a whole: page, REST, stream.
 *
 * <p>Order: make it, {@link LiveFeed#restore} what earlier runs put on the journal, {@link #start},
 * hand {@link #feed} to the loop as its push side; {@link #stop} at the end.
 */
public final class WebServer {
  private static final Logger log = LoggerFactory.getLogger(WebServer.class);
  private static final Duration STORE_TURN = Duration.ofSeconds(5);
  private static final int POPS_AT_ONCE = 8;
  private static final int POPS_WAITING = 1_024;
  private final WebSettings settings;
  private final StoreThreads stores;
  private final StoreThreads popStores;
  private final LiveFeed feed;
  private final Streams streams;
  private final Softphones softphones;
  private final Sessions sessions;
  private final ScreenLinks screens;
  private final HttpServer http;
  private final RateLimiter rates;
  private final List<Route> routes;
  private boolean started;

  public WebServer(WebSettings settings, WebPorts ports) {
    this.settings = settings;
    this.stores = new StoreThreads(settings.storeThreads(), settings.storeThreads(), STORE_TURN);
    // Pops have threads of their own: a page that asks for much must not hold up a ringing phone.
    this.popStores = new StoreThreads(POPS_AT_ONCE, POPS_WAITING, STORE_TURN);
    Views views = new Views(ports.catalog(), ports.directory());
    this.feed =
        new LiveFeed(
            UUID.randomUUID().toString(),
            ports.clock(),
            ports.journal(),
            new LiveFeed.Asked(ports.stores().incidents(), ports.stores().missedCases(), popStores),
            views);
    this.sessions =
        new Sessions(
            settings.sessions(),
            ports.clock(),
            ports.stores().accounts(),
            ports.stores().sessions(),
            stores,
            ports.stores().administration().signIns());
    BridgeGate gate =
        new BridgeGate(
            sessions,
            new BridgeGate.Stores(ports.stores().bridges(), ports.stores().accounts(), stores),
            ports.clock());
    PhoneReports phones = new PhoneReports(feed, ports.mailbox(), ports.clock());
    AgentCommands commands = new AgentCommands(ports.mailbox(), settings.commandLimit(), phones);
    WebPorts.Supervised supervised = ports.stores().supervised();
    CommandsFor onBehalf = new CommandsFor(commands, supervised.acts(), stores, feed);
    this.screens =
        BigScreensResource.links(
            feed,
            supervised.screens(),
            ports.stores().counted().figures(),
            stores,
            views,
            ports.clock());
    this.rates = new RateLimiter(settings.rates(), ports.clock());
    this.streams =
        new Streams(feed, onBehalf, gate, ports.watching().latency(), settings.streams(), rates);
    this.softphones =
        new Softphones(
            ports.agentDesk().browserPhones().line(),
            ports.agentDesk().browserPhones().gateway(),
            new Softphones.Around(feed, phones, ports.agentDesk().phones(), gate, ports.clock()));
    sessions.onEnded(
        key -> {
          streams.sessionEnded(key);
          softphones.sessionEnded(key);
        });
    gate.onEnded(streams::sessionEnded);
    StaticFiles files = new StaticFiles();
    WebPorts.Administration administration = ports.stores().administration();
    WebPorts.Recorded recorded = ports.stores().recorded();
    WebPorts.RoutingDesk routing = ports.stores().routing();
    this.routes =
        Stream.of(
                SessionResource.routes(
                    sessions, ports.stores().accounts(), administration.signIns(), ports.clock()),
                new BridgesResource(ports.stores().bridges(), gate, phones, views, ports.clock())
                    .routes(),
                new OwnPhoneResource(phones, softphones::told, ports.clock()).routes(),
                new SoftphoneResource(softphones, views).routes(),
                new TryResource(softphones, ports.directory(), files).routes(),
                new AgentStatesResource(
                        feed, views, ports.watching().sight(), MemberAddressing.SHIPPED)
                    .routes(),
                new AgentsResource(feed, onBehalf, views).routes(),
                new SupervisionResource(feed, onBehalf, views).routes(),
                new NotesResource(feed, supervised.notes(), stores, views, ports.clock()).routes(),
                new BigScreensResource(supervised.screens(), screens, views, ports.clock())
                    .routes(),
                new AgentRulesResource(ports.agentDesk().settings(), views).routes(),
                new AgentPhonesResource(ports.agentDesk().phones(), views).routes(),
                new CallsResource(
                        feed,
                        ports.stores().history(),
                        supervised.acts(),
                        stores,
                        views,
                        ports.clock())
                    .routes(),
                new MissedCasesResource(
                        feed, ports.stores().missedCases(), stores, views, ports.clock())
                    .routes(),
                new CompletenessResource(
                        ports.stores().counted().completeness(),
                        ports.watching().completeness(),
                        stores,
                        ports.clock())
                    .routes(),
                new DeskFiguresResource(
                        feed, ports.stores().counted().figures(), stores, views, ports.clock())
                    .routes(),
                new WallboardResource(
                        feed, ports.stores().counted().figures(), stores, views, ports.clock())
                    .routes(),
                new AgentDayResource(ports.stores().counted().days(), views, ports.clock())
                    .routes(),
                new IncidentsResource(ports.stores().incidents(), views).routes(),
                new CatalogResource(views, ports.directory()).routes(),
                new CatalogReloadResource(administration.reload()).routes(),
                new StaffResource(administration.staff(), administration.audit(), views).routes(),
                new DirectoryPreviewsResource(administration.previews(), administration.files())
                    .routes(),
                new DirectorySyncResource(administration.sync()).routes(),
                new MasterSitesResource(administration.master(), administration.previews())
                    .routes(),
                new MasterDesksResource(administration.master()).routes(),
                new MasterAgentsResource(administration.master()).routes(),
                new AuditResource(administration.audit()).routes(),
                new AccountsResource(
                        administration.accounts(), sessions, ports.catalog(), gate::accountChanged)
                    .routes(),
                new RecordingsResource(
                        recorded.recordings(), recorded.files(), views, ports.clock())
                    .routes(),
                new DeskRecordingResource(
                        recorded.desks(), recorded.recordings(), views, ports.clock())
                    .routes(),
                new VersionsResource(routing.routing(), VersionsResource.Of.RULES).routes(),
                new RoutingAskResource(routing.routing(), ports.clock()).routes(),
                new CallRoutingResource(feed, ports.stores().history(), routing.calls(), stores)
                    .routes(),
                new RoutingWeekResource(routing.routing(), ports.clock()).routes(),
                new RoutingHoursResource().routes(),
                new WhatIfResource(routing.replays()).routes(),
                new MajorIncidentsResource(routing.incidents(), ports.clock()).routes(),
                new VersionsResource(routing.flows(), VersionsResource.Of.FLOW).routes(),
                new FlowTrialResource(routing.flows()).routes(),
                LeftRoutes.of(
                    recorded.left(), routing.prompts(), commands, views, stores, ports.clock()),
                new StreamResource().routes(),
                new DebugResource(
                        feed,
                        ports.watching().debugging().traces(),
                        ports.watching().debugging().components(),
                        ports.clock())
                    .routes(),
                new HealthResource(ports.watching().readiness(), ports.watching().metrics())
                    .routes())
            .flatMap(List::stream)
            .toList();
    Dispatcher dispatcher =
        new Dispatcher(
            new Router(routes), files, gate, stores, new OriginRule(settings.origins()), rates);
    this.http =
        new HttpServer(
            dispatcher,
            settings.limits(),
            new ClientAddress(settings.trustedProxies()),
            this::open);
  }

  private void open(ChannelHandlerContext ctx, FullHttpRequest request, Optional<SignedIn> who) {
    who.ifPresentOrElse(
        signedIn -> streams.open(ctx, request, signedIn), () -> screens.open(ctx, request));
  }

  /**
   * Listens.
   *
   * @return the port
   * @throws cti.server.web.http.PortInUseException where it cannot; nothing is left running
   */
  public int start() {
    int port;
    try {
      port = http.start(settings.address(), settings.port());
    } catch (RuntimeException e) {
      stores.close();
      popStores.close();
      throw e;
    }
    feed.start();
    softphones.start();
    sessions.start();
    started = true;
    log.info("web: listening on {} port {}", settings.address(), port);
    return port;
  }

  /** The push side, for the loop; restored before the start. */
  public LiveFeed feed() {
    return feed;
  }

  /** Tells clients that the server goes away, closes sockets, ends every thread of its own. */
  public void stop() {
    if (!started) {
      return;
    }
    started = false;
    http.stopListening();
    softphones.stop();
    sessions.stop();
    streams.stop();
    screens.stop();
    feed.stop();
    http.stop();
    stores.close();
    popStores.close();
    log.info("web: stopped");
  }

  /** The table of routes. */
  List<Route> routes() {
    return routes;
  }

  /** Streams that are open. */
  public int openStreams() {
    return streams.open();
  }

  /** Streams that were closed because their client was too slow. */
  public long tooSlow() {
    return streams.tooSlow();
  }

  /** Requests that were told to wait: more than their session or address may ask. */
  public long rateLimited() {
    return rates.refused();
  }

  /** Views that were left out because newer ones waited already. */
  public long coalesced() {
    return streams.coalesced();
  }

  /** Connections that are open, streams included. */
  public int openConnections() {
    return http.connections();
  }
}
