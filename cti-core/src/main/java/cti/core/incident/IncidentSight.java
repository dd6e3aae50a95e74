package cti.core.incident;

import cti.core.id.AgentId;
import cti.core.id.DeskId;
import cti.core.id.SiteId;
import java.util.Optional;
import java.util.Set;

/**
 * The incidents that somebody sees who is limited: those of these desks, those of no desk at these
 * sites, and their own.
 *
 * @param agent empty for somebody who takes no calls
 */
public record IncidentSight(Set<DeskId> desks, Set<SiteId> sites, Optional<AgentId> agent) {
  public IncidentSight {
    desks = Set.copyOf(desks);
    sites = Set.copyOf(sites);
  }

  public boolean sees(Incident incident) {
    return covers(incident.desk(), incident.site())
        || (agent.isPresent() && agent.equals(incident.owner()));
  }

  /** Whether an incident of this desk, or of none at this site, lies within it, whoever owns it. */
  public boolean covers(Optional<DeskId> desk, Optional<SiteId> site) {
    return desk.map(desks::contains).orElseGet(() -> site.filter(sites::contains).isPresent());
  }
}
