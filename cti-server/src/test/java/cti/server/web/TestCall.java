package cti.server.web;

import cti.core.call.CallOutcome;
import cti.core.call.ClearedBy;
import cti.core.call.DataQuality;
import cti.core.call.Direction;
import cti.core.call.EventCause;
import cti.core.call.PartRole;
import cti.core.call.QueueOutcome;
import cti.core.call.RingOutcome;
import cti.core.event.AgentEvent;
import cti.core.event.CallEvent;
import cti.core.id.AgentId;
import cti.core.id.AttemptId;
import cti.core.id.CallId;
import cti.core.id.ConnectionId;
import cti.core.id.DeskId;
import cti.core.id.Extension;
import cti.core.id.QueueName;
import cti.core.id.StaffId;
import cti.core.id.VisitId;
import java.util.Arrays;
import java.util.Optional;

/** One call of the small world, told event by event. */
final class TestCall {
  private final World world;
  final CallId id;
  private String number = "";
  private DeskId desk = World.DESKTOP;
  private int attempts;

  TestCall(World world, CallId id) {
    this.world = world;
    this.id = id;
  }

  private AttemptId attempt() {
    return new AttemptId(id + "/v1/" + attempts);
  }

  private VisitId visit() {
    return new VisitId(id + "/v1");
  }

  private QueueName queue() {
    return new QueueName("q-" + desk);
  }

  TestCall arrives(String from) {
    number = from;
    return event(
        new CallEvent.ServiceInitiated(
            id,
            world.now(),
            EventCause.NORMAL,
            new ConnectionId(id + "-c"),
            World.GATEWAY,
            "DAHDI/1-1",
            from,
            "",
            "2000",
            Direction.INBOUND));
  }

  TestCall identified(String... staff) {
    return event(
        new CallEvent.CallerIdentified(
            id,
            world.now(),
            EventCause.NORMAL,
            number,
            Arrays.stream(staff).map(StaffId::new).toList()));
  }

  TestCall presses(String digits) {
    return event(
        new CallEvent.DigitsDialled(id, world.now(), EventCause.NORMAL, "main-menu", digits));
  }

  TestCall queued(DeskId to) {
    desk = to;
    event(
        new CallEvent.Routed(
            id, world.now(), EventCause.NORMAL, to, queue(), "by-key", "按键选择的服务台"));
    return event(
        new CallEvent.Queued(
            id, world.now(), EventCause.NORMAL, visit(), queue(), Optional.of(to), 1));
  }

  /** The same call, told by another teller who knows the desk. */
  TestCall queuedAs(DeskId to) {
    desk = to;
    return this;
  }

  TestCall rings(AgentId agent, String extension) {
    attempts++;
    return event(delivered(agent, extension));
  }

  CallEvent.Delivered delivered(AgentId agent, String extension) {
    return new CallEvent.Delivered(
        id,
        world.now(),
        EventCause.NORMAL,
        visit(),
        attempt(),
        Optional.of(agent),
        new Extension(extension));
  }

  TestCall notAnswered() {
    return event(
        new CallEvent.Diverted(
            id, world.now(), EventCause.NO_ANSWER, visit(), attempt(), RingOutcome.NO_ANSWER));
  }

  TestCall answered(AgentId agent, String extension) {
    event(
        new CallEvent.Established(
            id,
            world.now(),
            EventCause.NORMAL,
            visit(),
            attempt(),
            Optional.of(agent),
            new Extension(extension)));
    event(
        new CallEvent.QueueVisitEnded(
            id, world.now(), EventCause.NORMAL, visit(), QueueOutcome.ANSWERED, 1));
    world.happen(new AgentEvent.AgentBusy(agent, world.now(), id));
    return this;
  }

  TestCall talkEnds(AgentId agent, ClearedBy by) {
    event(
        new CallEvent.TalkEnded(
            id, world.now(), EventCause.NORMAL, visit(), attempt(), Optional.of(agent), by));
    world.happen(
        new AgentEvent.AgentWorkingAfterCall(agent, world.now(), id, world.now().plusSeconds(60)));
    return this;
  }

  TestCall cleared(CallOutcome outcome, ClearedBy by) {
    return event(
        new CallEvent.CallCleared(
            id, world.now(), EventCause.NORMAL, outcome, by, DataQuality.LIVE));
  }

  /** An agent makes a call of their own, by hand. */
  TestCall dialledBy(AgentId agent, String extension, String called, Direction direction) {
    event(
        new CallEvent.ServiceInitiated(
            id,
            world.now(),
            EventCause.NORMAL,
            new ConnectionId(id + "-c"),
            World.GATEWAY,
            "PJSIP/" + extension + "-1",
            extension,
            "",
            called,
            direction));
    return partRings(id + "-c", PartRole.CALLER, agent, extension);
  }

  /** A phone rings that no queue chose. */
  TestCall partRings(String connection, PartRole role, AgentId agent, String extension) {
    return event(
        new CallEvent.PartDelivered(
            id,
            world.now(),
            EventCause.NORMAL,
            new ConnectionId(connection),
            role,
            Optional.of(agent),
            extension));
  }

  TestCall partAnswered(String connection, AgentId agent) {
    event(
        new CallEvent.PartEstablished(
            id, world.now(), EventCause.NORMAL, new ConnectionId(connection), Optional.of(agent)));
    world.happen(new AgentEvent.AgentBusy(agent, world.now(), id));
    return this;
  }

  TestCall partFailed(String connection, RingOutcome outcome) {
    return event(
        new CallEvent.Failed(
            id, world.now(), EventCause.NORMAL, new ConnectionId(connection), outcome));
  }

  private TestCall event(CallEvent event) {
    world.happen(event);
    return this;
  }
}
