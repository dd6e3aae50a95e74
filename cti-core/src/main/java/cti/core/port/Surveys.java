package cti.core.port;

import cti.core.id.AgentId;
import cti.core.id.CallId;
import cti.core.id.DeskId;
import cti.core.id.IncidentId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Marks that callers gave. Methods block; they throw StoreUnavailableException. */
public interface Surveys {
  /** Newest first. */
  Page<Answer> list(Filter filter, Optional<Page.Key> after, int limit);

  /** Of all answers that the filter takes. */
  Figures figures(Filter filter);

  /**
   * Which; an empty part does not restrict.
   *
   * @param sight only those of these desks
   */
  record Filter(
      CallHistory.Period period,
      Optional<CallId> call,
      Optional<IncidentId> incident,
      Optional<DeskId> desk,
      Optional<AgentId> agent,
      Optional<Set<DeskId>> sight) {}

  /**
   * A mark.
   *
   * @param mark 1 (worst) to 5
   * @param incidents that the call is linked to
   */
  record Answer(
      CallId call,
      String node,
      Instant at,
      int mark,
      Optional<DeskId> desk,
      Optional<AgentId> agent,
      List<IncidentId> incidents) {
    public Answer {
      incidents = List.copyOf(incidents);
    }
  }

  /**
   * How many there are, and how many of each mark.
   *
   * @param marks of 1 to 5, in that order
   */
  record Figures(long answers, long sum, List<Long> marks) {
    public Figures {
      marks = List.copyOf(marks);
    }
  }
}
