package cti.core.engine;

import static cti.core.engine.EngineWorld.AGENT;
import static cti.core.engine.EngineWorld.DESK;
import static cti.core.engine.EngineWorld.GATEWAY;
import static cti.core.engine.EngineWorld.PHONE;
import static cti.core.engine.EngineWorld.QUEUE;
import static cti.core.engine.EngineWorld.SECOND_AGENT;
import static cti.core.engine.EngineWorld.SECOND_PHONE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.agent.Agent;
import cti.core.agent.AgentRules;
import cti.core.agent.AgentState;
import cti.core.agent.PauseReason;
import cti.core.agent.SeatRole;
import cti.core.call.CallOutcome;
import cti.core.call.QueueOutcome;
import cti.core.desk.Desk;
import cti.core.engine.SupervisorCommand.Destination;
import cti.core.event.SupervisorEvent;
import cti.core.event.SupervisorEvent.CallerMoved;
import cti.core.event.SupervisorEvent.ListeningAsked;
import cti.core.event.SupervisorEvent.ListeningEnded;
import cti.core.event.SupervisorEvent.ListeningHeard;
import cti.core.id.AgentId;
import cti.core.id.CallId;
import cti.core.id.ChannelId;
import cti.core.id.DeskId;
import cti.core.id.Extension;
import cti.core.id.ListeningId;
import cti.core.id.QueueName;
import cti.core.id.SiteId;
import cti.core.supervision.ActBy;
import cti.core.supervision.ListeningEnd;
import cti.core.supervision.ListeningMode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Supervisors in the calls of others. */
class SupervisionTest {
  private static final ActBy BOSS = new ActBy("boss", "班长", Optional.empty());
  private static final Extension EAR = new Extension("8090");
  private static final String CALL = "1.1";
  private static final DeskId OTHER = new DeskId("sg");
  private static final QueueName OTHER_QUEUE = new QueueName("cti-sg");

  private final EngineWorld desk = new EngineWorld();

  private void talk() {
    desk.linkUp();
    desk.readyAgent(AGENT, PHONE);
    desk.dials(CALL);
    desk.joinsQueue(CALL);
    desk.rings(CALL, "leg", PHONE);
    desk.answers(CALL, "leg", PHONE);
  }

  private Reply ask(SupervisorCommand command) {
    return desk.tell(command).reply().orElseThrow();
  }

  private Reply listen(AgentId agent, Extension at) {
    return ask(new SupervisorCommand.Listen(agent, at, ListeningMode.LISTEN, BOSS));
  }

  private <E extends SupervisorEvent> List<E> told(Class<E> type) {
    return desk.events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private ListeningId begin() {
    talk();
    assertEquals(new Reply.Accepted(), listen(AGENT, EAR));
    return told(ListeningAsked.class).getFirst().listening();
  }

  /** The gateway makes the supervisor's phone ring: two halves and the line. */
  private void rings(ListeningId id) {
    String name = "Local/" + EAR + "@cti-listen-1";
    for (String[] one :
        new String[][] {
          {id.value(), name + ";1"}, {id + ";2", name + ";2"}, {"5.5", "PJSIP/ipoffice-9"}
        }) {
      desk.tell(
          new GatewayInput.ChannelCreated(
              GATEWAY,
              desk.now,
              new ChannelId(one[0]),
              new ChannelId(id.value()),
              one[1],
              "8001",
              "",
              "cti-listen",
              EAR.value()));
    }
  }

  private void heard(ListeningId id, ListeningMode mode) {
    desk.tell(new GatewayInput.ListenerHeard(GATEWAY, desk.now, new ChannelId(id.value()), mode));
  }

  private void refused(String id, Reply reply) {
    assertEquals(id, assertInstanceOf(Reply.Refusal.class, reply).id());
  }

  @Test
  void aListenerIsNoCallAndChangesNobody() {
    ListeningId id = begin();
    int calls = desk.engine.state().calls().size();
    rings(id);
    desk.dialled(id + ";2", "5.5", EAR.value());
    desk.bridged("5.5", "b9");
    heard(id, ListeningMode.LISTEN);
    assertEquals(calls, desk.engine.state().calls().size());
    assertEquals(2, desk.call(CALL).connections().size(), "the talk has its own legs alone");
    assertEquals(AgentState.BUSY, desk.state(AGENT));
    desk.gone("5.5");
    desk.gone(id + ";2");
    desk.gone(id.value());
    assertEquals(
        List.of(ListeningEnd.OVER),
        told(ListeningEnded.class).stream().map(ListeningEnded::end).toList());
    assertTrue(desk.engine.state().listenings().all().isEmpty());
    assertEquals(calls, desk.engine.state().calls().size());
  }

  @Test
  void theGatewayIsAskedForTheAgentsOwnChannelAndEachModeWithoutDiallingAnew() {
    ListeningId id = begin();
    GatewayAction.Listen action =
        desk.actions().stream()
            .filter(GatewayAction.Listen.class::isInstance)
            .map(GatewayAction.Listen.class::cast)
            .findFirst()
            .orElseThrow();
    assertEquals(new ChannelId("leg"), action.to());
    assertEquals("Local/8090@cti-listen/n", action.dialled());
    refused("not-answered", ask(new SupervisorCommand.ListenAs(id, ListeningMode.BARGE, BOSS)));
    heard(id, ListeningMode.LISTEN);
    ask(new SupervisorCommand.ListenAs(id, ListeningMode.WHISPER, BOSS));
    assertEquals(
        new GatewayAction.ListenAs(GATEWAY, new ChannelId(id.value()), ListeningMode.WHISPER),
        desk.actions().getLast());
    heard(id, ListeningMode.WHISPER);
    heard(id, ListeningMode.WHISPER);
    assertEquals(
        List.of(ListeningMode.LISTEN, ListeningMode.WHISPER),
        told(ListeningHeard.class).stream().map(ListeningHeard::mode).toList());
    ask(new SupervisorCommand.StopListening(id, BOSS));
    assertEquals(
        new GatewayAction.HangUp(GATEWAY, new ChannelId(id.value())), desk.actions().getLast());
  }

  @Test
  void agentsAreToldWhereTheirDeskSaysSo() {
    begin();
    assertTrue(told(ListeningAsked.class).getFirst().told());
    EngineWorld hidden = new EngineWorld();
    hidden.tell(
        new CatalogInput.AgentRulesReplaced(
            PauseReason.SHIPPED,
            Map.of(DESK, new AgentRules(Duration.ofMinutes(2), 2, 3, true, true))));
    hidden.linkUp();
    hidden.readyAgent(AGENT, PHONE);
    hidden.dials(CALL);
    hidden.joinsQueue(CALL);
    hidden.rings(CALL, "leg", PHONE);
    hidden.answers(CALL, "leg", PHONE);
    hidden.tell(new SupervisorCommand.Listen(AGENT, EAR, ListeningMode.LISTEN, BOSS));
    assertEquals(
        List.of(false),
        hidden.events.stream()
            .filter(ListeningAsked.class::isInstance)
            .map(event -> ((ListeningAsked) event).told())
            .toList());
  }

  @Test
  void whatCannotBeHeardIsRefused() {
    refused("gateway-away", listen(AGENT, EAR));
    talk();
    refused("not-talking", listen(SECOND_AGENT, EAR));
    refused("bad-extension", listen(AGENT, new Extension("13900000001")));
    refused("bad-extension", listen(AGENT, new Extension("80a0")));
    refused("bad-extension", listen(AGENT, PHONE));
    desk.readyAgent(SECOND_AGENT, SECOND_PHONE);
    refused("extension-taken", listen(AGENT, SECOND_PHONE));
    assertTrue(told(SupervisorEvent.class).isEmpty());
    assertEquals(
        new Reply.Accepted(),
        ask(
            new SupervisorCommand.Listen(
                AGENT,
                SECOND_PHONE,
                ListeningMode.LISTEN,
                new ActBy("second", "二", Optional.of(SECOND_AGENT)))),
        "one's own phone may be that of an agent");
    refused(
        "already-listening",
        ask(
            new SupervisorCommand.Listen(
                AGENT,
                EAR,
                ListeningMode.LISTEN,
                new ActBy("second", "二", Optional.of(SECOND_AGENT)))));
    refused(
        "no-such-listening",
        ask(new SupervisorCommand.StopListening(new ListeningId("cti-ear-1-1"), BOSS)));
  }

  @Test
  void aPhoneThatIsNotAnsweredEndsByItself() {
    ListeningId id = begin();
    rings(id);
    desk.pass(SupervisorDecisions.TO_ANSWER);
    desk.fireTimers();
    assertEquals(ListeningEnd.NOT_ANSWERED, told(ListeningEnded.class).getFirst().end());
    assertEquals(
        new GatewayAction.HangUp(GATEWAY, new ChannelId(id.value())), desk.actions().getLast());
    desk.gone(id.value());
    assertEquals(1, told(ListeningEnded.class).size(), "told once");
  }

  @Test
  void afterAnOutageWhoseChannelIsGoneListensNoLonger() {
    ListeningId id = begin();
    heard(id, ListeningMode.BARGE);
    desk.linkLost();
    assertEquals(1, desk.engine.state().listenings().all().size());
    desk.linkUp();
    assertEquals(ListeningEnd.UNSEEN, told(ListeningEnded.class).getFirst().end());
  }

  @Test
  void aListenerThatIsStillThereAfterAnOutageGoesOnAndIsNoCall() {
    ListeningId id = begin();
    heard(id, ListeningMode.BARGE);
    desk.linkLost();
    desk.linkUp(
        List.of(
            EngineWorld.present(CALL, CALL, "PJSIP/ipoffice-1", "b1", desk.now),
            EngineWorld.present("leg", CALL, "Local/8001@cti-agents-leg;1", "b1", desk.now),
            EngineWorld.present(id.value(), id.value(), "Local/8090@cti-listen-1;1", "", desk.now)),
        List.of(),
        List.of());
    assertTrue(told(ListeningEnded.class).isEmpty());
    assertEquals(1, desk.engine.state().calls().size());
  }

  @Test
  void aRestartInBetweenForgetsNothing() {
    ListeningId id = begin();
    EngineWorld again = new EngineWorld(desk.events);
    assertEquals(
        desk.engine.state().listenings().all().stream().toList(),
        again.engine.state().listenings().all().stream().toList());
    assertTrue(
        again.engine.afterReplay(desk.now).stream()
            .anyMatch(
                effect ->
                    effect instanceof Effect.Arm arm
                        && arm.timer() instanceof TimerInput.ListeningDue due
                        && due.listening().equals(id)));
    LiveState kept = new LiveState();
    kept.restore(desk.engine.state().memory());
    assertEquals(1, kept.listenings().all().size());
  }

  private void twoDesks() {
    desk.tell(
        new CatalogInput.MasterReplaced(
            List.of(
                EngineWorld.DESKS.getFirst(),
                new Desk(
                    OTHER,
                    "韶关厂",
                    new SiteId("sg"),
                    "",
                    OTHER_QUEUE,
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(2))),
            List.of(
                new Agent(AGENT, "员工0101", Map.of(DESK, SeatRole.A)),
                new Agent(SECOND_AGENT, "员工0102", Map.of(DESK, SeatRole.B)))));
    desk.linkUp();
    desk.dials(CALL);
    desk.joinsQueue(CALL);
  }

  private Reply move(Destination to) {
    return ask(new SupervisorCommand.MoveCaller(new CallId(GATEWAY + ":" + CALL), to, "急件", BOSS));
  }

  private void joins(QueueName queue) {
    desk.tell(new GatewayInput.CallerJoined(GATEWAY, desk.now, new ChannelId(CALL), queue, 1));
  }

  @Test
  void aCallerWhoIsMovedToAnotherDeskHasAFurtherStayAndIsNotMissed() {
    twoDesks();
    assertEquals(new Reply.Accepted(), move(new Destination.ToDesk(OTHER, true)));
    GatewayAction.WithdrawCaller action =
        assertInstanceOf(GatewayAction.WithdrawCaller.class, desk.actions().getLast());
    assertEquals("PJSIP/ipoffice-1.1", action.channelName());
    assertTrue(action.place().matches("desk:cti-sg:[0-9]{4,10}:" + QUEUE), action.place());
    desk.queueReturns(CALL, "WITHDRAW");
    joins(OTHER_QUEUE);
    assertEquals(
        List.of(QueueOutcome.OVERFLOWED),
        desk.call(CALL).visits().stream().flatMap(visit -> visit.outcome().stream()).toList());
    assertEquals(Optional.of(OTHER), desk.call(CALL).desk());
    CallerMoved moved = told(CallerMoved.class).getFirst();
    assertEquals(Optional.of(DESK), moved.from());
    assertEquals("急件", moved.reason());
    assertTrue(desk.missed().isEmpty());
  }

  @Test
  void theFrontOfTheSameQueueIsAPriorityAboveAllEarlierOnes() {
    twoDesks();
    move(new Destination.ToDesk(DESK, true));
    int first = ((GatewayAction.SetCallerPriority) desk.actions().getLast()).priority();
    desk.pass(Duration.ofSeconds(2));
    move(new Destination.ToDesk(DESK, true));
    int second = ((GatewayAction.SetCallerPriority) desk.actions().getLast()).priority();
    assertTrue(second > first && first > 1_000, first + " then " + second);
    refused("already-there", move(new Destination.ToDesk(DESK, false)));
    assertEquals(1, desk.call(CALL).visits().size());
  }

  @Test
  void theBackOfTheSameQueueIsNoPriorityAtAll() {
    twoDesks();
    assertEquals(new Reply.Accepted(), move(new Destination.ToBack(DESK)));
    GatewayAction.SetCallerPriority action =
        assertInstanceOf(GatewayAction.SetCallerPriority.class, desk.actions().getLast());
    assertEquals(0, action.priority());
    assertEquals("PJSIP/ipoffice-1.1", action.channelName());
    CallerMoved moved = told(CallerMoved.class).getFirst();
    assertEquals(moved.from(), moved.toDesk());
    assertTrue(!moved.first());
    refused("not-waiting", move(new Destination.ToBack(OTHER)));
    assertEquals(1, desk.call(CALL).visits().size());
  }

  @Test
  void aCallerWhoIsMovedToAnAgentWhoDoesNotAnswerAndLeavesIsMissedOnce() {
    twoDesks();
    refused("target-away", move(new Destination.ToAgent(AGENT)));
    desk.readyAgent(AGENT, PHONE);
    assertEquals(new Reply.Accepted(), move(new Destination.ToAgent(AGENT)));
    assertTrue(
        ((GatewayAction.WithdrawCaller) desk.actions().getLast())
            .place()
            .startsWith("agent:8001:"));
    desk.queueReturns(CALL, "WITHDRAW");
    desk.dialsPhone(CALL, CALL, "to", PHONE);
    desk.dialEnds("to", "CANCEL");
    desk.hangsUp(CALL);
    desk.gone("to-line");
    desk.gone("to-2");
    desk.gone("to");
    desk.gone(CALL);
    assertEquals(
        List.of(QueueOutcome.AGENT_NO_ANSWER),
        desk.missed().stream().map(missed -> missed.reason()).toList());
    assertEquals(CallOutcome.ABANDONED_RINGING, desk.ending(CALL).outcome());
  }

  @Test
  void onlyWhoWaitsIsMoved() {
    talk();
    refused("not-waiting", move(new Destination.ToDesk(DESK, true)));
    desk.linkLost();
    refused("gateway-away", move(new Destination.ToDesk(DESK, true)));
  }
}
