package cti.core.engine;

import static cti.core.engine.EngineWorld.AGENT;
import static cti.core.engine.EngineWorld.PHONE;
import static cti.core.engine.EngineWorld.SECOND_AGENT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who is ready, as routing looks at them. */
class LiveQueuesTest {
  private final EngineWorld world = new EngineWorld();

  @Test
  void anAgentIsReadyWhereTheyAreLoggedOnAndInNoCall() {
    world.linkUp();
    world.readyAgent(AGENT, PHONE);
    assertEquals(Optional.of(PHONE), LiveQueues.readyAt(world.engine.state(), AGENT));
    assertEquals(Optional.empty(), LiveQueues.readyAt(world.engine.state(), SECOND_AGENT));
    world.dials("1");
    world.joinsQueue("1");
    world.rings("1", "2", PHONE);
    world.answers("1", "2", PHONE);
    assertEquals(Optional.empty(), LiveQueues.readyAt(world.engine.state(), AGENT));
  }

  @Test
  void nobodyIsKnownToBeReadyWhileTheGatewayIsNotSeen() {
    world.linkUp();
    world.readyAgent(AGENT, PHONE);
    world.linkLost();
    assertEquals(Optional.empty(), LiveQueues.readyAt(world.engine.state(), AGENT));
  }
}
