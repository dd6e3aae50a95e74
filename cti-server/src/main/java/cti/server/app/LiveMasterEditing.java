package cti.server.app;

import cti.core.agent.Agent;
import cti.core.desk.Desk;
import cti.core.desk.MasterFacts;
import cti.core.desk.Site;
import cti.core.desk.SiteRules;
import cti.core.id.AgentId;
import cti.core.id.DeskId;
import cti.core.id.SiteId;
import cti.core.port.MasterEditing;
import cti.core.port.MasterRecords;
import cti.core.port.MasterRecords.Master;
import cti.core.port.MasterRecords.MasterChange;
import cti.core.port.MasterRecords.Placed;
import cti.server.app.LiveCatalog.FittingPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Edits of sites, desks and agents: checked with what depends on them, then written and in use. */
final class LiveMasterEditing implements MasterEditing {
  private final MasterRecords records;
  private final MasterReload live;
  private final MasterData masterData;
  private final LiveCatalog catalog;

  LiveMasterEditing(
      MasterRecords records, MasterReload live, MasterData masterData, LiveCatalog catalog) {
    this.records = records;
    this.live = live;
    this.masterData = masterData;
    this.catalog = catalog;
  }

  @Override
  public Master read() {
    return records.read();
  }

  @Override
  public synchronized Saved saveSite(Placed<Site> site, Optional<String> version, String by) {
    Master now = records.read();
    Optional<Placed<Site>> before = site(now, site.it().id());
    Optional<Saved> outdated = outdated(before.map(LiveMasterEditing::version), version);
    if (outdated.isPresent()) {
      return outdated.get();
    }
    List<Site> others = now.sites().stream().map(Placed::it).toList();
    List<String> faults = new ArrayList<>(SiteRules.faults(site.it(), others));
    checkOrdinal(site.ordinal(), faults);
    if (!faults.isEmpty()) {
      return new Saved.Faulty(faults);
    }
    if (before.isPresent()
        && otherPlan(before.get().it(), site.it())
        && hasPeople(site.it().id())) {
      return new Saved.Refused(
          "site-has-people",
          "site "
              + site.it().id()
              + " has people whose numbers its dial plan reads: change the plan by POST"
              + " /api/v1/master/sites/{id}/dial-plan, which shows first what becomes of them");
    }
    return written(new MasterChange.OfSite(before, Optional.of(site)), now, by);
  }

  private static boolean otherPlan(Site before, Site after) {
    return !before.areaCode().equals(after.areaCode())
        || !before.extensions().equals(after.extensions())
        || !before.directPrefix().equals(after.directPrefix())
        || !before.outsidePrefix().equals(after.outsidePrefix());
  }

  private boolean hasPeople(SiteId site) {
    return catalog.directory().all().stream().anyMatch(member -> member.site().equals(site));
  }

  @Override
  public synchronized Saved saveDesk(Placed<Desk> desk, Optional<String> version, String by) {
    Master now = records.read();
    Optional<Placed<Desk>> before = desk(now, desk.it().id());
    Optional<Saved> outdated = outdated(before.map(LiveMasterEditing::version), version);
    if (outdated.isPresent()) {
      return outdated.get();
    }
    List<String> faults = new ArrayList<>();
    checkOrdinal(desk.ordinal(), faults);
    checkId(desk.it().id().value(), faults);
    if (site(now, desk.it().site()).isEmpty()) {
      faults.add(
          "site is '"
              + desk.it().site()
              + "', expected one of "
              + now.sites().stream().map(site -> site.it().id().value()).toList());
    }
    now.desks().stream()
        .map(Placed::it)
        .filter(other -> !other.id().equals(desk.it().id()))
        .forEach(other -> checkBeside(desk.it(), other, faults));
    if (!desk.it().queue().value().matches("[A-Za-z0-9_-]{1,80}")) {
      faults.add("queue is '" + desk.it().queue() + "', expected 1 to 80 of A-Z a-z 0-9 _ -");
    }
    if (!faults.isEmpty()) {
      return new Saved.Faulty(faults);
    }
    Desk whole =
        new Desk(
            desk.it().id(),
            desk.it().name(),
            desk.it().site(),
            desk.it().businessLine(),
            desk.it().queue(),
            desk.it().wrapUp(),
            desk.it().longestWait(),
            before.map(old -> old.it().recording()).orElse(desk.it().recording()));
    return written(
        new MasterChange.OfDesk(before, Optional.of(new Placed<>(whole, desk.ordinal()))), now, by);
  }

  private static void checkBeside(Desk desk, Desk other, List<String> faults) {
    if (other.queue().equals(desk.queue())) {
      faults.add(
          "queue is '" + desk.queue() + "', which desk " + other.id() + " has, expected its own");
    }
    if (other.name().equals(desk.name())) {
      faults.add(
          "name is '" + desk.name() + "', which desk " + other.id() + " has, expected its own");
    }
  }

  @Override
  public synchronized Saved saveAgent(Agent agent, Optional<String> version, String by) {
    Master now = records.read();
    Optional<Agent> before = agent(now, agent.id());
    Optional<Saved> outdated = outdated(before.map(LiveMasterEditing::version), version);
    if (outdated.isPresent()) {
      return outdated.get();
    }
    List<String> faults = new ArrayList<>();
    if (!agent.id().value().matches("[0-9]{2,12}")) {
      faults.add(
          "id is '" + agent.id() + "', expected 2 to 12 digits: agents type it on desk phones");
    }
    List<DeskId> desks = now.desks().stream().map(desk -> desk.it().id()).toList();
    agent.seats().keySet().stream()
        .filter(desk -> !desks.contains(desk))
        .sorted()
        .forEach(desk -> faults.add("seat at desk '" + desk + "', expected one of " + desks));
    return faults.isEmpty()
        ? written(new MasterChange.OfAgent(before, Optional.of(agent)), now, by)
        : new Saved.Faulty(faults);
  }

  @Override
  public synchronized Saved remove(SiteId id, String version, String by) {
    Master now = records.read();
    Optional<Placed<Site>> before = site(now, id);
    Optional<Saved> outdated = gone(before.map(LiveMasterEditing::version), version);
    if (outdated.isPresent()) {
      return outdated.get();
    }
    List<String> desks =
        now.desks().stream()
            .filter(desk -> desk.it().site().equals(id))
            .map(desk -> desk.it().id().value())
            .toList();
    if (!desks.isEmpty() || hasPeople(id)) {
      return new Saved.Refused(
          "site-in-use",
          "site "
              + id
              + " has "
              + (desks.isEmpty() ? "people" : "the desks " + desks)
              + ", expected one without");
    }
    return written(new MasterChange.OfSite(before, Optional.empty()), now, by);
  }

  @Override
  public synchronized Saved remove(DeskId id, String version, String by) {
    Master now = records.read();
    Optional<Placed<Desk>> before = desk(now, id);
    Optional<Saved> outdated = gone(before.map(LiveMasterEditing::version), version);
    if (outdated.isPresent()) {
      return outdated.get();
    }
    List<String> agents =
        now.agents().stream()
            .filter(agent -> agent.seats().containsKey(id))
            .map(agent -> agent.id().value())
            .toList();
    if (!agents.isEmpty()) {
      return new Saved.Refused(
          "desk-in-use", "the agents " + agents + " have seats at desk " + id + ", expected none");
    }
    return written(new MasterChange.OfDesk(before, Optional.empty()), now, by);
  }

  @Override
  public synchronized Saved remove(AgentId id, String version, String by) {
    Master now = records.read();
    Optional<Agent> before = agent(now, id);
    Optional<Saved> outdated = gone(before.map(LiveMasterEditing::version), version);
    return outdated.isPresent()
        ? outdated.get()
        : written(new MasterChange.OfAgent(before, Optional.empty()), now, by);
  }

  /** A plan that leads calls now must go on to do so; one that does not yet is no hindrance. */
  private Saved written(MasterChange change, Master now, String by) {
    List<String> lost =
        new ArrayList<>(masterData.missing(desksAfter(change, now), sitesAfter(change, now)));
    lost.removeAll(
        masterData.missing(
            now.desks().stream().map(Placed::it).toList(),
            now.sites().stream().map(Placed::it).toList()));
    if (!lost.isEmpty()) {
      return new Saved.Refused("call-flow-needs-it", String.join("; ", lost));
    }
    if (catalog.planFault().isEmpty()
        && masterData.plan(desksAfter(change, now), sitesAfter(change, now))
            instanceof FittingPlan.None(String reason)) {
      return new Saved.Refused("call-flow-needs-it", reason);
    }
    return live.edit(records, change, by)
        ? new Saved.Done()
        : new Saved.Refused(
            "directory-busy",
            "a change of many people is being written, expected a try in a few seconds");
  }

  private static List<Desk> desksAfter(MasterChange change, Master now) {
    List<Desk> desks = new ArrayList<>(now.desks().stream().map(Placed::it).toList());
    if (change instanceof MasterChange.OfDesk(var before, var after)) {
      before.ifPresent(old -> desks.remove(old.it()));
      after.ifPresent(next -> desks.add(next.it()));
    }
    return desks;
  }

  private static List<Site> sitesAfter(MasterChange change, Master now) {
    List<Site> sites = new ArrayList<>(now.sites().stream().map(Placed::it).toList());
    if (change instanceof MasterChange.OfSite(var before, var after)) {
      before.ifPresent(old -> sites.remove(old.it()));
      after.ifPresent(next -> sites.add(next.it()));
    }
    return sites;
  }

  private static Optional<Saved> outdated(Optional<String> now, Optional<String> version) {
    if (version.isPresent()) {
      return gone(now, version.get());
    }
    return now.map(there -> new Saved.AlreadyThere());
  }

  private static Optional<Saved> gone(Optional<String> now, String version) {
    if (now.isEmpty()) {
      return Optional.of(new Saved.NoSuchThing());
    }
    return now.get().equals(version) ? Optional.empty() : Optional.of(new Saved.Outdated());
  }

  private static void checkOrdinal(int ordinal, List<String> faults) {
    if (ordinal < 0 || ordinal > 9_999) {
      faults.add("ordinal is " + ordinal + ", expected 0 to 9999");
    }
  }

  private static void checkId(String id, List<String> faults) {
    if (!id.matches("[a-z0-9-]{1,32}")) {
      faults.add("id is '" + id + "', expected 1 to 32 of a-z, 0-9 and -");
    }
  }

  private static String version(Placed<?> placed) {
    return MasterRecords.version(
        switch (placed.it()) {
          case Site site -> MasterFacts.of(site, placed.ordinal());
          case Desk desk -> MasterFacts.of(desk, placed.ordinal());
          default -> throw new IllegalStateException("not placed: " + placed);
        });
  }

  private static String version(Agent agent) {
    return MasterRecords.version(MasterFacts.of(agent));
  }

  private static Optional<Placed<Site>> site(Master master, SiteId id) {
    return master.sites().stream().filter(site -> site.it().id().equals(id)).findFirst();
  }

  private static Optional<Placed<Desk>> desk(Master master, DeskId id) {
    return master.desks().stream().filter(desk -> desk.it().id().equals(id)).findFirst();
  }

  private static Optional<Agent> agent(Master master, AgentId id) {
    return master.agents().stream().filter(agent -> agent.id().equals(id)).findFirst();
  }
}
