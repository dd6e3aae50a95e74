package cti.server.routing;

import cti.core.directory.DialPlan;
import cti.core.directory.DirectoryIndex;
import cti.core.event.RouteDetails;
import cti.core.id.CallId;
import cti.core.ivr.CallPlan;
import cti.core.port.CallHistory.Period;
import cti.core.port.Page;
import cti.core.port.Prompts.Wording;
import cti.core.port.RoutedCalls;
import cti.core.port.StoreUnavailableException;
import cti.core.port.VersionedTexts.Version;
import cti.core.routing.RoutingPlan;
import cti.core.routing.RoutingWorld.Reach;
import cti.server.directory.LibPhoneNumberNormalizer;
import cti.server.directory.SampleCatalog;
import cti.server.flow.CallPlanFiles;
import cti.server.flow.FlowText;
import cti.server.flow.House;
import cti.server.flow.PromptManifest;
import cti.server.flow.ScriptFolder;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Supplier;

/** The sample house with the shipped flow, and a store of rules that can be taken away. */
public final class RoutingInMemory extends VersionsInMemory implements RoutedCalls {
  public final SampleCatalog sample = SampleCatalog.load();
  public final DirectoryIndex directory =
      new DirectoryIndex(new DialPlan(sample.sites()), sample.staff());
  public final CallPlan plan;
  public final String shipped;
  public final String shippedFlow;
  public final PublishedRouting routing;
  public final PublishedFlows flows;
  public final List<RoutedCall> calls = new ArrayList<>();
  public final Map<CallId, List<RouteDetails>> details = new HashMap<>();
  public boolean away;

  /** Which prompts have a sound, by id and language. */
  public BiPredicate<String, String> heard = (prompt, language) -> true;

  /** Prompts that were added to those of the file. */
  public Supplier<List<Wording>> added = List::of;

  private final InstantSource clock;

  public RoutingInMemory(InstantSource clock) {
    this(clock, List.of());
  }

  /** With a copy of versions from an earlier run. */
  public RoutingInMemory(InstantSource clock, List<Version> copies) {
    super(clock, copies);
    this.clock = clock;
    ScriptFolder scripts = ScriptFolder.classPath("ivr-scripts");
    try {
      plan = CallPlanFiles.load(scripts, "hotline.yaml", sample.desks(), sample.sites());
      shipped = scripts.text(CallPlanFiles.ROUTING);
      shippedFlow = scripts.text("hotline.yaml");
      VersionsInMemory ofTheFlow = new VersionsInMemory(clock, List.of());
      flows =
          new PublishedFlows(
              ofTheFlow,
              new PublishedFlows.Surroundings(
                  () -> plan,
                  this::rules,
                  () ->
                      new FlowText.Around(
                          prompts(),
                          Set.of("crm"),
                          sample.desks(),
                          rules().rules(),
                          (prompt, language) -> heard.test(prompt, language)),
                  () -> directory,
                  () -> shippedFlow),
              ofTheFlow,
              clock);
      routing = another();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** The rules as another server has them, with the same store. */
  PublishedRouting another() {
    return new PublishedRouting(
        this,
        new PublishedRouting.Surroundings(
            () -> plan.withFlow(flows.now()),
            this::house,
            () -> directory,
            () -> prompts().keySet(),
            () -> shipped),
        this,
        clock);
  }

  private Map<String, Map<String, String>> prompts() {
    ScriptFolder shippedOnes = ScriptFolder.classPath("ivr-scripts");
    try {
      return CallPlanFiles.prompts(
          file -> PromptManifest.with(shippedOnes.text(file), added.get()));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private RoutingPlan rules() {
    return routing.now();
  }

  public House house() {
    NumberReach reach =
        new NumberReach(
            sample.sites(), directory, new LibPhoneNumberNormalizer(), extension -> false);
    return new House(
        sample.desks(),
        sample.sites(),
        sample.agents(),
        directory::byId,
        reach::of,
        clock.instant());
  }

  /** What a number leads to. */
  public Reach reach(String number) {
    return house().reach().apply(number);
  }

  @Override
  void there() {
    if (away) {
      throw new StoreUnavailableException("the database is away", new RuntimeException("test"));
    }
  }

  @Override
  public long count(Period period) {
    return page(period, Optional.empty(), Integer.MAX_VALUE).size();
  }

  @Override
  public List<RoutedCall> page(Period period, Optional<Page.Key> after, int limit) {
    there();
    return calls.stream()
        .filter(call -> !call.startedAt().isBefore(period.from()))
        .filter(call -> call.startedAt().isBefore(period.to()))
        .filter(
            call ->
                after
                    .filter(key -> !call.startedAt().isAfter(key.at()))
                    .filter(key -> call.call().value().compareTo(key.id()) <= 0)
                    .isEmpty())
        .limit(limit)
        .toList();
  }

  @Override
  public List<RouteDetails> details(CallId call) {
    there();
    return details.getOrDefault(call, List.of());
  }
}
