package cti.server.app;

import cti.core.desk.Site;
import cti.core.id.SiteId;
import cti.core.port.MajorIncidents;
import cti.core.port.StoreUnavailableException;
import cti.core.routing.Caller;
import cti.core.routing.MajorIncident;
import cti.server.db.routing.MajorIncidentStore;
import cti.server.flow.CallPlanFiles;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Major incidents in memory: read at start, after each change, and now and then. While the database
 * is away those that were known go on.
 */
final class LiveMajorIncidents implements MajorIncidents {
  private static final Logger log = LoggerFactory.getLogger(LiveMajorIncidents.class);

  private final MajorIncidentStore store;
  private final LiveCatalog catalog;
  private final Supplier<Set<String>> prompts;
  private final Clock clock;
  private volatile List<MajorIncident> known = List.of();

  /**
   * @param prompts the ids of the manifest
   */
  LiveMajorIncidents(
      MajorIncidentStore store, LiveCatalog catalog, Supplier<Set<String>> prompts, Clock clock) {
    this.store = store;
    this.catalog = catalog;
    this.prompts = prompts;
    this.clock = clock;
  }

  /** Reads them; blocks. */
  void catchUp() {
    try {
      known = store.notOver();
    } catch (StoreUnavailableException e) {
      log.debug("major incidents are still those last known: {}", e.getMessage());
    }
  }

  @Override
  public List<MajorIncident> concerning(Caller caller, Optional<String> choice) {
    Instant now = clock.instant();
    return known.stream().filter(incident -> incident.concerns(caller, choice, now)).toList();
  }

  @Override
  public List<Entry> list(int limit) {
    return store.newest(limit);
  }

  @Override
  public Optional<Entry> find(String id) {
    return store.one(id);
  }

  @Override
  public Optional<List<Affected>> affected(String id, int limit) {
    return store.affected(id, limit);
  }

  @Override
  public Saved begin(MajorIncident incident, String by) {
    List<String> faults = faults(incident);
    return faults.isEmpty() ? done(store.add(incident, by)) : new Saved.Faulty(faults);
  }

  @Override
  public Saved change(MajorIncident incident, String by) {
    List<String> faults = faults(incident);
    if (!faults.isEmpty()) {
      return new Saved.Faulty(faults);
    }
    return store
        .change(incident, Optional.empty(), by)
        .<Saved>map(this::done)
        .orElseGet(() -> new Saved.NoSuchIncident(incident.id()));
  }

  @Override
  public Saved end(String id, String by) {
    Optional<MajorIncident> found = store.one(id).map(Entry::incident);
    if (found.isEmpty()) {
      return new Saved.NoSuchIncident(id);
    }
    MajorIncident before = found.get();
    Instant now = clock.instant();
    // One that is still to come ends before it begins: it begins now, and ends at once.
    Instant begins = before.begins().isBefore(now) ? before.begins() : now.minusMillis(1);
    MajorIncident ended =
        new MajorIncident(
            before.id(),
            before.title(),
            before.prompt(),
            before.sites(),
            before.services(),
            before.incident(),
            begins,
            Optional.of(now));
    return store
        .change(ended, Optional.of(by), by)
        .<Saved>map(this::done)
        .orElseGet(() -> new Saved.NoSuchIncident(id));
  }

  private Saved done(Entry entry) {
    known = store.notOver();
    log.info(
        "major incident {} '{}' by user={}, until {}",
        entry.incident().id(),
        entry.incident().title(),
        entry.author(),
        entry.incident().ends().map(Instant::toString).orElse("it is ended"));
    return new Saved.Done(entry);
  }

  private List<String> faults(MajorIncident incident) {
    List<String> faults = new ArrayList<>();
    Set<SiteId> sites = catalog.sites().stream().map(Site::id).collect(Collectors.toSet());
    incident.sites().stream()
        .filter(site -> !sites.contains(site))
        .sorted()
        .forEach(site -> faults.add("no site " + site + ", expected one of " + sites));
    Set<String> choices =
        catalog.planFault().isPresent() ? Set.of() : CallPlanFiles.choices(catalog.plan().flow());
    incident.services().stream()
        .filter(service -> !choices.contains(service))
        .sorted()
        .forEach(
            service ->
                faults.add("no caller can choose " + service + ", expected one of " + choices));
    if (!prompts.get().contains(incident.prompt())) {
      faults.add("no prompt " + incident.prompt() + " in the manifest");
    }
    return faults;
  }
}
