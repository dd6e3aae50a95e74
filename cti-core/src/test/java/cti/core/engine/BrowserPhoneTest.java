package cti.core.engine;

import static cti.core.engine.EngineWorld.AGENT;
import static cti.core.engine.EngineWorld.GATEWAY;
import static cti.core.engine.EngineWorld.PHONE;
import static cti.core.engine.EngineWorld.channel;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.agent.AgentState;
import cti.core.call.CallOutcome;
import cti.core.call.CallPhase;
import cti.core.call.ClearedBy;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A phone in a browser whose page is loaded anew in a call: another channel takes its place. */
class BrowserPhoneTest {
  private final EngineWorld world = new EngineWorld();

  @BeforeEach
  void anAgentTalks() {
    world.linkUp();
    world.readyAgent(AGENT, PHONE);
    world.dials("1");
    world.joinsQueue("1");
    world.rings("1", "leg", PHONE);
    world.leg("1", "leg-2", "Local/" + PHONE + "@cti-agents-leg;2");
    world.leg("1", "line", "PJSIP/cti-web-" + PHONE + "-1");
    world.dialled("leg-2", "line", PHONE.value());
    world.answers("1", "leg", PHONE);
    world.bridged("leg-2", "inner");
    world.bridged("line", "inner");
    world.pass(Duration.ofSeconds(10));
  }

  private void comesBack() {
    world.tell(
        new GatewayInput.ChannelCreated(
            GATEWAY,
            world.now,
            channel("again"),
            channel("again"),
            "PJSIP/cti-web-" + PHONE + "-2",
            PHONE.value(),
            "",
            "cti-softphone",
            "cti-back"));
    world.bridged("again", "inner");
    world.gone("line");
  }

  @Test
  void theTalkGoesOnAndNoOtherCallIsOnRecord() {
    comesBack();
    assertEquals(CallPhase.TALKING, world.call("1").phase());
    assertEquals(AgentState.BUSY, world.state(AGENT));
    assertEquals(1, world.engine.state().calls().size());
    assertTrue(
        world.call("1").connections().values().stream()
            .anyMatch(leg -> leg.channelName().endsWith("-2")));
  }

  @Test
  void whatTheNewLineDoesTheAgentDoes() {
    comesBack();
    world.holds("again");
    assertEquals(CallPhase.ON_HOLD, world.call("1").phase());
    world.retrieves("again");
    assertEquals(CallPhase.TALKING, world.call("1").phase());
    world.hangsUp("again");
    world.gone("again");
    world.gone("leg-2");
    world.gone("leg");
    world.gone("1");
    assertEquals(CallOutcome.ANSWERED, world.ending("1").outcome());
    assertEquals(ClearedBy.AGENT, world.ending("1").by());
    assertEquals(AgentState.WORKING_AFTER_CALL, world.state(AGENT));
  }

  @Test
  void comingTooLateIsNoCallAtAll() {
    world.hangsUp("line");
    world.gone("line");
    world.gone("leg-2");
    world.gone("leg");
    world.gone("1");
    world.tell(
        new GatewayInput.ChannelCreated(
            GATEWAY,
            world.now,
            channel("again"),
            channel("again"),
            "PJSIP/cti-web-" + PHONE + "-2",
            PHONE.value(),
            "",
            "cti-softphone",
            "cti-back"));
    world.gone("again");
    assertTrue(world.engine.state().calls().isEmpty());
  }
}
