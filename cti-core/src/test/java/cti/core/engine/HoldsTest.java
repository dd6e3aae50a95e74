package cti.core.engine;

import static cti.core.engine.EngineWorld.AGENT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import cti.core.agent.AgentState;
import cti.core.call.Call;
import cti.core.call.CallPhase;
import cti.core.call.CallTimes;
import cti.core.call.ClearedBy;
import cti.core.call.ConnectionState;
import cti.core.call.Part;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who is on hold, and the silence that the other hears meanwhile. */
class HoldsTest extends TalkFixture {
  @Test
  void timeOnHoldIsNoTalkAndAllOfItAddsUp() {
    talk();
    seconds(10);
    world.holds("leg");
    assertEquals(CallPhase.ON_HOLD, world.call("1").phase());
    assertEquals(ConnectionState.HELD, part("1", "leg").state());
    seconds(5);
    world.retrieves("leg");
    assertEquals(CallPhase.TALKING, world.call("1").phase());
    seconds(20);
    world.hangsUp("leg-line");
    seconds(1);
    world.gone("leg");
    world.gone("leg-2");
    world.gone("leg-line");
    world.gone("1");

    Call over = over("1");
    CallTimes times = over.times();
    assertEquals(List.of(2L, 3L, 0L, 30L, 5L, 1L), spent(times));
    assertEquals(Duration.between(times.startedAt(), times.until()), times.total());
    Part agent = over.parts().get(1);
    assertEquals(Duration.ofSeconds(30), agent.times().talked());
    assertEquals(Duration.ofSeconds(5), agent.times().held());
    assertEquals(AgentState.WORKING_AFTER_CALL, world.state(AGENT));
  }

  @Test
  void aCallerWhoHoldsIsOnHoldToo() {
    talk();
    seconds(4);
    world.holds("1");
    seconds(6);
    world.retrieves("1");
    seconds(1);
    world.abandons("1");
    world.gone("leg");
    world.gone("leg-2");
    world.gone("leg-line");
    assertEquals(List.of(2L, 3L, 0L, 5L, 6L, 0L), spent(over("1").times()));
  }

  /** Seen on the gateway: hung up before the silence is answered, its channel is not named. */
  @Test
  void hungUpAtOnceOnHoldTheCallerDoesNotListenToSilenceEither() {
    talk();
    world.holds("leg");
    silence();
    world.hangsUp("leg-line");
    world.transfersAttended("leg", false, "");
    assertEquals(
        new GatewayAction.HangUp(EngineWorld.GATEWAY, EngineWorld.channel("1")),
        world.actions().getLast());
  }

  /**
   * Seen on the gateway: hung up before the silence has a channel, the gateway tells of no transfer
   * ever, and neither the caller nor the silence would end.
   */
  @Test
  void hungUpBeforeTheSilenceIsThereBothEnd() {
    talk();
    world.holds("leg");
    world.hangsUp("leg-line");
    gone("leg-line");
    int before = world.actions().size();
    silence();
    assertEquals(List.of("1", "x"), hungUp(before));
    gone("leg", "leg-2");
    gone("1");
    assertEquals(List.of("1", "x"), hungUp(before));
    gone("x", "x-2");
    assertEquals(ClearedBy.AGENT, world.ending("1").by());
  }

  /** The same for a consultation: whoever is asked would answer to nobody. */
  @Test
  void hungUpBeforeTheConsultationIsThereBothEnd() {
    talk();
    world.holds("leg");
    world.hangsUp("leg-line");
    gone("leg-line");
    int before = world.actions().size();
    world.leg("1", "x", "Local/1@cti-consult-x;1");
    assertEquals(List.of("1", "x"), hungUp(before));
  }

  /** However it comes that the silence is left over: it does not keep an ended call alive. */
  @Test
  void silenceThatNobodyIsLeftWithEnds() {
    talk();
    world.holds("leg");
    world.leg("1", "x", "Local/1@cti-hold-x;1");
    world.hangsUp("leg-line");
    gone("leg-line", "leg", "leg-2");
    int before = world.actions().size();
    gone("1");
    assertEquals(List.of("x"), hungUp(before));
  }

  private List<String> hungUp(int before) {
    return world.actions().subList(before, world.actions().size()).stream()
        .filter(GatewayAction.HangUp.class::isInstance)
        .map(GatewayAction.HangUp.class::cast)
        .map(action -> action.channel().value())
        .toList();
  }

  /** Seen on the gateway: the agent's phone would stay in the silence of [cti-hold]. */
  @Test
  void aCallerWhoLeavesOnHoldLeavesNobodyInSilence() {
    talk();
    world.holds("leg");
    silence();
    int before = world.actions().size();
    world.abandons("1");
    assertEquals(
        List.of(new GatewayAction.HangUp(EngineWorld.GATEWAY, EngineWorld.channel("x"))),
        world.actions().subList(before, world.actions().size()).stream()
            .filter(GatewayAction.HangUp.class::isInstance)
            .toList());
  }

  @Test
  void hungUpOnHoldTheCallerDoesNotListenToSilence() {
    talk();
    world.holds("leg");
    silence();
    world.hangsUp("leg-2");
    world.transfersAttended("leg", false, "Local/1@cti-hold-x;1");
    assertEquals(
        new GatewayAction.HangUp(EngineWorld.GATEWAY, EngineWorld.channel("1")),
        world.actions().getLast());
  }
}
