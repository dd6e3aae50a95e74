package cti.server.db.calls;

import cti.core.call.CallOutcome;
import cti.core.call.ClearedBy;
import cti.core.call.DataQuality;
import cti.core.call.Direction;
import cti.core.call.EventCause;
import cti.core.call.QueueOutcome;
import cti.core.call.RingOutcome;
import cti.core.event.CallEvent;
import cti.core.event.CallEvent.CallCleared;
import cti.core.event.CallEvent.CallMissed;
import cti.core.event.CallEvent.CallerIdentified;
import cti.core.event.CallEvent.ConnectionCleared;
import cti.core.event.CallEvent.Delivered;
import cti.core.event.CallEvent.DigitsDialled;
import cti.core.event.CallEvent.Diverted;
import cti.core.event.CallEvent.Established;
import cti.core.event.CallEvent.QueueVisitEnded;
import cti.core.event.CallEvent.Queued;
import cti.core.event.CallEvent.Routed;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Writes the events of one call, with times in milliseconds from its begin. */
final class CallScript {
  private static final DeskId DESK = new DeskId("gz");
  private static final QueueName QUEUE = new QueueName("q-gz");

  private final CallId call;
  private final Instant begin;
  private final List<CallEvent> events = new ArrayList<>();

  CallScript(String call, String begin) {
    this.call = new CallId(call);
    this.begin = Instant.parse(begin);
  }

  List<CallEvent> events() {
    return events;
  }

  private Instant at(long millis) {
    return begin.plusMillis(millis);
  }

  private VisitId visit() {
    return new VisitId(call + "/v1");
  }

  private AttemptId attempt(int number) {
    return new AttemptId(call + "/v1/a" + number);
  }

  private Optional<AgentId> agent(int number) {
    return Optional.of(new AgentId("200" + number));
  }

  CallScript arrives(String number) {
    events.add(
        new ServiceInitiated(
            call,
            at(0),
            EventCause.NORMAL,
            new ConnectionId(call.value()),
            new GatewayId("gw1"),
            "PJSIP/trunk-00000001",
            number,
            "员工0001",
            "8000",
            Direction.INBOUND));
    return this;
  }

  CallScript matched(long at, String... staff) {
    events.add(
        new CallerIdentified(
            call,
            at(at),
            EventCause.NORMAL,
            "13800000001",
            Arrays.stream(staff).map(StaffId::new).toList()));
    return this;
  }

  CallScript presses(long at, String node, String digits) {
    events.add(new DigitsDialled(call, at(at), EventCause.NORMAL, node, digits));
    return this;
  }

  CallScript queued(long at) {
    events.add(
        new Routed(
            call,
            at(at),
            EventCause.NORMAL,
            DESK,
            QUEUE,
            "factory-default",
            "因为 " + "长".repeat(2000)));
    events.add(new Queued(call, at(at), EventCause.NORMAL, visit(), QUEUE, Optional.of(DESK), 3));
    return this;
  }

  CallScript rings(long at, int agent) {
    events.add(
        new Delivered(
            call,
            at(at),
            EventCause.NORMAL,
            visit(),
            attempt(agent),
            agent(agent),
            new Extension("800" + agent)));
    return this;
  }

  CallScript notAnswered(long at, int agent, RingOutcome outcome) {
    events.add(new Diverted(call, at(at), EventCause.NO_ANSWER, visit(), attempt(agent), outcome));
    return this;
  }

  CallScript answered(long at, int agent) {
    events.add(
        new Established(
            call,
            at(at),
            EventCause.NORMAL,
            visit(),
            attempt(agent),
            agent(agent),
            new Extension("800" + agent)));
    return leaves(at, QueueOutcome.ANSWERED);
  }

  CallScript leaves(long at, QueueOutcome outcome) {
    return leaves(at, outcome, EventCause.NORMAL);
  }

  CallScript leaves(long at, QueueOutcome outcome, EventCause cause) {
    events.add(new QueueVisitEnded(call, at(at), cause, visit(), outcome, 1));
    return this;
  }

  CallScript talkEnds(long at, int agent) {
    events.add(
        new TalkEnded(
            call,
            at(at),
            EventCause.NORMAL,
            visit(),
            attempt(agent),
            agent(agent),
            ClearedBy.CALLER));
    return this;
  }

  CallScript missed(long at, QueueOutcome reason) {
    events.add(new CallMissed(call, at(at), EventCause.NORMAL, Optional.of(DESK), QUEUE, reason));
    return this;
  }

  CallScript ends(long at, CallOutcome outcome) {
    events.add(
        new ConnectionCleared(call, at(at), EventCause.NORMAL, new ConnectionId(call.value()), 16));
    events.add(
        new CallCleared(
            call, at(at), EventCause.NORMAL, outcome, ClearedBy.CALLER, DataQuality.LIVE));
    return this;
  }

  /** Two phones ring, the second is answered. */
  static CallScript answeredCall(String call, String begin, String number) {
    return new CallScript(call, begin)
        .arrives(number)
        .matched(100, "0002", "0001")
        .presses(2_000, "main", "")
        .presses(5_000, "main", "3")
        .queued(6_000)
        .rings(6_500, 1)
        .notAnswered(16_500, 1, RingOutcome.NO_ANSWER)
        .rings(16_600, 2)
        .answered(20_000, 2)
        .talkEnds(80_250, 2)
        .ends(80_300, CallOutcome.ANSWERED);
  }

  /** Nobody answers before the caller leaves. */
  static CallScript missedCall(String call, String begin, String number) {
    return new CallScript(call, begin)
        .arrives(number)
        .matched(100)
        .queued(1_000)
        .rings(1_500, 1)
        .notAnswered(9_000, 1, RingOutcome.CALLER_GONE)
        .leaves(9_000, QueueOutcome.AGENT_NO_ANSWER, EventCause.CALL_CANCELLED)
        .missed(9_000, QueueOutcome.AGENT_NO_ANSWER)
        .ends(9_010, CallOutcome.ABANDONED_RINGING);
  }
}
