package cti.core.supervision;

import cti.core.event.SupervisorEvent.ListeningAsked;
import cti.core.event.SupervisorEvent.ListeningEnded;
import cti.core.event.SupervisorEvent.ListeningEvent;
import cti.core.event.SupervisorEvent.ListeningHeard;
import cti.core.id.AgentId;
import cti.core.id.CallId;
import cti.core.id.DeskId;
import cti.core.id.Extension;
import cti.core.id.ListeningId;
import java.time.Instant;
import java.util.Optional;

/**
 * A supervisor's phone at an agent's talk, folded from its events.
 *
 * @param told whether the agent is told
 * @param since when the talk was heard first; empty while the supervisor's phone rings
 * @param ended empty while it lasts
 */
public record Listening(
    ListeningId id,
    CallId call,
    AgentId agent,
    Optional<DeskId> desk,
    Extension extension,
    ListeningMode mode,
    boolean told,
    ActBy by,
    Instant askedAt,
    Optional<Instant> since,
    Optional<ListeningEnd> ended) {

  public static Listening asked(ListeningAsked event) {
    return new Listening(
        event.listening(),
        event.call(),
        event.agent(),
        event.desk(),
        event.extension(),
        event.mode(),
        event.told(),
        new ActBy(event.user(), event.name(), Optional.empty()),
        event.at(),
        Optional.empty(),
        Optional.empty());
  }

  /** Whether the supervisor hears the talk. */
  public boolean heard() {
    return since.isPresent();
  }

  /** This one after {@code event}. */
  public Listening apply(ListeningEvent event) {
    return switch (event) {
      case ListeningAsked _ -> this;
      case ListeningHeard e ->
          with(call, e.mode(), since.or(() -> Optional.of(e.at())), Optional.empty());
      case ListeningEnded e -> with(call, mode, since, Optional.of(e.end()));
    };
  }

  /** Its call became part of another one. */
  Listening of(CallId other) {
    return with(other, mode, since, ended);
  }

  private Listening with(
      CallId ofCall, ListeningMode how, Optional<Instant> heard, Optional<ListeningEnd> end) {
    return new Listening(id, ofCall, agent, desk, extension, how, told, by, askedAt, heard, end);
  }
}
