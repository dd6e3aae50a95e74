package cti.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.callback.Callback;
import cti.core.callback.CallbackOutcome;
import cti.core.callback.CallbackPolicy;
import cti.core.event.CallEvent.CallMissed;
import cti.core.event.CallEvent.ServiceInitiated;
import cti.core.event.CallerEvent.CallbackDialled;
import cti.core.event.CallerEvent.CallbackEnded;
import cti.core.event.CallerEvent.CallbackEvent;
import cti.core.event.CallerEvent.CallbackFailed;
import cti.core.event.CallerEvent.CallbackReached;
import cti.core.id.CallbackId;
import cti.core.id.ChannelId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallbacksTest {
  private static final String NUMBER = "02088881234";
  private EngineWorld desk = new EngineWorld();

  private <E extends CallbackEvent> List<E> told(Class<E> type) {
    return desk.events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** A caller who waits and asks to be called back, then hangs up. */
  private void asks(String caller, String number) {
    desk.dials(caller);
    desk.joinsQueue(caller);
    leaves(caller);
    assertEquals(
        new Reply.Accepted(),
        desk.tell(
                new CallbackCommand.Request(
                    EngineWorld.channel(caller), EngineWorld.DESK, number, "en"))
            .reply()
            .orElseThrow());
    desk.gone(caller);
  }

  private void leaves(String caller) {
    desk.tell(
        new GatewayInput.QueueReturned(
            EngineWorld.GATEWAY,
            desk.now,
            EngineWorld.channel(caller),
            EngineWorld.QUEUE,
            "LEFT_BY_KEY"));
  }

  private Optional<GatewayAction.CallBack> dialled() {
    return desk.effects.stream()
        .filter(Effect.Act.class::isInstance)
        .map(effect -> ((Effect.Act) effect).action())
        .filter(GatewayAction.CallBack.class::isInstance)
        .map(GatewayAction.CallBack.class::cast)
        .reduce((before, last) -> last);
  }

  /** The gateway makes the channel that it was asked for. */
  private String rings() {
    ChannelId channel = dialled().orElseThrow().channel();
    desk.tell(
        new GatewayInput.ChannelCreated(
            EngineWorld.GATEWAY,
            desk.now,
            channel,
            channel,
            "Local/" + NUMBER + "@cti-callback-00000001;1",
            "",
            "",
            "cti-called-back",
            "s"));
    return channel.value();
  }

  private Callback callback() {
    return desk.engine.state().callbacks().all().iterator().next();
  }

  @Test
  void whoeverLeavesTheQueueIsCalledWhenAnAgentIsFree() {
    desk.linkUp();
    asks("1.1", NUMBER);
    assertEquals(Optional.empty(), dialled());
    desk.readyAgent(EngineWorld.AGENT, EngineWorld.PHONE);
    GatewayAction.CallBack action = dialled().orElseThrow();
    assertEquals(NUMBER, action.number());
    assertEquals(EngineWorld.QUEUE, action.queue());
    assertEquals(Optional.of("en"), action.language());
    assertEquals(CallbackPolicy.USUAL.priority(), action.priority());
    String made = rings();
    assertEquals(
        NUMBER,
        desk.events.stream()
            .filter(ServiceInitiated.class::isInstance)
            .map(ServiceInitiated.class::cast)
            .toList()
            .getLast()
            .callingNumber());
    desk.joinsQueue(made);
    assertEquals(1, told(CallbackReached.class).size());
    desk.rings(made, made + "-leg", EngineWorld.PHONE);
    desk.answers(made, made + "-leg", EngineWorld.PHONE);
    assertEquals(
        List.of(CallbackOutcome.TALKED),
        told(CallbackEnded.class).stream().map(CallbackEnded::outcome).toList());
    assertTrue(desk.engine.state().callbacks().all().isEmpty());
  }

  @Test
  void leavingByKeyIsMissedUntilSomebodyTalksToThem() {
    desk.linkUp();
    asks("1.1", NUMBER);
    assertEquals(1, desk.of(CallMissed.class).size());
  }

  @Test
  void whoCameBeforeIsServedBefore() {
    desk.linkUp();
    desk.dials("1.1");
    desk.joinsQueue("1.1");
    desk.pass(Duration.ofSeconds(5));
    asks("1.2", "02088880000");
    desk.pass(Duration.ofSeconds(5));
    desk.dials("1.3");
    desk.joinsQueue("1.3");
    desk.readyAgent(EngineWorld.AGENT, EngineWorld.PHONE);
    assertEquals(Optional.empty(), dialled(), "1.1 came before");
    desk.rings("1.1", "1.1-leg", EngineWorld.PHONE);
    desk.answers("1.1", "1.1-leg", EngineWorld.PHONE);
    assertEquals(Optional.empty(), dialled(), "nobody is free");
    desk.readyAgent(EngineWorld.SECOND_AGENT, EngineWorld.SECOND_PHONE);
    assertTrue(dialled().isPresent(), "1.3 came after");
  }

  @Test
  void aRestartForgetsNothing() {
    desk.linkUp();
    asks("1.1", NUMBER);
    EngineWorld before = desk;
    desk = new EngineWorld(before.events);
    desk.now = before.now.plusSeconds(30);
    assertEquals(Callback.State.WAITING, callback().state());
    assertTrue(
        desk.engine.afterReplay(desk.now).stream()
            .anyMatch(
                effect ->
                    effect instanceof Effect.Arm arm
                        && arm.timer() instanceof TimerInput.CallbackDue));
    desk.linkUp();
    desk.readyAgent(EngineWorld.AGENT, EngineWorld.PHONE);
    assertTrue(dialled().isPresent());
  }

  @Test
  void whoIsNotReachedIsTriedAgainThenGivenUp() {
    desk.linkUp();
    asks("1.1", NUMBER);
    desk.readyAgent(EngineWorld.AGENT, EngineWorld.PHONE);
    for (int attempt = 1; attempt <= CallbackPolicy.USUAL.attempts(); attempt++) {
      assertEquals(attempt, told(CallbackDialled.class).size());
      String made = rings();
      desk.tell(
          new GatewayInput.DialEnded(
              EngineWorld.GATEWAY, desk.now, EngineWorld.channel(made), "BUSY"));
      desk.gone(made);
      assertEquals("BUSY", told(CallbackFailed.class).getLast().reason());
      desk.pass(CallbackPolicy.USUAL.pause());
      desk.fireTimers();
    }
    assertEquals(CallbackPolicy.USUAL.attempts(), told(CallbackDialled.class).size());
    assertEquals(
        List.of(CallbackOutcome.NOT_REACHED),
        told(CallbackEnded.class).stream().map(CallbackEnded::outcome).toList());
    assertEquals(1, desk.of(CallMissed.class).size(), "only the call in which they asked");
  }

  @Test
  void anAttemptWhoseEndNobodySawEndsByItsTimeLimit() {
    desk.linkUp();
    asks("1.1", NUMBER);
    desk.readyAgent(EngineWorld.AGENT, EngineWorld.PHONE);
    desk.pass(CallbackPolicy.USUAL.ring().plusSeconds(61));
    desk.fireTimers();
    assertEquals(1, told(CallbackFailed.class).size());
    assertEquals(Callback.State.WAITING, callback().state());
  }

  @Test
  void theGatewayMayRefuse() {
    desk.linkUp();
    asks("1.1", NUMBER);
    desk.readyAgent(EngineWorld.AGENT, EngineWorld.PHONE);
    desk.tell(
        new GatewayInput.ActionFailed(
            EngineWorld.GATEWAY, desk.now, dialled().orElseThrow(), "no such channel", true));
    assertEquals("gateway: no such channel", told(CallbackFailed.class).getLast().reason());
  }

  @Test
  void aPromiseThatCannotBeKeptExpires() {
    desk.linkUp();
    asks("1.1", NUMBER);
    desk.pass(CallbackPolicy.USUAL.validity());
    desk.fireTimers();
    assertEquals(
        List.of(CallbackOutcome.EXPIRED),
        told(CallbackEnded.class).stream().map(CallbackEnded::outcome).toList());
  }

  @Test
  void whoCallsAgainAndIsAnsweredIsNotCalledBack() {
    desk.linkUp();
    asks("1.1", NUMBER);
    desk.linkLost();
    desk.linkUp();
    desk.dials("2.1");
    desk.joinsQueue("2.1");
    desk.rings("2.1", "2.1-leg", EngineWorld.PHONE);
    desk.answers("2.1", "2.1-leg", EngineWorld.PHONE);
    assertEquals(
        List.of(CallbackOutcome.SETTLED),
        told(CallbackEnded.class).stream().map(CallbackEnded::outcome).toList());
  }

  @Test
  void whoHangsUpWhileWaitingHasLeft() {
    desk.linkUp();
    asks("1.1", NUMBER);
    desk.readyAgent(EngineWorld.AGENT, EngineWorld.PHONE);
    String made = rings();
    desk.joinsQueue(made);
    desk.gone(made);
    assertEquals(
        List.of(CallbackOutcome.LEFT),
        told(CallbackEnded.class).stream().map(CallbackEnded::outcome).toList());
  }

  @Test
  void theSameNumberWaitsOnce() {
    desk.linkUp();
    asks("1.1", NUMBER);
    asks("1.2", NUMBER);
    assertEquals(1, desk.engine.state().callbacks().all().size());
    assertEquals(new CallbackId("gw1:1.1"), callback().id());
  }

  @Test
  void whatCannotBeIsRefused() {
    desk.linkUp();
    desk.dials("1.1");
    assertEquals(
        "bad-number",
        refused(
            new CallbackCommand.Request(
                EngineWorld.channel("1.1"), EngineWorld.DESK, "anonymous", "en")));
    assertEquals(
        "no-such-call",
        refused(
            new CallbackCommand.Request(
                EngineWorld.channel("9.9"), EngineWorld.DESK, NUMBER, "en")));
    assertEquals(
        "no-such-callback",
        refused(new CallbackCommand.Cancel(new CallbackId("gw1:9.9"), "supervisor")));
  }

  /** Whoever rings could have it dialled: abroad, emergency calls, services, short codes. */
  @ParameterizedTest
  @ValueSource(
      strings = {"0085212345678", "+4930123456", "00493012345678", "110", "120", "12345", "95588"})
  void aNumberThatIsNotTheCountrysOwnIsRefused(String number) {
    desk.linkUp();
    desk.dials("1.1");
    assertEquals(
        "number-not-called",
        refused(
            new CallbackCommand.Request(
                EngineWorld.channel("1.1"), EngineWorld.DESK, number, "en")));
    assertTrue(desk.engine.state().callbacks().all().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8001",
        "66101",
        "88881234",
        "02088881234",
        "075188881234",
        "13900000025",
        "+8613900000025",
        "008613900000025",
        "+862088881234"
      })
  void numbersOfTheCountryAreCalled(String number) {
    assertTrue(number.matches(CallbackPolicy.USUAL_NUMBERS), number);
  }

  @Test
  void aNumberIsCalledBackThreeTimesADay() {
    desk.linkUp();
    for (String caller : List.of("1.1", "1.2", "1.3")) {
      asks(caller, NUMBER);
      desk.tell(new CallbackCommand.Cancel(callback().id(), "supervisor"));
    }
    desk.dials("1.4");
    CallbackCommand.Request fourth =
        new CallbackCommand.Request(EngineWorld.channel("1.4"), EngineWorld.DESK, NUMBER, "en");
    assertEquals("too-many-callbacks", refused(fourth));
    assertTrue(
        refusedAfter(new EngineWorld(desk.events), fourth), "a start replays what was promised");
    EngineWorld kept = new EngineWorld();
    kept.engine.state().restore(desk.engine.state().memory());
    assertTrue(refusedAfter(kept, fourth), "and so does one from a checkpoint");
    desk.pass(Duration.ofDays(1));
    assertEquals(new Reply.Accepted(), desk.tell(fourth).reply().orElseThrow());
  }

  private boolean refusedAfter(EngineWorld start, CallbackCommand.Request request) {
    start.now = desk.now;
    return start.tell(request).reply().orElseThrow() instanceof Reply.Refusal refusal
        && refusal.id().equals("too-many-callbacks");
  }

  /** The call that was made for them is gone, and nobody saw it end. */
  @Test
  void whoWasReachedAndIsNotThereAnyMoreHasLeft() {
    desk.linkUp();
    asks("1.1", NUMBER);
    desk.readyAgent(EngineWorld.AGENT, EngineWorld.PHONE);
    desk.joinsQueue(rings());
    EngineWorld before = desk;
    desk = new EngineWorld(before.events.stream().filter(CallbackEvent.class::isInstance).toList());
    desk.now = before.now;
    assertEquals(Callback.State.REACHED, callback().state());
    desk.effects.addAll(desk.engine.afterReplay(desk.now));
    desk.pass(CallbackPolicy.USUAL.ring().plusSeconds(60));
    desk.fireTimers();
    assertEquals(
        List.of(CallbackOutcome.LEFT),
        told(CallbackEnded.class).stream().map(CallbackEnded::outcome).toList());
  }

  @Test
  void whoWasReachedAndWaitsOnGoesOnWaiting() {
    desk.linkUp();
    asks("1.1", NUMBER);
    desk.readyAgent(EngineWorld.AGENT, EngineWorld.PHONE);
    desk.joinsQueue(rings());
    for (int i = 0; i < 3; i++) {
      desk.pass(CallbackPolicy.USUAL.ring().plusSeconds(60));
      desk.fireTimers();
      assertEquals(Callback.State.REACHED, callback().state());
    }
  }

  @Test
  void aSupervisorTakesOneOffTheList() {
    desk.linkUp();
    asks("1.1", NUMBER);
    desk.tell(new CallbackCommand.Cancel(new CallbackId("gw1:1.1"), "supervisor"));
    CallbackEnded ended = told(CallbackEnded.class).getFirst();
    assertEquals(CallbackOutcome.CANCELLED, ended.outcome());
    assertEquals("supervisor", ended.by());
  }

  private String refused(CallbackCommand command) {
    return assertInstanceOf(Reply.Refusal.class, desk.tell(command).reply().orElseThrow()).id();
  }
}
