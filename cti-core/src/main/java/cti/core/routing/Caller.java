package cti.core.routing;

import cti.core.desk.Site;
import cti.core.directory.StaffMember;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who calls, as far as the directory knows.
 *
 * @param presented the calling number as the switch gave it, possibly empty
 * @param dialled what the caller dialled
 * @param matches all people whose number it may be; none picked
 * @param sites the sites of the matches that exist, each once
 */
public record Caller(
    String presented, String dialled, List<StaffMember> matches, List<Site> sites) {
  public Caller {
    matches = List.copyOf(matches);
    sites = List.copyOf(sites);
  }

  /** Works out the sites of the matches. */
  public static Caller of(
      String presented, String dialled, List<StaffMember> matches, List<Site> allSites) {
    List<Site> sites = new ArrayList<>(1);
    for (StaffMember match : matches) {
      for (Site site : allSites) {
        if (site.id().equals(match.site()) && !sites.contains(site)) {
          sites.add(site);
        }
      }
    }
    return new Caller(presented, dialled, matches, sites);
  }

  public CallerKind kind() {
    if (sites.isEmpty()) {
      return CallerKind.UNKNOWN;
    }
    if (sites.size() > 1) {
      return CallerKind.AMBIGUOUS;
    }
    return switch (sites.getFirst().kind()) {
      case FACTORY -> CallerKind.FACTORY;
      case HEADQUARTERS -> CallerKind.HEADQUARTERS;
    };
  }

  /** The one site of all matches; empty where there is none or where there are several. */
  public Optional<Site> site() {
    return sites.size() == 1 ? Optional.of(sites.getFirst()) : Optional.empty();
  }
}
