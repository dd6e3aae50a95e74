package cti.core.port;

import cti.core.id.CallId;
import cti.core.routing.Caller;
import cti.core.routing.MajorIncident;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Known major incidents: what callers of a site or a service hear of, from the next call on. */
public interface MajorIncidents {
  /** What a caller is to hear of, the oldest first. From memory: never blocks. */
  List<MajorIncident> concerning(Caller caller, Optional<String> choice);

  /** Newest first, those that are over too. Blocks; throws StoreUnavailableException. */
  List<Entry> list(int limit);

  /** One of them. Blocks; throws StoreUnavailableException. */
  Optional<Entry> find(String id);

  /**
   * Begins one; its id is given here. Blocks; throws StoreUnavailableException.
   *
   * @param by the user who does it
   */
  Saved begin(MajorIncident incident, String by);

  /** Puts another in the place of the one with its id. */
  Saved change(MajorIncident incident, String by);

  /** Nobody hears of it any more. */
  Saved end(String id, String by);

  /**
   * Calls whose callers want to be told of it, in order, at most {@code limit}; empty where there
   * is no such incident. Blocks; throws StoreUnavailableException.
   */
  Optional<List<Affected>> affected(String id, int limit);

  /** Somebody who wants to be told. */
  record Affected(CallId call, Instant at, String number) {}

  /** With who changed it last. */
  record Entry(
      MajorIncident incident, String author, Instant changedAt, Optional<String> endedBy) {}

  /** What came of a change. */
  sealed interface Saved {
    record Done(Entry entry) implements Saved {}

    record NoSuchIncident(String id) implements Saved {}

    /** Something that it names is not there. */
    record Faulty(List<String> faults) implements Saved {
      public Faulty {
        faults = List.copyOf(faults);
      }
    }
  }
}
