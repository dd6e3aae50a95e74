package cti.server.app;

import cti.core.agent.Agent;
import cti.core.desk.Desk;
import cti.core.desk.Site;
import cti.core.directory.DirectoryIndex;
import cti.core.directory.StaffMember;
import cti.core.engine.CallerLookup;
import cti.core.id.AgentId;
import cti.core.id.DeskId;
import cti.core.id.StaffId;
import cti.core.ivr.CallPlan;
import cti.core.port.Catalog;
import cti.core.port.DirectoryLookup;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Master data in memory: immutable snapshots that are replaced whole, so that a reload never blocks
 * a call and a lookup never waits.
 */
final class LiveCatalog implements Catalog, DirectoryLookup, CallerLookup {
  private final IncidentWords words;
  private volatile Picture picture;

  /** What an incident may be filed under. */
  record IncidentWords(List<String> services, List<String> categories) {
    IncidentWords {
      services = List.copyOf(services);
      categories = List.copyOf(categories);
    }
  }

  /** One consistent state of the master data. */
  record Picture(
      List<Site> sites,
      List<Desk> desks,
      List<Agent> agents,
      DirectoryIndex directory,
      CallPlan plan) {
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
    picture = new Picture(picture.sites(), desks, picture.agents(), picture.directory(), plan);
  }

  DirectoryIndex directory() {
    return picture.directory();
  }

  CallPlan plan() {
    return picture.plan();
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
  public List<StaffMember> search(String text, int limit) {
    String wanted = text.strip().toLowerCase(Locale.ROOT);
    return directory().all().stream().filter(member -> holds(member, wanted)).limit(limit).toList();
  }

  private static boolean holds(StaffMember member, String wanted) {
    return member.name().toLowerCase(Locale.ROOT).contains(wanted)
        || member.id().value().toLowerCase(Locale.ROOT).contains(wanted)
        || member.department().toString().toLowerCase(Locale.ROOT).contains(wanted)
        || member.numbers().stream()
            .anyMatch(
                number ->
                    number.given().contains(wanted)
                        || number.e164().filter(e164 -> e164.contains(wanted)).isPresent()
                        || number.extension().equals(Optional.of(wanted)));
  }
}
