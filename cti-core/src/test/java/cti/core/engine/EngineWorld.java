package cti.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.agent.Agent;
import cti.core.agent.AgentState;
import cti.core.agent.AgentStatus;
import cti.core.agent.SeatRole;
import cti.core.call.Call;
import cti.core.desk.Desk;
import cti.core.engine.GatewayInput.ChannelFacts;
import cti.core.engine.GatewayInput.MemberFacts;
import cti.core.engine.GatewayInput.WaitingFacts;
import cti.core.event.CallEvent;
import cti.core.event.CallEvent.CallCleared;
import cti.core.event.CallEvent.CallMissed;
import cti.core.event.DomainEvent;
import cti.core.id.AgentId;
import cti.core.id.CallId;
import cti.core.id.ChannelId;
import cti.core.id.DeskId;
import cti.core.id.Extension;
import cti.core.id.GatewayId;
import cti.core.id.QueueName;
import cti.core.id.SiteId;
import cti.core.id.StaffId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A desk to try the engine on, in the words of the desk; time stands still until told to pass. */
final class EngineWorld {
  static final GatewayId GATEWAY = new GatewayId("gw1");
  static final QueueName QUEUE = new QueueName("cti-gz");
  static final DeskId DESK = new DeskId("gz");
  static final List<Desk> DESKS =
      List.of(
          new Desk(
              DESK,
              "广州厂",
              new SiteId("gz"),
              "",
              QUEUE,
              Duration.ofSeconds(30),
              Duration.ofMinutes(2)));
  static final AgentId AGENT = new AgentId("1001");
  static final AgentId SECOND_AGENT = new AgentId("1002");
  static final Extension PHONE = new Extension("8001");
  static final Extension SECOND_PHONE = new Extension("8002");
  static final StaffId STAFF = new StaffId("E0001");

  final List<DomainEvent> events = new ArrayList<>();
  final List<Effect> effects = new ArrayList<>();
  final Engine engine;
  Instant now = Instant.parse("2026-11-23T02:00:00Z");

  EngineWorld() {
    this(List.of());
  }

  /** A world that begins from a journal, as after a restart. */
  EngineWorld(List<DomainEvent> journal) {
    this(journal, false);
  }

  /**
   * @param logsTell whether the gateway's logs tell later what nobody saw
   */
  EngineWorld(List<DomainEvent> journal, boolean logsTell) {
    engine =
        new Engine(
            new EngineSettings(GATEWAY, Set.of("cti-hotline"), MemberAddressing.SHIPPED)
                .withLogs(logsTell),
            number -> number.equals("02088881234") ? List.of(STAFF) : List.of());
    journal.forEach(engine::apply);
    tell(
        new CatalogInput.MasterReplaced(
            DESKS,
            List.of(
                new Agent(AGENT, "员工0101", Map.of(DESK, SeatRole.A)),
                new Agent(SECOND_AGENT, "员工0102", Map.of(DESK, SeatRole.B)))));
  }

  Outcome tell(EngineInput input) {
    Outcome outcome = engine.handle(input, now);
    outcome.events().forEach(engine::apply);
    events.addAll(outcome.events());
    effects.addAll(outcome.effects());
    return outcome;
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  void linkUp() {
    linkUp(List.of(), List.of(), List.of());
  }

  void linkUp(List<ChannelFacts> channels, List<WaitingFacts> waiting, List<MemberFacts> members) {
    tell(new GatewayInput.Snapshot(GATEWAY, now, "22.0.0", channels, waiting, members));
  }

  void linkLost() {
    tell(new GatewayInput.LinkLost(GATEWAY, now, "cut"));
  }

  void readyAgent(AgentId agent, Extension phone) {
    assertEquals(
        new Reply.Accepted(),
        tell(new AgentCommand.LogOn(agent, phone, Set.of(DESK))).reply().orElseThrow());
    assertEquals(
        new Reply.Accepted(), tell(new AgentCommand.BecomeReady(agent)).reply().orElseThrow());
  }

  void accepted(AgentCommand command) {
    assertEquals(new Reply.Accepted(), tell(command).reply().orElseThrow());
  }

  /** A refused command changes nothing, and says what was wrong. */
  void refused(String id, AgentCommand command, String mentioned) {
    int before = events.size();
    Reply.Refusal refusal =
        assertInstanceOf(Reply.Refusal.class, tell(command).reply().orElseThrow());
    assertEquals(id, refusal.id());
    assertTrue(refusal.message().contains(mentioned), refusal.message());
    assertEquals(before, events.size(), "a refused command changes nothing");
  }

  /** Hands back every timer whose time has come, also those that are void by now. */
  void fireTimers() {
    for (Effect effect : List.copyOf(effects)) {
      if (effect instanceof Effect.Arm armed && !armed.due().isAfter(now)) {
        effects.remove(effect);
        tell(armed.timer());
      }
    }
  }

  AgentStatus status(AgentId agent) {
    return engine.state().agent(agent).orElseThrow();
  }

  /** The phone rings for a call that nobody answers. */
  void letsRing(Extension phone, String caller) {
    dials(caller);
    joinsQueue(caller);
    rings(caller, caller + "-leg", phone);
    doesNotAnswer(caller, caller + "-leg", phone);
  }

  static ChannelId channel(String id) {
    return new ChannelId(id);
  }

  static CallId callId(String caller) {
    return new CallId(GATEWAY + ":" + caller);
  }

  void dials(String caller) {
    tell(
        new GatewayInput.ChannelCreated(
            GATEWAY,
            now,
            channel(caller),
            channel(caller),
            "PJSIP/ipoffice-" + caller,
            "02088881234",
            "",
            "cti-hotline",
            "8000"));
  }

  void joinsQueue(String caller) {
    tell(new GatewayInput.CallerJoined(GATEWAY, now, channel(caller), QUEUE, 1));
  }

  void rings(String caller, String leg, Extension phone) {
    tell(
        new GatewayInput.ChannelCreated(
            GATEWAY,
            now,
            channel(leg),
            channel(caller),
            "Local/" + phone + "@cti-agents-" + leg + ";1",
            "",
            "",
            "cti-agents",
            phone.value()));
    tell(
        new GatewayInput.MemberCalled(
            GATEWAY, now, channel(caller), channel(leg), QUEUE, member(phone)));
  }

  void doesNotAnswer(String caller, String leg, Extension phone) {
    tell(
        new GatewayInput.MemberDidNotAnswer(
            GATEWAY, now, channel(caller), channel(leg), QUEUE, member(phone)));
    gone(leg);
  }

  void dialEnds(String leg, String status) {
    tell(new GatewayInput.DialEnded(GATEWAY, now, channel(leg), status));
  }

  void answers(String caller, String leg, Extension phone) {
    tell(
        new GatewayInput.MemberConnected(
            GATEWAY, now, channel(caller), channel(leg), QUEUE, member(phone)));
  }

  /** A further channel of a call, by the name that the gateway gives it. */
  void leg(String call, String channel, String name) {
    tell(
        new GatewayInput.ChannelCreated(
            GATEWAY, now, channel(channel), channel(call), name, "", "", "cti-agents", "s"));
  }

  /** The first channel of a call that an agent makes by click. */
  void clicks(String call, Extension phone, String number) {
    String name = "Local/" + phone + "*" + number + "@cti-click-" + call;
    tell(
        new GatewayInput.ChannelCreated(
            GATEWAY,
            now,
            channel(call),
            channel(call),
            name + ";1",
            "",
            "",
            "cti-click",
            phone + "*" + number));
    leg(call, call + "-2", name + ";2");
    leg(call, call + "-phone", "PJSIP/ipoffice-" + call);
    dialled(call + "-2", call + "-phone", phone.value());
  }

  void dialled(String dialler, String leg, String number) {
    tell(
        new GatewayInput.DialStarted(
            GATEWAY, now, Optional.of(channel(dialler)), channel(leg), number));
  }

  /** An agent's phone is dialled for {@code dialler}: both halves, and the line to the phone. */
  void dialsPhone(String call, String dialler, String leg, Extension phone) {
    String name = "Local/" + phone + "@cti-agents-" + leg;
    leg(call, leg, name + ";1");
    leg(call, leg + "-2", name + ";2");
    dialled(dialler, leg, phone.value());
    leg(call, leg + "-line", "PJSIP/ipoffice-" + leg);
    dialled(leg + "-2", leg + "-line", phone.value());
  }

  void holds(String channel) {
    tell(new GatewayInput.ChannelHeld(GATEWAY, now, channel(channel)));
  }

  void retrieves(String channel) {
    tell(new GatewayInput.ChannelRetrieved(GATEWAY, now, channel(channel)));
  }

  void transfersBlind(String transferer, String target) {
    tell(new GatewayInput.BlindTransferred(GATEWAY, now, channel(transferer), target));
  }

  void transfersAttended(String transferer, boolean threeWay, String targetChannel) {
    tell(
        new GatewayInput.AttendedTransferred(
            GATEWAY, now, channel(transferer), threeWay, targetChannel));
  }

  void bridged(String channel, String bridge) {
    tell(new GatewayInput.BridgeEntered(GATEWAY, now, channel(channel), bridge));
  }

  void picksUp(String rang, String by) {
    tell(new GatewayInput.PickedUp(GATEWAY, now, channel(rang), channel(by)));
  }

  void hangsUp(String channel) {
    tell(new GatewayInput.HangupRequested(GATEWAY, now, channel(channel)));
  }

  void abandons(String caller) {
    hangsUp(caller);
    gone(caller);
  }

  void queueReturns(String caller, String status) {
    tell(new GatewayInput.QueueReturned(GATEWAY, now, channel(caller), QUEUE, status));
  }

  void gone(String channel) {
    tell(new GatewayInput.ChannelGone(GATEWAY, now, channel(channel), 16));
  }

  static String member(Extension phone) {
    return MemberAddressing.SHIPPED.interfaceOf(phone);
  }

  static ChannelFacts present(
      String channel, String linked, String name, String bridge, Instant since) {
    return new ChannelFacts(
        channel(channel),
        channel(linked),
        name,
        "02088881234",
        "",
        "cti-hotline",
        "8000",
        bridge,
        Optional.empty(),
        since);
  }

  /** A caller's channel at a place of the dialplan, in a queue or in none. */
  static ChannelFacts served(ChannelFacts caller, String context, Optional<QueueName> queue) {
    return new ChannelFacts(
        caller.channel(),
        caller.linked(),
        caller.name(),
        caller.callingNumber(),
        "",
        context,
        caller.dialled(),
        caller.bridge(),
        queue,
        caller.since());
  }

  Call call(String caller) {
    return engine.state().call(callId(caller)).orElseThrow();
  }

  CallCleared ending(String caller) {
    List<CallCleared> endings =
        of(CallCleared.class).stream().filter(e -> e.call().equals(callId(caller))).toList();
    assertEquals(1, endings.size(), "a call ends once: " + endings);
    return endings.getFirst();
  }

  List<CallMissed> missed() {
    return of(CallMissed.class);
  }

  <E extends CallEvent> List<E> of(Class<E> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  AgentState state(AgentId agent) {
    return engine.state().agent(agent).orElseThrow().state();
  }

  List<GatewayAction> actions() {
    return effects.stream()
        .filter(Effect.Act.class::isInstance)
        .map(effect -> ((Effect.Act) effect).action())
        .toList();
  }
}
