package cti.core.port;

import cti.core.agent.Agent;
import cti.core.desk.Desk;
import cti.core.desk.Site;
import cti.core.directory.Fingerprint;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sites, desks and agents on record. Everything blocks and throws {@link
 * StoreUnavailableException}.
 */
public interface MasterRecords {
  /** Everything; sites and desks in their order of display. */
  Master read();

  /**
   * Writes a change and its audit line; throws where the database refuses it.
   *
   * @return the directory's revision from then on
   */
  long write(MasterChange change, String by);

  /** All master data but the people. */
  record Master(List<Placed<Site>> sites, List<Placed<Desk>> desks, List<Agent> agents) {
    public Master {
      sites = List.copyOf(sites);
      desks = List.copyOf(desks);
      agents = List.copyOf(agents);
    }
  }

  /**
   * Something and its place in the order of display.
   *
   * @param ordinal 0 to 9999; equals stand by their ids
   */
  record Placed<T>(T it, int ordinal) {}

  /**
   * One thing that comes, changes or goes.
   *
   * @param before empty for something new
   * @param after empty for something that goes
   */
  sealed interface MasterChange {
    record OfSite(Optional<Placed<Site>> before, Optional<Placed<Site>> after)
        implements MasterChange {}

    record OfDesk(Optional<Placed<Desk>> before, Optional<Placed<Desk>> after)
        implements MasterChange {}

    record OfAgent(Optional<Agent> before, Optional<Agent> after) implements MasterChange {}
  }

  /** Another one where anything is different: for optimistic locking. */
  static String version(Map<String, ?> facts) {
    return Fingerprint.of(facts);
  }
}
