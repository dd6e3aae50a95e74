package cti.server.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.agent.SeatRole;
import cti.core.directory.DialPlan;
import cti.core.directory.DirectoryIndex;
import cti.core.directory.StaffMember;
import cti.core.directory.StaffStatus;
import cti.core.id.DeskId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SampleCatalogTest {
  private final SampleCatalog sample = SampleCatalog.load();
  private final DirectoryIndex index =
      new DirectoryIndex(new DialPlan(sample.sites()), sample.staff());

  @Test
  void holdsTheHouseOfTheDomain() {
    assertEquals(5, sample.sites().size());
    assertEquals(12, sample.desks().size());
    assertEquals(60, sample.staff().size());
    assertEquals(13, sample.agents().size());
    assertTrue(
        sample.desks().stream().allMatch(desk -> desk.queue().value().equals("cti-" + desk.id())));
    for (var desk : sample.desks()) {
      int expected = desk.id().equals(new DeskId("hq-desktop")) ? 2 : 1;
      assertEquals(
          expected,
          sample.agents().stream()
              .filter(agent -> agent.seats().get(desk.id()) == SeatRole.A)
              .count(),
          "A seats of " + desk.id());
    }
    assertTrue(sample.staff().stream().anyMatch(StaffMember::vip));
    for (StaffStatus status : StaffStatus.values()) {
      assertTrue(sample.staff().stream().anyMatch(member -> member.status() == status));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "13900000001, E0001",
    "013900000001, E0001",
    "913900000001, E0001",
    "13900000025, E0025",
    "0757-8888 1002, E0002",
    "88881002, E0002",
    "2001, E0025",
    "075788881900, E0005 E0006",
    "13900000099, E0023 E0034",
    "4950, E0052 E0060",
    "13800000001, ''",
    "'', ''",
    "anonymous, ''",
  })
  void findsWhoMayBeCalling(String presented, String expected) {
    List<String> ids = index.lookup(presented).stream().map(member -> member.id().value()).toList();
    assertEquals(expected, String.join(" ", ids));
  }
}
