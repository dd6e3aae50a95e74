package cti.server.db.directory;

import cti.core.desk.Desk;
import cti.core.desk.Site;
import cti.core.directory.StaffMember;
import java.util.List;

/** Sites and desks in their order of display, staff by employee number. */
public record DirectoryCatalog(List<Site> sites, List<Desk> desks, List<StaffMember> staff) {
  public DirectoryCatalog {
    sites = List.copyOf(sites);
    desks = List.copyOf(desks);
    staff = List.copyOf(staff);
  }

  /** True where nothing is in it, as in a new database. */
  public boolean isEmpty() {
    return sites.isEmpty() && desks.isEmpty() && staff.isEmpty();
  }
}
