package cti.server.web.stream;

import cti.core.agent.Agent;
import cti.core.desk.Desk;
import cti.core.desk.Site;
import cti.core.directory.DepartmentTree;
import cti.core.directory.StaffMember;
import cti.core.directory.StaffQuery;
import cti.core.id.StaffId;
import cti.core.port.Catalog;
import cti.core.port.DirectoryLookup;
import java.util.List;
import java.util.Optional;

/** Master data of a place without sites, desks, agents and staff. */
public final class Nobody implements Catalog, DirectoryLookup {
  @Override
  public List<Site> sites() {
    return List.of();
  }

  @Override
  public List<Desk> desks() {
    return List.of();
  }

  @Override
  public List<Agent> agents() {
    return List.of();
  }

  @Override
  public List<String> services() {
    return List.of();
  }

  @Override
  public List<String> categories() {
    return List.of();
  }

  @Override
  public List<StaffMember> byNumber(String presented) {
    return List.of();
  }

  @Override
  public Optional<StaffMember> byId(StaffId id) {
    return Optional.empty();
  }

  @Override
  public StaffQuery.Found find(StaffQuery query, Optional<StaffId> after, int limit) {
    return new StaffQuery.Found(List.of(), 0, Optional.empty());
  }

  @Override
  public List<DepartmentTree.Department> departments() {
    return List.of();
  }
}
