package cti.server.app;

import cti.core.desk.Desk;
import cti.core.directory.DirectoryIndex;
import cti.core.port.AgentPhones;
import cti.core.port.Routing;
import cti.server.app.LastGoodCopy.RoutingCopy;
import cti.server.db.Database;
import cti.server.db.routing.CallerHistoryStore;
import cti.server.db.routing.RoutedCallStore;
import cti.server.db.routing.RoutingStore;
import cti.server.event.EventCodec;
import cti.server.directory.LibPhoneNumberNormalizer;
import cti.server.flow.CallPlanFiles;
import cti.server.flow.House;
import cti.server.flow.ScriptFolder;
import cti.server.routing.NumberReach;
import cti.server.routing.PublishedRouting;
import cti.server.routing.Replays;
import cti.server.web.WebPorts;
import cti.server.web.stream.LiveFeed;
import cti.server.yaml.BadFileException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/** What routes calls: the rules by version, replays, the facts of a moment. */
final class RoutingWiring {
  private final Database database;
  private final LiveCatalog catalog;
  private final EventCodec codec;
  private final Clock clock;
  private final AgentPhones phones;
  private final ScriptFolder scripts;
  private final LibPhoneNumberNormalizer normalizer = new LibPhoneNumberNormalizer();
  private final PublishedRouting routing;

  RoutingWiring(
      Database database,
      LiveCatalog catalog,
      AgentPhones phones,
      ScriptFolder scripts,
      LastGoodCopy copy,
      EventCodec codec,
      Clock clock) {
    this.database = database;
    this.catalog = catalog;
    this.codec = codec;
    this.clock = clock;
    this.phones = phones;
    this.scripts = scripts;
    this.routing =
        new PublishedRouting(
            new RoutingStore(database, clock),
            new PublishedRouting.Surroundings(
                catalog::plan, this::house, catalog::directory, this::prompts, this::shipped),
            copies(copy),
            clock);
  }

  private static PublishedRouting.Copies copies(LastGoodCopy copy) {
    return new PublishedRouting.Copies() {
      @Override
      public List<Routing.Version> kept() {
        return copy.routing().map(RoutingCopy::versions).orElse(List.of());
      }

      @Override
      public void keep(List<Routing.Version> versions) {
        copy.keep(new RoutingCopy(versions));
      }
    };
  }

  private House house() {
    DirectoryIndex directory = catalog.directory();
    NumberReach reach =
        new NumberReach(
            catalog.sites(),
            directory,
            normalizer,
            extension -> !phones.at(extension).isEmpty());
    return new House(
        catalog.desks(),
        catalog.sites(),
        catalog.agents(),
        directory::byId,
        reach::of,
        clock.instant());
  }

  private Set<String> prompts() {
    try {
      return CallPlanFiles.prompts(scripts).keySet();
    } catch (BadFileException e) {
      throw new IllegalStateException("the prompts have faults: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String shipped() {
    try {
      return scripts.text(CallPlanFiles.ROUTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  PublishedRouting routing() {
    return routing;
  }

  WebPorts.RoutingDesk ports(Lifecycle lifecycle) {
    RoutedCallStore calls = new RoutedCallStore(database, codec);
    Replays replays =
        new Replays(calls, routing::plan, catalog::directory, routing::read, clock);
    lifecycle.started("what-if", replays::close);
    return new WebPorts.RoutingDesk(routing, calls, replays);
  }

  LiveFacts facts(LiveFeed feed, Lifecycle lifecycle) {
    LiveFacts facts =
        new LiveFacts(
            routing,
            () ->
                feed.ask(
                    picture ->
                        picture.queues(
                            catalog.desks().stream().map(Desk::id).toList(),
                            catalog.agents(),
                            clock.instant())),
            new CallerHistoryStore(database),
            clock);
    lifecycle.started("facts of calls", facts::close);
    return facts;
  }

  /** Reads what is on record for the first time. */
  void begin() {
    routing.begin();
  }

  /** Reads what could not be read before, and what another server changed; blocks. */
  void catchUp() {
    routing.catchUp();
  }
}
