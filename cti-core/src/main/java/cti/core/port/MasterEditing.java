package cti.core.port;

import cti.core.agent.Agent;
import cti.core.desk.Desk;
import cti.core.desk.Site;
import cti.core.id.AgentId;
import cti.core.id.DeskId;
import cti.core.id.SiteId;
import cti.core.port.MasterRecords.Master;
import cti.core.port.MasterRecords.Placed;
import java.util.List;
import java.util.Optional;

/**
 * Edits of sites, desks and agents by hand. Each is checked with all that depends on it, audited,
 * and in use with the next call. Everything blocks and throws {@link StoreUnavailableException}.
 */
public interface MasterEditing {
  Master read();

  /**
   * Adds a site or changes one; the dial plan of one that has people is changed by a preview.
   *
   * @param version of the site as the editor saw it; empty to add one
   */
  Saved saveSite(Placed<Site> site, Optional<String> version, String by);

  /** The rules for recordings stay as they are, and are none for a new desk. */
  Saved saveDesk(Placed<Desk> desk, Optional<String> version, String by);

  Saved saveAgent(Agent agent, Optional<String> version, String by);

  Saved remove(SiteId site, String version, String by);

  Saved remove(DeskId desk, String version, String by);

  Saved remove(AgentId agent, String version, String by);

  /** What came of it; where it is not Done, nothing was written. */
  sealed interface Saved {
    record Done() implements Saved {}

    record NoSuchThing() implements Saved {}

    record AlreadyThere() implements Saved {}

    /** Somebody changed it meanwhile. */
    record Outdated() implements Saved {}

    /** Each names the offending value and what was expected. */
    record Faulty(List<String> faults) implements Saved {
      public Faulty {
        faults = List.copyOf(faults);
      }
    }

    /**
     * Something else depends on it, or the call flow does not fit.
     *
     * @param id stable, such as site-in-use
     */
    record Refused(String id, String reason) implements Saved {}
  }
}
