package cti.server.app;

import cti.core.desk.Desk;
import cti.core.desk.Site;
import cti.core.directory.DirectoryIndex;
import cti.core.engine.LiveQueues;
import cti.core.ivr.CallPlan;
import cti.core.port.AgentPhones;
import cti.core.port.Prompts.Wording;
import cti.core.port.VersionedTexts.Version;
import cti.core.routing.RoutingPlan;
import cti.server.app.LastGoodCopy.FlowCopy;
import cti.server.app.LastGoodCopy.PromptsCopy;
import cti.server.app.LastGoodCopy.RoutingCopy;
import cti.server.db.Database;
import cti.server.db.prompts.AddedPromptStore;
import cti.server.db.routing.CallerHistoryStore;
import cti.server.db.routing.MajorIncidentStore;
import cti.server.db.routing.RoutedCallStore;
import cti.server.db.routing.VersionStore;
import cti.server.directory.LibPhoneNumberNormalizer;
import cti.server.event.EventCodec;
import cti.server.flow.CallPlanFiles;
import cti.server.flow.FlowText;
import cti.server.flow.House;
import cti.server.prompt.PromptBook;
import cti.server.prompt.PromptRoom;
import cti.server.prompt.PromptSpeaker;
import cti.server.routing.NamesInUse;
import cti.server.routing.NumberReach;
import cti.server.routing.PublishedFlows;
import cti.server.routing.PublishedRouting;
import cti.server.routing.PublishedTexts;
import cti.server.routing.Replays;
import cti.server.web.WebPorts;
import cti.server.web.stream.LiveFeed;
import cti.server.yaml.BadFileException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What leads calls: rules and flow by version, major incidents, replays, the facts of a moment. */
final class RoutingWiring {
  private static final Logger log = LoggerFactory.getLogger(RoutingWiring.class);

  private final Database database;
  private final LiveCatalog catalog;
  private final EventCodec codec;
  private final Clock clock;
  private final AgentPhones phones;
  private final PlanFiles plans;
  private final MasterData masterData;
  private final LibPhoneNumberNormalizer normalizer = new LibPhoneNumberNormalizer();
  private final PublishedRouting routing;
  private final PublishedFlows flows;
  private final LiveMajorIncidents incidents;
  private final PromptBook book;
  private final Queue<Wording> reworded = new ConcurrentLinkedQueue<>();

  RoutingWiring(
      Database database,
      LiveCatalog catalog,
      AgentPhones phones,
      Plans plans,
      LastGoodCopy copy,
      EventCodec codec,
      Clock clock) {
    this.database = database;
    this.catalog = catalog;
    this.codec = codec;
    this.clock = clock;
    this.phones = phones;
    this.plans = plans.files();
    this.masterData = plans.masterData();
    this.flows =
        new PublishedFlows(
            new VersionStore(database, clock, VersionStore.Kind.FLOW),
            new PublishedFlows.Surroundings(
                catalog::plan,
                this::rules,
                this::named,
                catalog::directory,
                () -> shipped(this.plans.flow())),
            new Kept(
                () -> copy.flow().map(FlowCopy::versions).orElse(List.of()),
                versions -> copy.keep(new FlowCopy(versions))),
            clock);
    this.routing =
        new PublishedRouting(
            new VersionStore(database, clock, VersionStore.Kind.RULES),
            new PublishedRouting.Surroundings(
                () -> catalog.plan().withFlow(flows.now()),
                this::house,
                catalog::directory,
                this::promptsNow,
                () -> shipped(CallPlanFiles.ROUTING)),
            new Kept(
                () -> copy.routing().map(RoutingCopy::versions).orElse(List.of()),
                versions -> copy.keep(new RoutingCopy(versions))),
            clock);
    this.book = new PromptBook(new AddedPromptStore(database, clock), copied(copy), this::refit);
    this.plans.scripts().follow(published());
    this.incidents =
        new LiveMajorIncidents(
            new MajorIncidentStore(database, clock), catalog, this::promptsNow, clock);
  }

  private static PromptBook.Copies copied(LastGoodCopy copy) {
    return new PromptBook.Copies() {
      @Override
      public List<Wording> kept() {
        return copy.prompts();
      }

      @Override
      public void keep(List<Wording> added) {
        copy.keep(new PromptsCopy(added));
      }
    };
  }

  private void refit() {
    catalog.refit(masterData::plan);
  }

  /**
   * Goes by prompts.yaml as it is now, where it has changed and can be used: before a text is
   * checked or published, and now and then. Blocks.
   */
  void takeUpPrompts() {
    Optional<ScriptsInForce.Change> taken = plans.scripts().takeUp(this::misfit);
    taken.ifPresent(
        change -> {
          refit();
          reworded.addAll(change.reworded());
          log.info(
              "prompts: the manifest has changed: {} of other words, {} gone",
              change.reworded().stream().map(Wording::id).toList(),
              change.gone());
        });
  }

  /** Texts of prompts.yaml that have changed since the last time that this was asked. */
  List<Wording> reworded() {
    List<Wording> found = new ArrayList<>();
    for (Wording one = reworded.poll(); one != null; one = reworded.poll()) {
      found.add(one);
    }
    return found;
  }

  private Optional<String> misfit(ScriptsInForce.Change change) {
    for (String gone : change.gone()) {
      List<String> named = names().naming(gone);
      if (!named.isEmpty()) {
        return Optional.of("prompt " + gone + " is gone and named by " + String.join(", ", named));
      }
    }
    return masterData.plan(catalog.desks(), catalog.sites())
                instanceof LiveCatalog.FittingPlan.None(String reason)
            && catalog.planFault().isEmpty()
        ? Optional.of(reason)
        : Optional.empty();
  }

  /** The files that lead calls, and the master data that they must fit. */
  record Plans(PlanFiles files, MasterData masterData) {}

  private RoutingPlan rules() {
    return routing.now();
  }

  private FlowText.Around named() {
    takeUpPrompts();
    return new FlowText.Around(
        prompts(), plans.webhooks(), catalog.desks(), rules().rules(), this::heard);
  }

  /** Without a folder nothing is known of sounds: none is missed. */
  private boolean heard(String prompt, String language) {
    return plans.sounds().map(folder -> folder.heard(language, prompt)).orElse(true);
  }

  private ScriptsInForce.Published published() {
    return new ScriptsInForce.Published() {
      @Override
      public Optional<String> rules() {
        return routing.textInForce();
      }

      @Override
      public Optional<String> flow() {
        return flows.textInForce();
      }

      @Override
      public List<Wording> prompts() {
        return book.now();
      }

      @Override
      public List<String> missing(List<Desk> desks, List<Site> sites) {
        return names().missing(desks, sites);
      }
    };
  }

  private NamesInUse names() {
    return new NamesInUse(routing, flows, () -> prompts().keySet());
  }

  /** The last good copy; what leads calls is fitted to the desks anew when it changes. */
  private final class Kept implements PublishedTexts.Copies {
    private final Supplier<List<Version>> kept;
    private final Consumer<List<Version>> keeping;

    Kept(Supplier<List<Version>> kept, Consumer<List<Version>> keeping) {
      this.kept = kept;
      this.keeping = keeping;
    }

    @Override
    public List<Version> kept() {
      return kept.get();
    }

    @Override
    public void keep(List<Version> versions) {
      keeping.accept(versions);
      refit();
    }
  }

  private House house() {
    DirectoryIndex directory = catalog.directory();
    NumberReach reach =
        new NumberReach(
            catalog.sites(), directory, normalizer, extension -> !phones.at(extension).isEmpty());
    return new House(
        catalog.desks(),
        catalog.sites(),
        catalog.agents(),
        directory::byId,
        reach::of,
        clock.instant());
  }

  private Map<String, Map<String, String>> prompts() {
    try {
      return CallPlanFiles.prompts(plans.scripts());
    } catch (BadFileException e) {
      throw new IllegalStateException("the prompts have faults: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Set<String> promptsNow() {
    takeUpPrompts();
    return prompts().keySet();
  }

  private String shipped(String file) {
    try {
      return plans.scripts().files().text(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** For calls that are under way. */
  CallPlan.Versions versions() {
    return new CallPlan.Versions(routing, flows);
  }

  PublishedRouting routing() {
    return routing;
  }

  /** Prompts that administrators add. */
  PromptRoom.Adding adding() {
    return new PromptRoom.Adding(book, prompt -> names().naming(prompt), new PromptSpeaker());
  }

  LiveMajorIncidents incidents() {
    return incidents;
  }

  WebPorts.RoutingDesk ports(Lifecycle lifecycle, WebPorts.PromptDesk prompts) {
    RoutedCallStore calls = new RoutedCallStore(database, codec);
    Replays replays = new Replays(calls, routing::plan, catalog::directory, routing::read, clock);
    lifecycle.started("what-if", replays::close);
    return new WebPorts.RoutingDesk(routing, flows, calls, replays, incidents, prompts);
  }

  /** The queues of all desks, as they are now. */
  CompletableFuture<LiveQueues> queues(LiveFeed feed) {
    return feed.ask(
        picture ->
            picture.queues(
                catalog.desks().stream().map(Desk::id).toList(),
                catalog.agents(),
                clock.instant()));
  }

  LiveFacts facts(LiveFeed feed, Lifecycle lifecycle) {
    LiveFacts facts =
        new LiveFacts(
            routing::now,
            () -> catalog.plan().flow().tellsOfQueues(),
            () -> queues(feed),
            agent -> feed.ask(picture -> picture.readyAt(agent)),
            new CallerHistoryStore(database),
            clock);
    lifecycle.started("facts of calls", facts::close);
    return facts;
  }

  /** Reads what is on record for the first time. */
  void begin() {
    takeUpPrompts();
    book.catchUp();
    flows.begin();
    routing.begin();
    // The last good copy may know what the files do not.
    refit();
    catalog
        .planFault()
        .ifPresent(reason -> log.error("calls go to the gateway's static queue, for {}", reason));
    incidents.catchUp();
  }

  /** Reads what could not be read before, and what another server changed; blocks. */
  void catchUp() {
    book.catchUp();
    flows.catchUp();
    routing.catchUp();
    incidents.catchUp();
  }
}
