package cti.core.engine;

import static cti.core.engine.EngineWorld.AGENT;
import static cti.core.engine.EngineWorld.GATEWAY;
import static cti.core.engine.EngineWorld.PHONE;
import static cti.core.engine.EngineWorld.present;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The story: a caller hung up while the agent consulted a colleague, the two went on talking, and
 * cti-server was restarted meanwhile. The snapshot could not be handled, so nothing was ever live.
 */
class LeftBehindTest {
  private final EngineWorld world = new EngineWorld();

  @Test
  void anAgentWhoseCallerLeftAndWhoStillTalksToAColleagueKeepsNoSnapshotFromCounting() {
    world.linkUp();
    world.readyAgent(AGENT, PHONE);
    world.dials("5.1");
    world.joinsQueue("5.1");
    world.rings("5.1", "5.2", PHONE);
    world.answers("5.1", "5.2", PHONE);
    world.leg("5.1", "6.2", "Local/8002@cti-agents-6.2;1");
    world.hangsUp("5.1");
    world.gone("5.1");
    world.linkLost();
    Instant since = world.now.minusSeconds(20);
    world.linkUp(
        List.of(
            present("5.2", "5.1", "Local/8001@cti-agents-5.2;1", "b2", since),
            present("6.2", "5.1", "Local/8002@cti-agents-6.2;1", "b2", since)),
        List.of(),
        List.of());
    assertTrue(world.engine.state().live(GATEWAY));
  }
}
