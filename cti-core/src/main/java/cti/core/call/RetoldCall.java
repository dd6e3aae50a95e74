package cti.core.call;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Times and parts of a call that the gateway's logs told again after it was over: made of the
 * stays, offers and parts as they stand then, for what was folded event by event was folded of what
 * was not so. The logs know no hold: a talk that they tell is talk from end to end; one that was
 * seen keeps its holds.
 */
final class RetoldCall {
  private final Call call;
  private final Instant end;
  private final List<Part> parts;

  RetoldCall(Call call, Instant end) {
    this.call = call;
    this.end = end.isBefore(call.startedAt()) ? call.startedAt() : end;
    this.parts = corrected();
  }

  /** In the order in which they came. */
  List<Part> parts() {
    return parts;
  }

  /** An offer's part as the offer stands; those of no offer as they are. */
  private List<Part> corrected() {
    List<RingAttempt> offers =
        call.visits().stream().flatMap(visit -> visit.attempts().stream()).toList();
    List<Part> all = new ArrayList<>();
    for (Part part : call.parts()) {
      if (offers.stream().noneMatch(offer -> PartFold.of(offer.id()).equals(part.id()))) {
        all.add(part.ended(end));
      }
    }
    Part caller = all.removeFirst();
    offers.forEach(offer -> all.add(part(offer)));
    all.sort(Comparator.comparing(part -> part.times().startedAt()));
    all.addFirst(caller);
    return all;
  }

  private Part part(RingAttempt offer) {
    Optional<Part> known =
        call.parts().stream().filter(part -> part.id().equals(PartFold.of(offer.id()))).findFirst();
    PartRole role = known.map(part -> role(part, offer)).orElse(PartRole.QUEUE_AGENT);
    if (known.filter(part -> part.role() == role && unchanged(part, offer)).isPresent()) {
      return known.get();
    }
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

  /**
   * Behind an outage a snapshot may show the agent of a queue who asks a colleague as somebody
   * asked or called; the caller's own stay in that queue says better.
   */
  private PartRole role(Part known, RingAttempt offer) {
    boolean guessed =
        known.role() == PartRole.CONSULTED
            || known.role() == PartRole.CALLED
            || known.role() == PartRole.TRANSFERRED_TO && first(offer);
    boolean ofTheCaller =
        call.visits().stream()
            .filter(visit -> visit.id().value().startsWith(call.id().value() + "#"))
            .flatMap(visit -> visit.attempts().stream())
            .anyMatch(each -> each.id().equals(offer.id()));
    return guessed && ofTheCaller ? PartRole.QUEUE_AGENT : known.role();
  }

  /** Whether nobody talked to the caller before, who could have handed them on. */
  private boolean first(RingAttempt offer) {
    return offer.answeredAt().isPresent()
        && call.parts().stream()
            .filter(part -> part.role().withCaller() && !part.id().equals(PartFold.of(offer.id())))
            .flatMap(part -> part.times().answeredAt().stream())
            .noneMatch(at -> at.isBefore(offer.answeredAt().get()));
  }

  private static boolean unchanged(Part part, RingAttempt offer) {
    return part.device().agent().equals(offer.agent())
        && part.times().startedAt().equals(offer.startedAt())
        && part.times().answeredAt().equals(offer.answeredAt())
        && part.times().endedAt().isPresent()
        && part.times().endedAt().equals(offer.endedAt());
  }

  /**
   * What the caller did from one change to the next: who talks to somebody does not wait, who waits
   * in a queue is not rung for outside it.
   */
  CallTimes times() {
    TreeSet<Instant> changes = new TreeSet<>();
    changes.add(end);
    call.visits().forEach(visit -> add(changes, visit.enteredAt(), visit.leftAt()));
    for (Part part : others()) {
      add(changes, part.times().startedAt(), part.times().endedAt());
      part.times().answeredAt().ifPresent(changes::add);
    }
    CallTimes times = CallTimes.from(call.startedAt());
    boolean fresh = true;
    for (Instant until : changes) {
      if (until.isAfter(end)) {
        break;
      }
      Instant from = times.until();
      boolean waits = call.visits().stream().anyMatch(visit -> within(visit, from));
      CallPhase phase = phase(from, waits, fresh);
      fresh &= phase == CallPhase.IN_FLOW;
      times = times.spent(phase, waits, until);
    }
    return times.withHold(held());
  }

  private CallPhase phase(Instant at, boolean waits, boolean fresh) {
    if (others().stream().anyMatch(part -> talks(part, at))) {
      return CallPhase.TALKING;
    }
    if (waits) {
      return CallPhase.WAITING;
    }
    if (others().stream().anyMatch(part -> rings(part, at))) {
      return CallPhase.RINGING;
    }
    return fresh ? CallPhase.IN_FLOW : CallPhase.ENDING;
  }

  /** Those with the caller, or who were called for them. */
  private List<Part> others() {
    return parts.stream().filter(part -> part.role().withCaller()).toList();
  }

  private static void add(TreeSet<Instant> changes, Instant from, Optional<Instant> until) {
    changes.add(from);
    until.ifPresent(changes::add);
  }

  private boolean within(QueueVisit visit, Instant at) {
    return !visit.enteredAt().isAfter(at) && visit.leftAt().orElse(end).isAfter(at);
  }

  private static boolean talks(Part part, Instant at) {
    return part.times().answeredAt().filter(answered -> !answered.isAfter(at)).isPresent()
        && part.times().endedAt().filter(ended -> !ended.isAfter(at)).isEmpty();
  }

  private static boolean rings(Part part, Instant at) {
    return !part.times().startedAt().isAfter(at)
        && part.times().answeredAt().or(() -> part.times().endedAt()).orElse(at).isAfter(at);
  }

  private Duration held() {
    return others().stream().map(part -> part.times().held()).reduce(Duration.ZERO, Duration::plus);
  }
}
