package cti.core.port;

/** Takes master data from the database anew: what somebody changed there is in use at once. */
@FunctionalInterface
public interface CatalogReload {
  /** Blocks; throws {@link StoreUnavailableException}. */
  Outcome reload();

  /** What came of it. */
  sealed interface Outcome {
    /** What is in memory now. */
    record Loaded(int sites, int desks, int agents, int staff) implements Outcome {}

    /** What the database holds cannot be used; what was in memory stays. */
    record Refused(String reason) implements Outcome {}
  }
}
