package cti.core.port;

import cti.core.id.CallId;
import cti.core.id.IncidentId;
import cti.core.id.SiteId;
import cti.core.routing.Caller;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Major incidents that callers hear of. Methods block; they throw StoreUnavailableException. */
public interface IncidentNotices {
  /** All that have not ended before {@code since}. */
  List<IncidentNotice> all(Instant since);

  Optional<IncidentNotice> find(String id);

  void put(IncidentNotice notice);

  /** False where there is none such that has not ended. */
  boolean end(String id, Instant at);

  /** Calls whose callers are affected, in order, at most {@code limit}. */
  List<Affected> affected(String id, int limit);

  /** Somebody who wants to be told. */
  record Affected(CallId call, Instant at, String number) {}

  /**
   * A known incident.
   *
   * @param id 1 to 40 of a-z 0-9 -
   * @param prompt its announcement, an id of the manifest
   * @param incident the ticket
   * @param sites whose callers hear of it; empty for all
   * @param choices what was chosen in a menu; empty for all
   */
  record IncidentNotice(
      String id,
      String prompt,
      Optional<IncidentId> incident,
      Set<SiteId> sites,
      Set<String> choices,
      Instant beginsAt,
      Optional<Instant> endsAt,
      String author) {
    public IncidentNotice {
      sites = Set.copyOf(sites);
      choices = Set.copyOf(choices);
      if (!id.matches("[a-z0-9-]{1,40}")) {
        throw new IllegalArgumentException(
            "id of a notice is '" + id + "', expected 1 to 40 of a-z 0-9 -");
      }
    }

    /** Whether a caller is to hear of it; one whose site is not settled hears what is for all. */
    public boolean concerns(Caller caller, Optional<String> choice, Instant now) {
      return !now.isBefore(beginsAt)
          && endsAt.filter(end -> !now.isBefore(end)).isEmpty()
          && (sites.isEmpty()
              || caller.site().filter(site -> sites.contains(site.id())).isPresent())
          && (choices.isEmpty() || choice.filter(choices::contains).isPresent());
    }
  }
}
