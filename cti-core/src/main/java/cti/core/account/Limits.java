package cti.core.account;

import cti.core.desk.Desk;
import cti.core.id.DeskId;
import cti.core.id.SiteId;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The sites and desks that an account is limited to; {@link #NONE} sees all.
 *
 * @param sites with all desks of them, also those that come later
 */
public record Limits(Set<SiteId> sites, Set<DeskId> desks) {
  public static final Limits NONE = new Limits(Set.of(), Set.of());

  public Limits {
    sites = Set.copyOf(sites);
    desks = Set.copyOf(desks);
  }

  /** Whether nothing is limited. */
  public boolean none() {
    return sites.isEmpty() && desks.isEmpty();
  }

  /** The desks within the limits; all where there are none. */
  public Set<DeskId> desksOf(Collection<Desk> all) {
    return all.stream()
        .filter(desk -> none() || sites.contains(desk.site()) || desks.contains(desk.id()))
        .map(Desk::id)
        .collect(Collectors.toUnmodifiableSet());
  }
}
