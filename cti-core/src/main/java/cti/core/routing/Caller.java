package cti.core.routing;

import cti.core.desk.Site;
import cti.core.directory.StaffMember;
import cti.core.id.SiteId;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
    Map<SiteId, Site> known = new LinkedHashMap<>();
    allSites.forEach(site -> known.put(site.id(), site));
    Set<Site> sites = new LinkedHashSet<>();
    for (StaffMember match : matches) {
      Optional.ofNullable(known.get(match.site())).ifPresent(sites::add);
    }
    return new Caller(presented, dialled, matches, List.copyOf(sites));
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
