package cti.server.web;

import cti.core.agent.Agent;
import cti.core.desk.Desk;
import cti.core.desk.MasterFacts;
import cti.core.desk.Site;
import cti.core.desk.SiteRules;
import cti.core.id.AgentId;
import cti.core.id.DeskId;
import cti.core.id.SiteId;
import cti.core.port.CatalogReload;
import cti.core.port.DirectorySync;
import cti.core.port.MasterEditing;
import cti.core.port.MasterRecords;
import cti.core.port.MasterRecords.Master;
import cti.core.port.MasterRecords.Placed;
import cti.core.port.SignInTrail;
import cti.server.directory.DirectoryInMemory;
import cti.server.directory.LibPhoneNumberNormalizer;
import cti.server.directory.Previews;
import cti.server.directory.SampleCatalog;
import cti.server.directory.StaffEditing;
import cti.server.directory.StaffSheets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** What administrators change, over a directory in memory; master data by the plainest rules. */
final class AdministrationInMemory implements MasterEditing, AutoCloseable {
  private static final SampleCatalog SAMPLE = SampleCatalog.load();

  final DirectoryInMemory directory;
  final Previews previews;
  volatile Optional<DirectorySync> sync = Optional.empty();
  final List<SignInTrail.Line> signIns = new CopyOnWriteArrayList<>();
  final AccountEditingInMemory accounts = new AccountEditingInMemory();
  private final Map<SiteId, Placed<Site>> sites = new TreeMap<>();
  private final Map<DeskId, Placed<Desk>> desks = new TreeMap<>();
  private final Map<AgentId, Agent> agents = new TreeMap<>();
  private final LibPhoneNumberNormalizer normalizer = new LibPhoneNumberNormalizer();

  AdministrationInMemory(InstantSource clock) {
    directory = new DirectoryInMemory(clock, SAMPLE.sites(), SAMPLE.staff());
    previews =
        new Previews(
            directory,
            directory::apply,
            normalizer,
            source -> Set.of(),
            clock,
            Duration.ofMinutes(1));
    SAMPLE.sites().forEach(site -> sites.put(site.id(), new Placed<>(site, 0)));
  }

  WebPorts.Administration ports(CatalogReload reload) {
    return new WebPorts.Administration(
        reload,
        this,
        new StaffEditing(
            directory,
            change -> directory.apply(change, written -> {}),
            directory::sites,
            normalizer,
            source -> Set.of()),
        previews,
        new StaffSheets(directory),
        sync,
        directory,
        signIns::add,
        accounts);
  }

  @Override
  public synchronized Master read() {
    return new Master(
        List.copyOf(sites.values()), List.copyOf(desks.values()), List.copyOf(agents.values()));
  }

  @Override
  public synchronized Saved saveSite(Placed<Site> site, Optional<String> version, String by) {
    List<String> faults =
        SiteRules.faults(site.it(), sites.values().stream().map(Placed::it).toList());
    if (!faults.isEmpty()) {
      return new Saved.Faulty(faults);
    }
    Optional<String> now =
        Optional.ofNullable(sites.get(site.it().id()))
            .map(old -> MasterRecords.version(MasterFacts.of(old.it(), old.ordinal())));
    return put(now, version, () -> sites.put(site.it().id(), site));
  }

  @Override
  public synchronized Saved saveDesk(Placed<Desk> desk, Optional<String> version, String by) {
    Optional<String> now =
        Optional.ofNullable(desks.get(desk.it().id()))
            .map(old -> MasterRecords.version(MasterFacts.of(old.it(), old.ordinal())));
    return put(now, version, () -> desks.put(desk.it().id(), desk));
  }

  @Override
  public synchronized Saved saveAgent(Agent agent, Optional<String> version, String by) {
    Optional<String> now =
        Optional.ofNullable(agents.get(agent.id()))
            .map(old -> MasterRecords.version(MasterFacts.of(old)));
    return put(now, version, () -> agents.put(agent.id(), agent));
  }

  private static Saved put(Optional<String> now, Optional<String> version, Runnable put) {
    if (version.isEmpty() && now.isPresent()) {
      return new Saved.AlreadyThere();
    }
    if (version.isPresent() && now.isEmpty()) {
      return new Saved.NoSuchThing();
    }
    if (!now.equals(version)) {
      return new Saved.Outdated();
    }
    put.run();
    return new Saved.Done();
  }

  @Override
  public synchronized Saved remove(SiteId site, String version, String by) {
    return sites.remove(site) == null ? new Saved.NoSuchThing() : new Saved.Done();
  }

  @Override
  public synchronized Saved remove(DeskId desk, String version, String by) {
    return desks.remove(desk) == null ? new Saved.NoSuchThing() : new Saved.Done();
  }

  @Override
  public synchronized Saved remove(AgentId agent, String version, String by) {
    return agents.remove(agent) == null ? new Saved.NoSuchThing() : new Saved.Done();
  }

  @Override
  public void close() {
    previews.close();
  }
}
