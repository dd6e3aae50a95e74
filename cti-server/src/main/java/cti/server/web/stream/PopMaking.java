package cti.server.web.stream;

import cti.core.call.Call;
import cti.core.call.Direction;
import cti.core.call.QueueVisit;
import cti.core.call.RingAttempt;
import cti.core.id.AgentId;
import cti.core.id.AttemptId;
import cti.core.id.DeskId;
import cti.core.id.SiteId;
import cti.core.incident.IncidentSight;
import cti.server.web.view.IncidentView;
import cti.server.web.view.KeyView;
import cti.server.web.view.PopView;
import cti.server.web.view.Views;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What stands in a screen-pop: made of the call, and made anew where more of it is known. */
final class PopMaking {
  private final Views views;

  PopMaking(Views views) {
    this.views = views;
  }

  /** What rings, since when, and where the caller was before. */
  private record Rings(Instant at, String extension, Optional<DeskId> desk, String queue) {}

  /** The number of whom our side talks to, as presented or dialled; possibly empty. */
  static String number(Call call) {
    Call.Origin origin = call.origin();
    return origin.direction() == Direction.OUTBOUND
        ? origin.dialledNumber()
        : origin.callingNumber();
  }

  /** The first revision; empty where the call knows of no such ring. */
  Optional<PopView> of(
      Call call,
      AttemptId attempt,
      AgentId agent,
      List<IncidentView> incidents,
      String incidentsState) {
    return rings(call, attempt)
        .map(
            rings ->
                new PopView(
                    attempt.value(),
                    1,
                    call.id().value(),
                    agent.value(),
                    rings.at(),
                    rings.extension(),
                    number(call),
                    call.origin().callingName(),
                    views.persons(call.matches()),
                    call.keys().stream().map(KeyView::of).toList(),
                    waited(call, rings).toSeconds(),
                    rings.desk().map(DeskId::value),
                    views.deskName(rings.desk()),
                    rings.queue(),
                    incidents,
                    incidentsState));
  }

  private static Duration waited(Call call, Rings rings) {
    Instant since = call.visits().isEmpty() ? rings.at() : call.visits().getFirst().enteredAt();
    return since.isBefore(rings.at()) ? Duration.between(since, rings.at()) : Duration.ZERO;
  }

  private static Optional<Rings> rings(Call call, AttemptId attempt) {
    for (QueueVisit visit : call.visits()) {
      for (RingAttempt ring : visit.attempts()) {
        if (ring.id().equals(attempt)) {
          return Optional.of(
              new Rings(
                  ring.startedAt(),
                  ring.extension().value(),
                  visit.desk().or(call::desk),
                  visit.queue().value()));
        }
      }
    }
    return call.parts().stream()
        .filter(part -> part.id().value().equals(attempt.value()))
        .findFirst()
        .map(
            part ->
                new Rings(
                    part.times().startedAt(),
                    part.device().number(),
                    call.desk(),
                    call.lastVisit().map(visit -> visit.queue().value()).orElse("")));
  }

  /** The next revision, with the incidents that have come. */
  static PopView with(PopView pop, List<IncidentView> incidents, String incidentsState) {
    return copy(pop, pop.revision() + 1, incidents, incidentsState);
  }

  /** Without the incidents that somebody does not see. */
  static PopView seenBy(Scope scope, PopView pop) {
    if (scope.incidents().isEmpty() || pop.incidents().isEmpty()) {
      return pop;
    }
    IncidentSight sight = scope.incidents().get();
    List<IncidentView> seen =
        pop.incidents().stream()
            .filter(
                one ->
                    sight.covers(one.desk().map(DeskId::new), one.site().map(SiteId::new))
                        || sight.agent().map(AgentId::value).equals(one.owner())
                            && one.owner().isPresent())
            .toList();
    return copy(pop, pop.revision(), seen, pop.incidentsState());
  }

  /** The same as another revision. */
  static PopView revision(PopView pop, int revision) {
    return copy(pop, revision, pop.incidents(), pop.incidentsState());
  }

  private static PopView copy(
      PopView pop, int revision, List<IncidentView> incidents, String incidentsState) {
    return new PopView(
        pop.id(),
        revision,
        pop.call(),
        pop.agent(),
        pop.at(),
        pop.extension(),
        pop.number(),
        pop.callingName(),
        pop.callers(),
        pop.keys(),
        pop.waitedSeconds(),
        pop.desk(),
        pop.deskName(),
        pop.queue(),
        incidents,
        incidentsState);
  }
}
