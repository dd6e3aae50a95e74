package cti.core.routing;

import cti.core.desk.Site;
import cti.core.id.IncidentId;
import cti.core.id.SiteId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A major incident that is known: its callers hear of it before they wait, and may be added to it.
 *
 * @param id as digits
 * @param prompt the announcement, an id of the manifest
 * @param sites whose people it concerns; empty for every caller
 * @param services whose callers it concerns, in the words of the flow's choices; empty for every
 *     one
 * @param incident the ticket to which callers are added; empty where they are only told
 * @param ends empty for until somebody ends it
 */
public record MajorIncident(
    String id,
    String title,
    String prompt,
    Set<SiteId> sites,
    Set<String> services,
    Optional<IncidentId> incident,
    Instant begins,
    Optional<Instant> ends) {
  public MajorIncident {
    sites = Set.copyOf(sites);
    services = Set.copyOf(services);
    if (title.isBlank() || title.length() > 200) {
      throw new IllegalArgumentException(
          "title has " + title.length() + " characters, expected 1 to 200");
    }
    if (ends.filter(end -> !end.isAfter(begins)).isPresent()) {
      throw new IllegalArgumentException(
          "it ends at " + ends.get() + ", expected later than it begins: " + begins);
    }
  }

  /**
   * Whether a caller is to hear of it. Where a number is shared by people of several sites one of
   * them is enough: told too much is better than told nothing.
   */
  public boolean concerns(Caller caller, Optional<String> choice, Instant at) {
    boolean now = !at.isBefore(begins) && ends.filter(end -> !at.isBefore(end)).isEmpty();
    boolean here =
        sites.isEmpty() || caller.sites().stream().map(Site::id).anyMatch(sites::contains);
    boolean asked = services.isEmpty() || choice.filter(services::contains).isPresent();
    return now && here && asked;
  }
}
