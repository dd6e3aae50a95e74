package cti.server.db.calls;

import cti.core.call.Call;
import cti.core.call.CallTimes;
import cti.core.call.DataQuality;
import cti.core.call.Direction;
import cti.core.call.EventCause;
import cti.core.call.Part;
import cti.core.call.PartRole;
import cti.core.call.RingOutcome;
import cti.core.event.CallEvent;
import cti.core.event.CallEvent.CallCleared;
import cti.core.event.CallEvent.CallMissed;
import cti.core.event.CallEvent.CallRecovered;
import cti.core.event.CallEvent.CallerIdentified;
import cti.core.event.CallEvent.CallsMerged;
import cti.core.event.CallEvent.Conferenced;
import cti.core.event.CallEvent.ConnectionCleared;
import cti.core.event.CallEvent.Delivered;
import cti.core.event.CallEvent.DigitsDialled;
import cti.core.event.CallEvent.Diverted;
import cti.core.event.CallEvent.Established;
import cti.core.event.CallEvent.Failed;
import cti.core.event.CallEvent.FellBack;
import cti.core.event.CallEvent.FlowEnded;
import cti.core.event.CallEvent.Held;
import cti.core.event.CallEvent.Originated;
import cti.core.event.CallEvent.PartDelivered;
import cti.core.event.CallEvent.PartEnded;
import cti.core.event.CallEvent.PartEstablished;
import cti.core.event.CallEvent.QueueVisitEnded;
import cti.core.event.CallEvent.Queued;
import cti.core.event.CallEvent.Retrieved;
import cti.core.event.CallEvent.Routed;
import cti.core.event.CallEvent.ServiceInitiated;
import cti.core.event.CallEvent.TalkEnded;
import cti.core.event.CallEvent.Transferred;
import cti.core.id.AgentId;
import cti.core.id.AttemptId;
import cti.core.id.DeskId;
import cti.core.id.QueueName;
import cti.core.id.StaffId;
import cti.core.id.VisitId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * All that is on record of one call, and how each event changes it. Never refuses an event: what
 * should have come before and did not is made up from the event itself, and the record is marked as
 * recovered. Texts are cut to the width of their columns.
 */
final class CallFile {
  final CallRecordRow call;
  final Map<String, VisitRow> visits = new LinkedHashMap<>();
  final Map<String, AttemptRow> attempts = new LinkedHashMap<>();
  private final Map<String, String> siteOfDesk;
  private Optional<List<StaffId>> newMatches = Optional.empty();
  private Optional<CallMissed> missed = Optional.empty();
  private boolean missedStruck;
  private List<PartRow> parts = List.of();
  private Optional<CallFile> onRecord = Optional.empty();

  CallFile(CallRecordRow call, Map<String, String> siteOfDesk) {
    this.call = call;
    this.siteOfDesk = siteOfDesk;
  }

  /** The file of a call that nothing is on record of. */
  static CallFile opened(CallEvent first, Map<String, String> siteOfDesk) {
    CallRecordRow row = new CallRecordRow();
    row.callId = first.call().value();
    row.startedAt = first.at();
    row.direction = Direction.OTHER.name();
    row.dataQuality =
        (first instanceof ServiceInitiated ? DataQuality.LIVE : DataQuality.RECOVERED).name();
    return new CallFile(row, siteOfDesk);
  }

  /**
   * A copy to fold further events into.
   *
   * @param siteOfDesk as it is now
   */
  CallFile reopened(Map<String, String> siteOfDesk) {
    CallFile copy = new CallFile(call.copy(), siteOfDesk);
    visits.forEach((id, row) -> copy.visits.put(id, row.copy()));
    attempts.forEach((id, row) -> copy.attempts.put(id, row.copy()));
    copy.parts = parts;
    copy.onRecord = Optional.of(this);
    return copy;
  }

  /** Stored: what came before is of no use any more. */
  CallFile stored() {
    onRecord = Optional.empty();
    return this;
  }

  /** Rows that are not on record as they are now. */
  List<VisitRow> changedVisits() {
    return visits.values().stream()
        .filter(
            row -> {
              VisitRow before = onRecord.map(file -> file.visits.get(row.visitId)).orElse(null);
              return before == null || !before.values().equals(row.values());
            })
        .toList();
  }

  /** As {@link #changedVisits}. */
  List<AttemptRow> changedAttempts() {
    return attempts.values().stream()
        .filter(
            row -> {
              AttemptRow before =
                  onRecord.map(file -> file.attempts.get(row.attemptId)).orElse(null);
              return before == null || !before.values().equals(row.values());
            })
        .toList();
  }

  /** As {@link #changedVisits}; none where the begin of the call is not on record. */
  List<PartRow> changedParts() {
    List<PartRow> before = onRecord.map(file -> file.parts).orElse(List.of());
    return parts.stream().filter(row -> !before.contains(row)).toList();
  }

  /** Present where the events told who calls. */
  Optional<List<StaffId>> newMatches() {
    return newMatches;
  }

  Optional<CallMissed> missed() {
    return missed;
  }

  /** Whether what was on record of a missed call no longer holds. */
  boolean missedStruck() {
    return missedStruck;
  }

  void apply(CallEvent event) {
    if (event.cause() == EventCause.RESYNC && call.dataQuality.equals(DataQuality.LIVE.name())) {
      call.dataQuality = DataQuality.RECOVERED.name();
    }
    switch (event) {
      case ServiceInitiated initiated -> initiated(initiated);
      case Originated _ -> {}
      case CallerIdentified identified -> newMatches = Optional.of(identified.matches());
      case DigitsDialled dialled ->
          call.keysPressed =
              cut((call.keysPressed + " " + dialled.node() + "=" + dialled.digits()).strip(), 255);
      case Routed routed -> routed(routed);
      case FlowEnded ended -> call.flowEndedAtNode = cut(ended.node(), 100);
      case FellBack back -> call.fallbackReason = cut(back.reason(), 255);
      case Queued queued -> queued(queued);
      case Delivered delivered -> delivered(delivered);
      case Diverted diverted -> diverted(diverted);
      case Established established -> established(established);
      case QueueVisitEnded ended -> visitEnded(ended);
      case TalkEnded ended -> talkEnded(ended);
      case Transferred _ -> call.transfers++;
      case ConnectionCleared _,
          PartDelivered _,
          PartEstablished _,
          Failed _,
          PartEnded _,
          Held _,
          Retrieved _,
          Conferenced _,
          CallsMerged _ -> {}
      case CallMissed nobody -> missed = Optional.of(nobody);
      case CallCleared cleared -> cleared(cleared);
      case CallRecovered recovered -> recovered(recovered);
    }
  }

  /** From here on the gateway's logs tell: their word takes the place of what is here. */
  private void recovered(CallRecovered event) {
    call.recoveredAt = event.at();
    call.recoveredFrom = cut(event.source(), 64);
    call.transfers = 0;
    missed = Optional.empty();
    missedStruck = true;
  }

  private boolean recovered() {
    return call.recoveredAt != null;
  }

  /** Times and devices, as the core has them after the last of the events. */
  void folded(Call now) {
    CallTimes times = now.times();
    call.flowMs = times.inFlow().toMillis();
    call.waitMs = times.waiting().toMillis();
    call.ringMs = times.ringing().toMillis();
    call.talkMs = times.talking().toMillis();
    call.holdMs = times.onHold().toMillis();
    call.endingMs = times.ending().toMillis();
    parts = IntStream.range(0, now.parts().size()).mapToObj(i -> PartRow.of(now, i)).toList();
    Optional<Part> first =
        now.parts().stream()
            .filter(part -> part.times().answeredAt().isPresent())
            .filter(part -> part.role() != PartRole.CALLER && part.role() != PartRole.CONSULTED)
            .findFirst();
    if (call.answeredAt == null) {
      call.answeredAt = first.flatMap(part -> part.times().answeredAt()).orElse(null);
    }
    if (call.agentId == null) {
      call.agentId =
          first
              .flatMap(part -> part.device().agent())
              .or(() -> now.parts().getFirst().device().agent())
              .map(AgentId::value)
              .orElse(null);
    }
  }

  private void initiated(ServiceInitiated event) {
    call.gateway = event.gateway().value();
    call.direction = event.direction().name();
    call.channelName = cut(event.channelName(), 255);
    call.callingNumber = cut(event.callingNumber(), 64);
    call.callingName = cut(event.callingName(), 100);
    call.dialledNumber = cut(event.dialledNumber(), 64);
    call.startedAt = event.at();
  }

  private void routed(Routed event) {
    given(event.desk(), event.queue());
    call.routingRule = cut(event.rule(), 100);
    call.explanation = cut(event.explanation(), 1000);
    event.details().ifPresent(details -> call.routingVersion = details.version());
  }

  private void given(DeskId desk, QueueName queue) {
    call.deskId = desk.value();
    call.queueName = queue.value();
    call.siteId = siteOfDesk.get(desk.value());
  }

  private void queued(Queued event) {
    VisitRow visit = visit(event.visit(), event.at());
    visit.queueName = event.queue().value();
    visit.deskId = event.desk().map(DeskId::value).orElse(null);
    visit.enteredAt = event.at();
    visit.entryPosition = event.position();
    boolean last = visits.values().stream().noneMatch(other -> other.enteredAt.isAfter(event.at()));
    if (!last) {
      count();
      return;
    }
    if (event.desk().isPresent()) {
      given(event.desk().get(), event.queue());
    } else {
      call.queueName = event.queue().value();
    }
    if (recovered()) {
      count();
    }
  }

  private void delivered(Delivered event) {
    AttemptRow attempt =
        attempt(
            event.attempt(), event.visit(), event.at(), event.agent(), event.extension().value());
    if (recovered()) {
      attempt.deliveredAt = event.at();
      attempt.ringMs = attempt.endedAt == null ? 0 : millis(attempt.deliveredAt, attempt.endedAt);
    }
  }

  private void diverted(Diverted event) {
    AttemptRow attempt = attempt(event.attempt(), event.visit(), event.at(), Optional.empty(), "");
    endRinging(attempt, event.at(), event.outcome());
  }

  private void established(Established event) {
    AttemptRow attempt =
        attempt(
            event.attempt(), event.visit(), event.at(), event.agent(), event.extension().value());
    endRinging(attempt, event.at(), RingOutcome.ANSWERED);
    attempt.agentId = event.agent().map(AgentId::value).orElse(attempt.agentId);
    if (attempt.talkEndedAt != null) {
      attempt.talkMs = millis(attempt.endedAt, attempt.talkEndedAt);
    }
    VisitRow visit = visit(event.visit(), event.at());
    if (visit.answeredAt == null || recovered()) {
      visit.answeredAt = event.at();
    }
    if (call.answeredAt == null || recovered()) {
      attempts.values().stream()
          .filter(any -> RingOutcome.ANSWERED.name().equals(any.outcome))
          .min(Comparator.comparing(any -> any.endedAt))
          .ifPresent(this::firstTalk);
    }
    count();
  }

  private void firstTalk(AttemptRow first) {
    call.answeredAt = first.endedAt;
    call.agentId = call.agentId == null || recovered() ? first.agentId : call.agentId;
  }

  private static void endRinging(AttemptRow attempt, Instant at, RingOutcome outcome) {
    attempt.endedAt = at;
    attempt.outcome = outcome.name();
    attempt.ringMs = millis(attempt.deliveredAt, at);
  }

  private void visitEnded(QueueVisitEnded event) {
    VisitRow visit = visit(event.visit(), event.at());
    visit.leftAt = event.at();
    visit.outcome = event.outcome().name();
    visit.exitPosition = event.position();
    count();
  }

  private void talkEnded(TalkEnded event) {
    AttemptRow attempt = attempt(event.attempt(), event.visit(), event.at(), event.agent(), "");
    attempt.talkEndedAt = event.at();
    attempt.talkClearedBy = event.by().name();
    attempt.talkMs = attempt.endedAt == null ? 0 : millis(attempt.endedAt, event.at());
    count();
  }

  private void cleared(CallCleared event) {
    call.endedAt = event.at();
    call.outcome = event.outcome().name();
    call.clearedBy = event.by().name();
    call.dataQuality = event.quality().name();
  }

  private VisitRow visit(VisitId id, Instant at) {
    return visits.computeIfAbsent(
        id.value(),
        missing -> {
          VisitRow row = new VisitRow();
          row.visitId = missing;
          row.callId = call.callId;
          row.queueName = call.queueName == null ? "" : call.queueName;
          row.enteredAt = at;
          return row;
        });
  }

  private AttemptRow attempt(
      AttemptId id, VisitId visit, Instant at, Optional<AgentId> agent, String extension) {
    AttemptRow known = attempts.get(id.value());
    if (known != null) {
      return known;
    }
    AttemptRow row = new AttemptRow();
    row.attemptId = id.value();
    row.visitId = visit.value();
    row.callId = call.callId;
    row.agentId = agent.map(AgentId::value).orElse(null);
    row.extension = extension;
    row.deliveredAt = at;
    attempts.put(row.attemptId, row);
    VisitRow of = visit(visit, at);
    of.offers++;
    of.agentsOffered =
        (int)
            attempts.values().stream()
                .filter(attempt -> attempt.visitId.equals(of.visitId))
                .map(attempt -> attempt.extension)
                .distinct()
                .count();
    return row;
  }

  private void count() {
    for (VisitRow visit : visits.values()) {
      Instant end = visit.answeredAt != null ? visit.answeredAt : visit.leftAt;
      visit.waitMs = end == null ? 0 : millis(visit.enteredAt, end);
    }
    call.waitMs = visits.values().stream().mapToLong(visit -> visit.waitMs).sum();
    call.talkMs = attempts.values().stream().mapToLong(attempt -> attempt.talkMs).sum();
  }

  /** Stamps of two clocks may run backwards by a little; a duration never does. */
  private static long millis(Instant from, Instant to) {
    return Math.max(0, Duration.between(from, to).toMillis());
  }

  static String cut(String text, int most) {
    return text.codePointCount(0, text.length()) <= most
        ? text
        : text.substring(0, text.offsetByCodePoints(0, most));
  }
}
