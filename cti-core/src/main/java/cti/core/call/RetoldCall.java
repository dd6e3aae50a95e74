package cti.core.call;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Times and parts of a call that the gateway's logs told again after it was over: made of the stays
 * and offers as they stand then, for what was folded event by event was folded of what was not so.
 * The logs know no hold: of a call that they correct it counts as talk.
 */
final class RetoldCall {
  private final Call call;
  private final Instant end;

  RetoldCall(Call call, Instant end) {
    this.call = call;
    this.end = end.isBefore(call.startedAt()) ? call.startedAt() : end;
  }

  /** Waits and talks as they are on record; before the first of them in flow, else ending. */
  CallTimes times() {
    CallTimes times = CallTimes.from(call.startedAt());
    boolean fresh = true;
    for (QueueVisit visit : call.visits()) {
      times = times.spent(fresh ? CallPhase.IN_FLOW : CallPhase.ENDING, false, visit.enteredAt());
      times = times.spent(CallPhase.WAITING, true, visit.leftAt().orElse(end));
      fresh = false;
      for (RingAttempt attempt : visit.attempts()) {
        if (attempt.answeredAt().isPresent()) {
          times = times.spent(CallPhase.ENDING, false, attempt.answeredAt().get());
          times = times.spent(CallPhase.TALKING, false, attempt.endedAt().orElse(end));
        }
      }
    }
    return times.spent(fresh ? CallPhase.IN_FLOW : CallPhase.ENDING, false, end);
  }

  /** An offer's part as the offer stands; those of no offer as they were seen. */
  List<Part> parts() {
    List<RingAttempt> offers =
        call.visits().stream().flatMap(visit -> visit.attempts().stream()).toList();
    List<Part> parts = new ArrayList<>();
    for (Part part : call.parts()) {
      if (offers.stream().noneMatch(offer -> PartFold.of(offer.id()).equals(part.id()))) {
        parts.add(part.ended(end));
      }
    }
    offers.forEach(offer -> parts.add(part(offer)));
    return parts;
  }

  private Part part(RingAttempt offer) {
    PartRole role =
        call.parts().stream()
            .filter(part -> part.id().equals(PartFold.of(offer.id())))
            .map(Part::role)
            .findFirst()
            .orElse(PartRole.QUEUE_AGENT);
    Part.Device device = new Part.Device(offer.agent(), offer.extension().value());
    Part rung =
        Part.begun(
            PartFold.of(offer.id()), role, device, ConnectionState.ALERTING, offer.startedAt());
    Instant ended = offer.endedAt().orElse(end);
    if (offer.answeredAt().isPresent()) {
      return rung.answered(offer.agent(), offer.answeredAt().get()).ended(ended);
    }
    Optional<RingOutcome> how = offer.outcome();
    return how.isPresent() ? rung.failed(how.get(), ended) : rung.ended(ended);
  }
}
