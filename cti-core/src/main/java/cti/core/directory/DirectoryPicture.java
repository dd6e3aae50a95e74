package cti.core.directory;

import cti.core.desk.Site;
import cti.core.id.StaffId;
import java.util.List;
import java.util.Map;

/**
 * What is on record at one moment.
 *
 * @param revision grows with every change of people and sites
 * @param sources who keeps a person, such as ldap; people who are kept by hand are left out
 */
public record DirectoryPicture(
    long revision, List<Site> sites, List<StaffMember> staff, Map<StaffId, String> sources) {
  public DirectoryPicture {
    sites = List.copyOf(sites);
    staff = List.copyOf(staff);
    sources = Map.copyOf(sources);
  }
}
