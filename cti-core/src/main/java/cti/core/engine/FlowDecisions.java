package cti.core.engine;

import cti.core.call.Call;
import cti.core.call.EventCause;
import cti.core.call.QueueVisit;
import cti.core.call.RingAttempt;
import cti.core.event.CallEvent.CallerIdentified;
import cti.core.event.CallEvent.DigitsDialled;
import cti.core.event.CallEvent.FlowEnded;
import cti.core.event.CallEvent.Routed;
import cti.core.event.CallerEvent.AffectedByIncident;
import cti.core.event.CallerEvent.MessageBegun;
import cti.core.event.CallerEvent.SurveyAnswered;
import cti.core.id.AgentId;
import cti.core.id.DeskId;
import cti.core.id.VoicemailId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What becomes of what the flow tells of a call. */
final class FlowDecisions {
  private FlowDecisions() {}

  static void told(Call call, FlowInput input, Turn turn, Instant now) {
    switch (input) {
      case FlowInput.CallerLookedUp e ->
          turn.happen(
              new CallerIdentified(call.id(), now, EventCause.NORMAL, e.number(), e.matches()));
      case FlowInput.CallerNamed e ->
          turn.happen(
              new CallerIdentified(
                  call.id(),
                  now,
                  EventCause.NORMAL,
                  call.origin().callingNumber(),
                  List.of(e.staff())));
      case FlowInput.KeysPressed e ->
          turn.happen(new DigitsDialled(call.id(), now, EventCause.NORMAL, e.node(), e.digits()));
      case FlowInput.DeskChosen e ->
          turn.happen(
              new Routed(
                  call.id(),
                  now,
                  EventCause.NORMAL,
                  e.desk(),
                  e.queue(),
                  e.rule(),
                  e.explanation(),
                  e.details()));
      case FlowInput.FlowOver e ->
          turn.happen(new FlowEnded(call.id(), now, EventCause.NORMAL, e.node()));
      case FlowInput.SurveyGiven e ->
          turn.happen(
              new SurveyAnswered(call.id(), now, e.node(), e.mark(), desk(call), agent(call)));
      case FlowInput.Affected e -> turn.happen(new AffectedByIncident(call.id(), now, e.notice()));
      case FlowInput.MessageBegins e ->
          turn.happen(
              new MessageBegun(
                  VoicemailId.of(call.id(), e.channel(), e.part()),
                  call.id(),
                  now,
                  e.desk(),
                  e.file(),
                  e.longest()));
    }
  }

  /** The desk whose agent talked last. */
  private static Optional<DeskId> desk(Call call) {
    return call.visits().reversed().stream()
        .filter(visit -> talked(visit).isPresent())
        .findFirst()
        .flatMap(QueueVisit::desk);
  }

  private static Optional<AgentId> agent(Call call) {
    return call.visits().reversed().stream()
        .flatMap(visit -> talked(visit).stream())
        .findFirst()
        .flatMap(RingAttempt::agent);
  }

  private static Optional<RingAttempt> talked(QueueVisit visit) {
    return visit.attempts().stream()
        .filter(attempt -> attempt.answeredAt().isPresent())
        .reduce((before, last) -> last);
  }
}
