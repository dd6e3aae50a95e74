package cti.server.db.missed;

import cti.core.call.CallOutcome;
import cti.core.call.ClearedBy;
import cti.core.call.DataQuality;
import cti.core.call.Direction;
import cti.core.call.EventCause;
import cti.core.call.PartRole;
import cti.core.call.QueueOutcome;
import cti.core.event.CallEvent;
import cti.core.event.CallEvent.CallCleared;
import cti.core.event.CallEvent.CallMissed;
import cti.core.event.CallEvent.CallerIdentified;
import cti.core.event.CallEvent.Established;
import cti.core.event.CallEvent.PartDelivered;
import cti.core.event.CallEvent.PartEnded;
import cti.core.event.CallEvent.PartEstablished;
import cti.core.event.CallEvent.QueueVisitEnded;
import cti.core.event.CallEvent.Queued;
import cti.core.event.CallEvent.ServiceInitiated;
import cti.core.event.CallEvent.TalkEnded;
import cti.core.id.AgentId;
import cti.core.id.AttemptId;
import cti.core.id.CallId;
import cti.core.id.ConnectionId;
import cti.core.id.DeskId;
import cti.core.id.Extension;
import cti.core.id.GatewayId;
import cti.core.id.QueueName;
import cti.core.id.StaffId;
import cti.core.id.VisitId;
import cti.core.missed.CaseFact;
import cti.core.missed.CaseFact.Missed;
import cti.core.missed.CaseFact.Talked;
import cti.core.missed.MissedCall;
import cti.core.missed.PartyKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Calls as the journal tells them, and the facts that missed cases are folded from. Times are in
 * minutes from 08:00 in Shanghai; a negative end is one that was not seen.
 */
final class MissedJournal {
  static final Instant BEGIN = Instant.parse("2026-11-23T00:00:00Z");
  static final PartyKeys KEYS = new PartyKeys(Set.of("9"));

  private MissedJournal() {}

  /** The events of one call, and the fact that they tell. */
  record Told(List<CallEvent> events, CaseFact fact) {}

  static Instant at(long minute) {
    return BEGIN.plus(Duration.ofMinutes(minute));
  }

  private static List<StaffId> people(String... staff) {
    return Arrays.stream(staff).map(StaffId::new).sorted().toList();
  }

  private static ServiceInitiated begun(
      CallId call, Instant at, String from, String to, Direction direction) {
    return new ServiceInitiated(
        call,
        at,
        EventCause.NORMAL,
        new ConnectionId(call.value()),
        new GatewayId("gw1"),
        "PJSIP/trunk-1",
        from,
        "",
        to,
        direction);
  }

  private static CallerIdentified identified(
      CallId call, Instant at, String number, List<StaffId> people) {
    return new CallerIdentified(call, at, EventCause.NORMAL, number, people);
  }

  private static CallCleared cleared(CallId call, Instant at, CallOutcome outcome) {
    return new CallCleared(
        call, at, EventCause.NORMAL, outcome, ClearedBy.CALLER, DataQuality.LIVE);
  }

  /** A call to a desk (or, where it is empty, to the static queue) that nobody answered. */
  static Told missed(String id, long minute, String desk, String number, String... staff) {
    CallId call = new CallId(id);
    Instant at = at(minute);
    List<StaffId> people = people(staff);
    Optional<DeskId> of = desk.isEmpty() ? Optional.empty() : Optional.of(new DeskId(desk));
    QueueName queue = new QueueName(desk.isEmpty() ? "q-static" : "q-" + desk);
    VisitId visit = new VisitId(id + "#1");
    QueueOutcome reason = QueueOutcome.ABANDONED;
    List<CallEvent> events =
        List.of(
            begun(call, at.minusSeconds(30), number, "2000", Direction.INBOUND),
            identified(call, at.minusSeconds(29), number, people),
            new Queued(call, at.minusSeconds(20), EventCause.NORMAL, visit, queue, of, 1),
            new QueueVisitEnded(call, at, EventCause.CALL_CANCELLED, visit, reason, 1),
            new CallMissed(call, at, EventCause.NORMAL, of, queue, reason),
            cleared(call, at, CallOutcome.ABANDONED_IN_QUEUE));
    MissedCall missed = new MissedCall(call, at, of, queue, reason, number, people);
    return new Told(events, new Missed(missed, KEYS.of(number, people)));
  }

  /** A call to a desk that an agent answered. */
  static Told answered(
      String id, long minute, long end, String desk, String number, String... staff) {
    CallId call = new CallId(id);
    VisitId visit = new VisitId(id + "#1");
    QueueName queue = new QueueName("q-" + desk);
    Instant at = at(minute);
    List<StaffId> people = people(staff);
    List<CallEvent> events = new ArrayList<>();
    events.add(begun(call, at.minusSeconds(30), number, "2000", Direction.INBOUND));
    events.add(identified(call, at.minusSeconds(29), number, people));
    events.add(
        new Queued(
            call,
            at.minusSeconds(20),
            EventCause.NORMAL,
            visit,
            queue,
            Optional.of(new DeskId(desk)),
            1));
    talk(events, call, visit, at, end);
    return new Told(events, talked(call, at, end, false, number, people));
  }

  /** A call of an agent to somebody who answered, as the engine is to tell it. */
  static Told calledBack(String id, long minute, long end, String number, String... staff) {
    CallId call = new CallId(id);
    Instant at = at(minute);
    List<StaffId> people = people(staff);
    List<CallEvent> events = new ArrayList<>();
    ConnectionId own = new ConnectionId(id);
    ConnectionId called = new ConnectionId(id + "/called");
    Optional<AgentId> agent = Optional.of(new AgentId("2001"));
    EventCause normal = EventCause.NORMAL;
    events.add(begun(call, at.minusSeconds(10), "8001", number, Direction.OUTBOUND));
    events.add(identified(call, at.minusSeconds(9), number, people));
    events.add(new PartEstablished(call, at.minusSeconds(8), normal, own, agent));
    events.add(
        new PartDelivered(
            call, at.minusSeconds(7), normal, called, PartRole.CALLED, Optional.empty(), number));
    events.add(new PartEstablished(call, at, normal, called, Optional.empty()));
    if (end >= 0) {
      events.add(new PartEnded(call, at(end), normal, called, Optional.empty(), ClearedBy.CALLER));
      events.add(cleared(call, at(end), CallOutcome.ANSWERED));
    }
    return new Told(events, talked(call, at, end, true, number, people));
  }

  private static void talk(
      List<CallEvent> events, CallId call, VisitId visit, Instant at, long end) {
    AttemptId attempt = new AttemptId(call + "/leg");
    Optional<AgentId> agent = Optional.of(new AgentId("2001"));
    events.add(
        new Established(call, at, EventCause.NORMAL, visit, attempt, agent, new Extension("8001")));
    if (end >= 0) {
      events.add(
          new TalkEnded(call, at(end), EventCause.NORMAL, visit, attempt, agent, ClearedBy.CALLER));
      events.add(cleared(call, at(end), CallOutcome.ANSWERED));
    }
  }

  private static Talked talked(
      CallId call, Instant at, long end, boolean weCalled, String number, List<StaffId> people) {
    return new Talked(
        call,
        at,
        end < 0 ? Optional.empty() : Optional.of(at(end)),
        weCalled,
        Optional.of(new AgentId("2001")),
        KEYS.of(number, people));
  }
}
