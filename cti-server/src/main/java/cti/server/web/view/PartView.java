package cti.server.web.view;

import cti.core.call.Part;
import cti.core.id.AgentId;
import cti.server.web.http.Words;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * One device's part in a call.
 *
 * @param role caller, queue-agent, called, consulted, transferred-to, conferenced
 * @param number extension, or number as presented or dialled; may be empty
 * @param state initiated, alerting, connected, held, queued, failed, null (no longer in the call)
 * @param failure why it never took part, where that is so
 * @param talkedSeconds, heldSeconds up to the last change of its state
 */
public record PartView(
    String connection,
    String role,
    Optional<String> agent,
    Optional<String> agentName,
    String number,
    String state,
    Instant startedAt,
    Optional<Instant> answeredAt,
    Instant stateSince,
    Optional<Instant> endedAt,
    Optional<String> failure,
    long talkedSeconds,
    long heldSeconds) {

  static PartView of(Part part, Function<AgentId, String> names) {
    return new PartView(
        part.id().value(),
        Words.of(part.role()),
        part.device().agent().map(AgentId::value),
        part.device().agent().map(names),
        part.device().number(),
        Words.of(part.state()),
        part.times().startedAt(),
        part.times().answeredAt(),
        part.times().stateSince(),
        part.times().endedAt(),
        part.failure().map(Words::of),
        part.times().talked().toSeconds(),
        part.times().held().toSeconds());
  }
}
