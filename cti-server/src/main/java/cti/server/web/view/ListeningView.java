package cti.server.web.view;

import cti.core.supervision.Listening;
import cti.server.web.http.Words;
import java.time.Instant;
import java.util.Optional;

/**
 * A supervisor's phone at an agent's talk.
 *
 * @param mode listen, whisper, barge
 * @param told whether the agent is told
 * @param user of the supervisor
 * @param by the supervisor's name
 * @param since when the talk was heard first; absent while the supervisor's phone rings
 * @param end over, not-answered, refused or unseen; absent while it lasts
 */
public record ListeningView(
    String id,
    String call,
    String agent,
    String agentName,
    Optional<String> desk,
    String extension,
    String mode,
    boolean told,
    String user,
    String by,
    Instant askedAt,
    Optional<Instant> since,
    Optional<String> end) {
  static ListeningView of(Listening listening, String agentName) {
    return new ListeningView(
        listening.id().value(),
        listening.call().value(),
        listening.agent().value(),
        agentName,
        listening.desk().map(desk -> desk.value()),
        listening.extension().value(),
        Words.of(listening.mode()),
        listening.told(),
        listening.by().user(),
        listening.by().name(),
        listening.askedAt(),
        listening.since(),
        listening.ended().map(Words::of));
  }
}
