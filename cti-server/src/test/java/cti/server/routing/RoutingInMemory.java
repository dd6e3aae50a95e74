package cti.server.routing;

import cti.core.directory.DialPlan;
import cti.core.directory.DirectoryIndex;
import cti.core.event.RouteDetails;
import cti.core.id.CallId;
import cti.core.ivr.CallPlan;
import cti.core.port.CallHistory.Period;
import cti.core.port.Page;
import cti.core.port.RoutedCalls;
import cti.core.port.Routing.Draft;
import cti.core.port.Routing.Version;
import cti.core.port.RoutingRecords;
import cti.core.port.StoreUnavailableException;
import cti.core.routing.RoutingWorld.Reach;
import cti.server.directory.LibPhoneNumberNormalizer;
import cti.server.directory.SampleCatalog;
import cti.server.flow.CallPlanFiles;
import cti.server.flow.House;
import cti.server.flow.ScriptFolder;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The sample house with the shipped flow, and a store of rules that can be taken away. */
public final class RoutingInMemory implements RoutingRecords, RoutedCalls, PublishedRouting.Copies {
  public final SampleCatalog sample = SampleCatalog.load();
  public final DirectoryIndex directory =
      new DirectoryIndex(new DialPlan(sample.sites()), sample.staff());
  public final CallPlan plan;
  public final String shipped;
  public final PublishedRouting routing;
  public final List<RoutedCall> calls = new ArrayList<>();
  public final Map<CallId, List<RouteDetails>> details = new HashMap<>();
  public boolean away;

  private final InstantSource clock;
  private final List<Version> versions = new ArrayList<>();
  private final Map<String, Draft> drafts = new TreeMap<>();
  private List<Version> kept = List.of();

  public RoutingInMemory(InstantSource clock) {
    this(clock, List.of());
  }

  /** With a copy of versions from an earlier run. */
  public RoutingInMemory(InstantSource clock, List<Version> copies) {
    this.clock = clock;
    this.kept = copies;
    ScriptFolder scripts = ScriptFolder.classPath("ivr-scripts");
    try {
      plan = CallPlanFiles.load(scripts, "hotline.yaml", sample.desks(), sample.sites());
      shipped = scripts.text(CallPlanFiles.ROUTING);
      Set<String> prompts = CallPlanFiles.prompts(scripts).keySet();
      routing =
          new PublishedRouting(
              this,
              new PublishedRouting.Surroundings(
                  () -> plan, this::house, () -> directory, () -> prompts, () -> shipped),
              this,
              clock);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
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

  private void there() {
    if (away) {
      throw new StoreUnavailableException("the database is away", new RuntimeException("test"));
    }
  }

  @Override
  public List<Version> versions() {
    there();
    return List.copyOf(versions);
  }

  @Override
  public boolean add(Version version, Optional<String> draft) {
    there();
    if (version.number() != versions.size() + 1) {
      return false;
    }
    versions.add(version);
    draft.ifPresent(drafts::remove);
    return true;
  }

  @Override
  public boolean withdraw(int version, Instant at, String by) {
    there();
    Version before = versions.get(version - 1);
    versions.set(
        version - 1,
        new Version(
            before.number(),
            before.yaml(),
            before.checksum(),
            before.author(),
            before.comment(),
            before.publishedAt(),
            before.activeFrom(),
            before.basedOn(),
            before.restores(),
            Optional.of(at)));
    return before.withdrawnAt().isEmpty();
  }

  @Override
  public List<Draft> drafts() {
    there();
    return List.copyOf(drafts.values());
  }

  @Override
  public Optional<Draft> draft(String name) {
    there();
    return Optional.ofNullable(drafts.get(name));
  }

  @Override
  public Draft save(String name, String yaml, int revision, int basedOn, String by) {
    there();
    Draft before = drafts.get(name);
    int seen = before == null ? 0 : before.revision();
    if (seen != revision) {
      return before == null ? new Draft(name, "", basedOn, by, clock.instant(), 0) : before;
    }
    int base = before == null ? basedOn : before.basedOn();
    Draft draft = new Draft(name, yaml, base, by, clock.instant(), seen + 1);
    drafts.put(name, draft);
    return draft;
  }

  @Override
  public boolean drop(String name) {
    there();
    return drafts.remove(name) != null;
  }

  @Override
  public List<Version> kept() {
    return kept;
  }

  @Override
  public void keep(List<Version> copies) {
    kept = List.copyOf(copies);
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
