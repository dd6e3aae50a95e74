package cti.core.engine;

import cti.core.agent.AgentState;
import cti.core.agent.AgentStatus;
import cti.core.call.Call;
import cti.core.call.ClearedBy;
import cti.core.call.Connection;
import cti.core.call.ConnectionState;
import cti.core.call.Direction;
import cti.core.call.EventCause;
import cti.core.call.Part;
import cti.core.call.PartRole;
import cti.core.call.RingOutcome;
import cti.core.call.TransferKind;
import cti.core.desk.Desk;
import cti.core.event.CallEvent.Conferenced;
import cti.core.event.CallEvent.Failed;
import cti.core.event.CallEvent.Held;
import cti.core.event.CallEvent.PartDelivered;
import cti.core.event.CallEvent.PartEnded;
import cti.core.event.CallEvent.PartEstablished;
import cti.core.event.CallEvent.Retrieved;
import cti.core.event.CallEvent.Transferred;
import cti.core.id.AgentId;
import cti.core.id.CallId;
import cti.core.id.ConnectionId;
import cti.core.id.Extension;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What becomes of the devices of a call that no queue chose: those dialled, transferred to,
 * consulted; and of holds, transfers and conferences, whoever takes part. All of it bears being
 * told twice, late, or about a call that nobody knows.
 */
final class PartDecisions {
  private final EngineSettings settings;
  private final LiveState state;
  private final AgentDecisions agents;
  private final QueueDecisions queues;
  private final QueueTalks talks;
  private final PhoneLines lines;
  private final Silence silence;

  /** Who handed the caller on and has not left yet: told once, however often it comes. */
  private final Set<ConnectionId> handedOver = new HashSet<>();

  PartDecisions(
      EngineSettings settings,
      LiveState state,
      AgentDecisions agents,
      QueueDecisions queues,
      QueueTalks talks,
      PhoneLines lines,
      Silence silence) {
    this.settings = settings;
    this.state = state;
    this.agents = agents;
    this.queues = queues;
    this.talks = talks;
    this.lines = lines;
    this.silence = silence;
  }

  /** A channel is dialled: a phone rings, or the gateway reaches for one on another's behalf. */
  void dialled(
      Call call,
      Optional<ConnectionId> dialler,
      ConnectionId leg,
      String number,
      Turn turn,
      Instant at) {
    Connection channel = call.connections().get(leg);
    Optional<Connection> from = dialler.map(call.connections()::get);
    if (channel == null || from.isEmpty() || call.part(leg).isPresent()) {
      return;
    }
    Optional<Connection> near = from.flatMap(half -> PhoneLines.nearHalf(call, half));
    boolean givenUp = near.isEmpty() && PhoneLines.farHalf(from.get());
    if (givenUp && !Dialplan.consults(from.get().channelName())) {
      // The line of a phone that is told of already: whoever dialled it hung up in that moment.
      return;
    }
    boolean click = near.flatMap(c -> Dialplan.clickedAt(c.channelName())).isPresent();
    if (click) {
      lines.carries(leg, near.get().id());
      ringsWhoDials(call, near.get(), turn, at);
      return;
    }
    Optional<Extension> phone = settings.addressing().extensionOfChannel(channel.channelName());
    // Sent on by the phone's own switch, the leg towards that phone dials the next one; the gateway
    // may tell that before it tells of the transfer.
    boolean sentOn = near.filter(c -> answeredOn(call, c.id())).isPresent();
    boolean carrier =
        !sentOn
            && near.filter(
                    c ->
                        lines.ofMember(c.channelName())
                            || Dialplan.calledBack(c.channelName()).isPresent())
                .isPresent();
    if (carrier) {
      lines.carries(leg, near.get().id());
      return;
    }
    boolean ofQueue =
        queues.waits(call, dialler.get()) || QueueDecisions.hungUpIn(call, dialler.get());
    if (ofQueue || phone.isEmpty() && Dialplan.inner(channel.channelName())) {
      return;
    }
    turn.happen(
        new PartDelivered(
            call.id(),
            at,
            EventCause.NORMAL,
            leg,
            role(call, from.get()),
            phone.flatMap(state::agentAt),
            phone.map(Extension::value).orElse(number)));
  }

  private static boolean answeredOn(Call call, ConnectionId connection) {
    return call.parts().stream()
        .filter(part -> part.id().equals(connection))
        .anyMatch(part -> part.times().answeredAt().isPresent());
  }

  private void ringsWhoDials(Call call, Connection near, Turn turn, Instant at) {
    boolean rings =
        call.part(near.id())
            .filter(part -> part.state() == ConnectionState.INITIATED)
            .filter(part -> part.times().answeredAt().isEmpty())
            .isPresent();
    if (rings) {
      Extension phone = Dialplan.clickedAt(near.channelName()).orElseThrow();
      turn.happen(
          new PartDelivered(
              call.id(),
              at,
              EventCause.NORMAL,
              near.id(),
              PartRole.CALLER,
              state.agentAt(phone),
              phone.value()));
    }
  }

  private static PartRole role(Call call, Connection dialler) {
    if (Dialplan.consults(dialler.channelName())) {
      return PartRole.CONSULTED;
    }
    boolean handedOn =
        call.parts().stream()
            .anyMatch(
                part -> part.role() != PartRole.CALLER && part.times().answeredAt().isPresent());
    return handedOn ? PartRole.TRANSFERRED_TO : PartRole.CALLED;
  }

  /** Who dials by hand has answered already: their phone is in the call from its begin. */
  void dialsByPhone(Call call, EventCause cause, Turn turn, Instant at) {
    Part dials = call.parts().getFirst();
    Optional<AgentId> agent = agentOf(dials);
    agent.ifPresent(id -> talks.endOther(id, call, turn, at));
    turn.happen(new PartEstablished(call.id(), at, cause, dials.id(), agent));
    agent.ifPresent(id -> agents.talks(id, call.id(), turn, at));
  }

  /** A phone that no queue chose was answered. */
  void answered(Call call, ConnectionId connection, EventCause cause, Turn turn, Instant at) {
    Optional<Part> rings =
        call.part(connection).filter(part -> part.state() == ConnectionState.ALERTING);
    if (rings.isEmpty() || QueueTalks.offered(call, connection)) {
      return;
    }
    Optional<AgentId> agent = agentOf(rings.get());
    agent.ifPresent(id -> talks.endOther(id, call, turn, at));
    turn.happen(new PartEstablished(call.id(), at, cause, connection, agent));
    agent.ifPresent(id -> agents.talks(id, call.id(), turn, at));
  }

  private Optional<AgentId> agentOf(Part part) {
    String number = part.device().number();
    boolean extension = !number.isBlank() && number.length() <= Extension.LONGEST;
    Optional<AgentId> there = extension ? state.agentAt(new Extension(number)) : Optional.empty();
    return there.or(part.device()::agent);
  }

  /** Such a phone was not answered; where its ringing is over already nothing happens. */
  void failed(
      Call call,
      ConnectionId connection,
      RingOutcome outcome,
      EventCause cause,
      Turn turn,
      Instant at) {
    call.part(connection)
        .filter(part -> part.state() == ConnectionState.ALERTING)
        .filter(part -> !QueueTalks.offered(call, connection))
        .ifPresent(_ -> turn.happen(new Failed(call.id(), at, cause, connection, outcome)));
  }

  /** The same for the phone at an extension. */
  void failedAt(
      Call call,
      Extension extension,
      RingOutcome outcome,
      EventCause cause,
      Turn turn,
      Instant at) {
    for (Part part : call.parts()) {
      if (part.device().number().equals(extension.value())) {
        failed(call, part.id(), outcome, cause, turn, at);
      }
    }
  }

  /** The talk of one device is over, an agent of a queue or not. */
  void ended(Call call, Part part, ClearedBy by, EventCause cause, Turn turn, Instant at) {
    if (!part.talking()) {
      return;
    }
    if (QueueTalks.offered(call, part.id())) {
      talks.ended(call, part.id(), by, cause, turn, at);
    } else {
      Optional<AgentId> agent = part.device().agent();
      turn.happen(new PartEnded(call.id(), at, cause, part.id(), agent, by));
      agent.ifPresent(id -> free(id, call, part, turn, at));
    }
  }

  /** Wrap-up as the desk has it, for those who work there and took a caller of it. */
  private void free(AgentId agent, Call call, Part part, Turn turn, Instant at) {
    if (!busyWith(call, agent, turn)) {
      return;
    }
    Optional<Desk> desk =
        part.role().equals(PartRole.CONSULTED) || call.origin().direction() != Direction.INBOUND
            ? Optional.empty()
            : call.desk()
                .filter(
                    id ->
                        turn.agent(agent)
                            .map(AgentStatus::desks)
                            .filter(d -> d.contains(id))
                            .isPresent())
                .flatMap(turn.catalog()::desk);
    agents.talked(agent, call.id(), desk, turn, at);
    otherTalk(agent, call.id(), turn).ifPresent(other -> agents.talks(agent, other, turn, at));
  }

  /**
   * A device left, the channel and all. Its agent is free now at the latest: who consulted when the
   * caller hung up went on talking to whoever was asked.
   */
  void left(Call call, ConnectionId connection, Turn turn, Instant at) {
    handedOver.remove(connection);
    call.parts().stream()
        .filter(part -> part.id().equals(connection) && !part.open())
        .filter(part -> part.times().answeredAt().isPresent())
        .findFirst()
        .ifPresent(
            part ->
                part.device()
                    .agent()
                    .filter(agent -> !talks(call, agent) && busyWith(call, agent, turn))
                    .ifPresent(
                        agent -> {
                          if (QueueTalks.offered(call, connection)) {
                            talks.left(call, connection, agent, turn, at);
                          } else {
                            free(agent, call, part, turn, at);
                          }
                        }));
  }

  private static boolean busyWith(Call call, AgentId agent, Turn turn) {
    return turn.agent(agent)
        .filter(status -> status.state() == AgentState.BUSY)
        .filter(status -> status.call().equals(Optional.of(call.id())))
        .isPresent();
  }

  private static boolean talks(Call call, AgentId agent) {
    return call.parts().stream()
        .anyMatch(part -> part.talking() && part.device().agent().equals(Optional.of(agent)));
  }

  /** A call that the agent has on hold meanwhile. */
  private Optional<CallId> otherTalk(AgentId agent, CallId ended, Turn turn) {
    return state.calls().stream()
        .map(Call::id)
        .filter(id -> !id.equals(ended))
        .flatMap(id -> turn.call(id).stream())
        .filter(
            call ->
                call.parts().stream()
                    .anyMatch(
                        part -> part.talking() && part.device().agent().equals(Optional.of(agent))))
        .map(Call::id)
        .findFirst();
  }

  void held(Call call, ConnectionId connection, EventCause cause, Turn turn, Instant at) {
    lines
        .partOf(call, connection)
        .filter(part -> part.state() == ConnectionState.CONNECTED)
        .ifPresent(
            part -> turn.happen(new Held(call.id(), at, cause, part.id(), part.device().agent())));
  }

  void retrieved(Call call, ConnectionId connection, EventCause cause, Turn turn, Instant at) {
    lines
        .partOf(call, connection)
        .filter(part -> part.state() == ConnectionState.HELD)
        .ifPresent(
            part -> {
              part.device().agent().ifPresent(id -> talks.endOther(id, call, turn, at));
              turn.happen(new Retrieved(call.id(), at, cause, part.id(), part.device().agent()));
            });
  }

  void blindTransferred(Call call, ConnectionId transferer, String target, Turn turn, Instant at) {
    Optional<Part> by = transferer(call, transferer);
    if (by.isEmpty()) {
      return;
    }
    transferred(call, by.get(), TransferKind.BLIND, target, List.of(), turn, at);
  }

  /** Who hands over by hanging up has left by the time that the gateway tells of it. */
  private Optional<Part> transferer(Call call, ConnectionId connection) {
    return lines
        .partOf(call, connection)
        .or(() -> call.parts().stream().filter(p -> p.id().equals(connection)).findFirst())
        .filter(part -> part.times().answeredAt().isPresent());
  }

  /** A transfer with enquiry ended: the caller has whoever was asked, with or without the agent. */
  void attendedTransferred(
      Call call,
      ConnectionId transferer,
      boolean threeWay,
      String targetChannel,
      Turn turn,
      Instant at) {
    Optional<Part> by = transferer(call, transferer);
    if (by.isEmpty()) {
      return;
    }
    List<Part> asked =
        call.parts().stream()
            .filter(part -> part.open() && part.role() == PartRole.CONSULTED)
            .filter(part -> !part.id().equals(by.get().id()))
            .toList();
    List<ConnectionId> to = asked.stream().map(Part::id).toList();
    if (threeWay && asked.isEmpty() && by.get().state() != ConnectionState.HELD) {
      return;
    }
    if (threeWay) {
      turn.happen(
          new Conferenced(
              call.id(), at, EventCause.NORMAL, by.get().id(), by.get().device().agent(), to));
      return;
    }
    String target = asked.isEmpty() ? "" : asked.getFirst().device().number();
    transferred(call, by.get(), TransferKind.ATTENDED, target, to, turn, at);
    silence.handedOver(call, targetChannel, turn);
  }

  private void transferred(
      Call call,
      Part by,
      TransferKind kind,
      String target,
      List<ConnectionId> to,
      Turn turn,
      Instant at) {
    if (!handedOver.add(by.id())) {
      return;
    }
    turn.happen(
        new Transferred(
            call.id(), at, EventCause.NORMAL, by.id(), by.device().agent(), kind, target, to));
    Call now = turn.call(call.id()).orElseThrow();
    if (!by.id().equals(now.caller().connection())) {
      ended(now, by, ClearedBy.AGENT, EventCause.NORMAL, turn, at);
    }
  }
}
