package cti.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cti.core.agent.Agent;
import cti.core.agent.SeatRole;
import cti.core.desk.Desk;
import cti.core.id.AgentId;
import cti.core.id.DeskId;
import cti.core.id.QueueName;
import cti.core.id.SiteId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CatalogTest {
  private static final DeskId DESK = new DeskId("gz");
  private static final Agent AGENT =
      new Agent(new AgentId("1001"), "员工0101", Map.of(DESK, SeatRole.A));

  @Test
  void desksAndAgentsAreReplacedTogether() {
    Desk desk =
        new Desk(
            DESK,
            "广州厂",
            new SiteId("gz"),
            "",
            new QueueName("cti-gz"),
            Duration.ofSeconds(30),
            Duration.ofMinutes(2));
    Catalog both =
        Catalog.EMPTY.with(new CatalogInput.MasterReplaced(List.of(desk), List.of(AGENT)));
    assertEquals(Optional.of(desk), both.deskOf(desk.queue()));
    assertEquals(Optional.of(AGENT), both.agent(AGENT.id()));
    Catalog none = both.with(new CatalogInput.MasterReplaced(List.of(), List.of()));
    assertEquals(Optional.empty(), none.desk(DESK));
    assertEquals(Optional.empty(), none.agent(AGENT.id()));
  }
}
