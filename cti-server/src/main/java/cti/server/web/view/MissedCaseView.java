package cti.server.web.view;

import cti.core.id.AgentId;
import cti.core.id.DeskId;
import cti.core.missed.Closing;
import cti.core.missed.MissedCase;
import cti.server.web.http.Words;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A missed case.
 *
 * @param callers one where the person is known, everybody who may have called otherwise
 * @param closedByCall the talk that closed it
 */
public record MissedCaseView(
    String id,
    String state,
    Optional<String> desk,
    Optional<String> deskName,
    String queue,
    Instant openedAt,
    Instant lastMissedAt,
    int calls,
    List<String> numbers,
    List<CallerView> callers,
    Optional<Instant> closedAt,
    Optional<String> closedByCall,
    Optional<String> closedByAgent,
    Optional<String> closedByUser,
    Optional<String> reason) {

  public static MissedCaseView of(MissedCase one, Views views) {
    Optional<Closing> closing = one.closing();
    Optional<Closing.ByTalk> talk =
        closing.filter(Closing.ByTalk.class::isInstance).map(Closing.ByTalk.class::cast);
    Optional<Closing.ByHand> hand =
        closing.filter(Closing.ByHand.class::isInstance).map(Closing.ByHand.class::cast);
    return new MissedCaseView(
        one.id().value(),
        Words.of(one.state()),
        one.desk().map(DeskId::value),
        views.deskName(one.desk()),
        one.queue().value(),
        one.openedAt(),
        one.lastMissedAt(),
        one.calls().size(),
        one.numbers(),
        views.callers(one.people()),
        closing.map(Closing::at),
        talk.map(by -> by.call().value()),
        talk.flatMap(Closing.ByTalk::agent).map(AgentId::value),
        hand.map(Closing.ByHand::by),
        hand.map(Closing.ByHand::reason));
  }
}
