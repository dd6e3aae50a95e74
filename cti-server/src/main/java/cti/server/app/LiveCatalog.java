package cti.server.app;

import cti.core.agent.Agent;
import cti.core.desk.Desk;
import cti.core.desk.Site;
import cti.core.directory.DepartmentTree;
import cti.core.directory.DirectoryIndex;
import cti.core.directory.StaffMember;
import cti.core.directory.StaffQuery;
import cti.core.directory.StaffSearch;
import cti.core.engine.CallerLookup;
import cti.core.id.AgentId;
import cti.core.id.DeskId;
import cti.core.id.StaffId;
import cti.core.ivr.CallPlan;
import cti.core.port.Catalog;
import cti.core.port.DirectoryLookup;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Master data in memory: immutable snapshots that are replaced whole, so that a reload never blocks
 * a call and a lookup never waits.
 */
final class LiveCatalog implements Catalog, DirectoryLookup, CallerLookup {
  private final IncidentWords words;
  private volatile Picture picture;

  /** The plan that leads calls, where one fits the desks and sites on file. */
  sealed interface FittingPlan {
    record Fits(CallPlan plan) implements FittingPlan {}

    /** As while desks are entered by hand, one after the other. */
    record None(String reason) implements FittingPlan {}
  }

  /** What an incident may be filed under. */
  record IncidentWords(List<String> services, List<String> categories) {
    IncidentWords {
      services = List.copyOf(services);
      categories = List.copyOf(categories);
    }
  }

  /**
   * One consistent state of the master data.
   *
   * @param plan or why there is none that fits the desks and sites
   */
  record Picture(
      List<Site> sites,
      List<Desk> desks,
      List<Agent> agents,
      DirectoryIndex directory,
      FittingPlan plan) {
    Picture {
      sites = List.copyOf(sites);
      desks = List.copyOf(desks);
      agents = List.copyOf(agents);
    }
  }

  LiveCatalog(Picture first, IncidentWords words) {
    this.picture = first;
    this.words = words;
  }

  synchronized void replace(Picture next) {
    picture = next;
  }

  /** Other facts about the desks, and the plan that was checked with them. */
  synchronized void replaceDesks(List<Desk> desks, CallPlan plan) {
    picture =
        new Picture(
            picture.sites(),
            desks,
            picture.agents(),
            picture.directory(),
            new FittingPlan.Fits(plan));
  }

  /** The plan anew: what leads calls was published. */
  synchronized void refit(BiFunction<List<Desk>, List<Site>, FittingPlan> fitting) {
    picture =
        new Picture(
            picture.sites(),
            picture.desks(),
            picture.agents(),
            picture.directory(),
            fitting.apply(picture.desks(), picture.sites()));
  }

  /** Other people; sites, desks and agents stay. */
  synchronized void replaceDirectory(DirectoryIndex next) {
    picture = new Picture(picture.sites(), picture.desks(), picture.agents(), next, picture.plan());
  }

  DirectoryIndex directory() {
    return picture.directory();
  }

  /**
   * The plan that calls are led by.
   *
   * @throws IllegalStateException where none fits; the gateway's static queue takes the call then
   */
  CallPlan plan() {
    return switch (picture.plan()) {
      case FittingPlan.Fits(CallPlan plan) -> plan;
      case FittingPlan.None(String reason) ->
          throw new IllegalStateException("no call flow can be used: " + reason);
    };
  }

  /** Why no plan leads calls; empty where one does. */
  Optional<String> planFault() {
    return switch (picture.plan()) {
      case FittingPlan.Fits fits -> Optional.empty();
      case FittingPlan.None(String reason) -> Optional.of(reason);
    };
  }

  Picture picture() {
    return picture;
  }

  @Override
  public List<Site> sites() {
    return picture.sites();
  }

  @Override
  public List<Desk> desks() {
    return picture.desks();
  }

  @Override
  public List<Agent> agents() {
    return picture.agents();
  }

  /** The desks that an agent may log on to; empty for one who is not on file. */
  Set<DeskId> seats(AgentId id) {
    return agents().stream()
        .filter(agent -> agent.id().equals(id))
        .findFirst()
        .map(agent -> agent.seats().keySet())
        .orElse(Set.of());
  }

  @Override
  public List<String> services() {
    return words.services();
  }

  @Override
  public List<String> categories() {
    return words.categories();
  }

  @Override
  public List<StaffMember> byNumber(String presented) {
    return directory().lookup(presented);
  }

  @Override
  public Optional<StaffMember> byId(StaffId id) {
    return directory().byId(id);
  }

  @Override
  public List<StaffId> matches(String presentedNumber) {
    return byNumber(presentedNumber).stream().map(StaffMember::id).toList();
  }

  @Override
  public StaffQuery.Found find(StaffQuery query, Optional<StaffId> after, int limit) {
    return StaffSearch.find(directory(), query, after, limit);
  }

  @Override
  public List<DepartmentTree.Department> departments() {
    return DepartmentTree.of(directory().all());
  }
}
