package cti.server.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.desk.Desk;
import cti.core.desk.Site;
import cti.core.port.VersionedTexts.Published;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Desks and sites that may not go, by what was published and not by what was shipped. */
class NamesInUseTest {
  private static final String ONLY_GZ =
      "rules:\n  - { id: all, when: { always: true }, desk: gz }\n";

  private Instant now = Instant.parse("2026-11-23T02:30:00Z");
  private final RoutingInMemory house = new RoutingInMemory(() -> now);

  private final NamesInUse names =
      new NamesInUse(house.routing, house.flows, () -> Set.of("sorry"));

  @BeforeEach
  void begin() {
    house.flows.begin();
    house.routing.begin();
  }

  private List<String> without(String desk) {
    List<Desk> left =
        house.sample.desks().stream().filter(one -> !one.id().value().equals(desk)).toList();
    assertEquals(house.sample.desks().size() - 1, left.size(), "desks without " + desk);
    return names.missing(left, house.sample.sites());
  }

  private void publish(String yaml, Optional<Instant> at) {
    house.routing.saveDraft("d", yaml, 0, "admin");
    assertInstanceOf(Published.Done.class, house.routing.publish("d", "x", at, "admin"));
  }

  @Test
  void promptsAreNamedByVersionsInForceAndStillToCome() {
    assertEquals(List.of("version 1 of the flow"), names.naming("sorry"));
    assertEquals(List.of(), names.naming("outage-network"));
    publish(
        """
        rules:
          - id: all
            when: { always: true }
            desk: gz
            targets: [{ desk: gz }, { announcement: outage-network }]
        """,
        Optional.of(now.plus(Duration.ofDays(1))));
    assertEquals(List.of("version 2 of the rules"), names.naming("outage-network"));
    String other = house.shippedFlow.replace("greeting: welcome", "greeting: outage-network");
    house.flows.saveDraft("d", other, 0, "a");
    assertInstanceOf(Published.Done.class, house.flows.publish("d", "x", Optional.empty(), "a"));
    assertEquals(
        List.of("version 2 of the rules", "version 2 of the flow"), names.naming("outage-network"));
    assertEquals(List.of(), names.naming("welcome"), "what only an earlier version names may go");
  }

  @Test
  void nothingIsMissingWhileAllAreThere() {
    assertEquals(List.of(), names.missing(house.sample.desks(), house.sample.sites()));
  }

  @Test
  void whatOnlyAnEarlierVersionNamesMayGo() {
    assertEquals(
        List.of("version 1 of the rules: rule choice-oa: no desk hq-oa"), without("hq-oa"));
    publish(ONLY_GZ, Optional.empty());
    assertEquals(List.of(), without("hq-oa"));
    assertEquals(List.of("version 2 of the rules: rule all: no desk gz"), without("gz"));
  }

  @Test
  void whatTheFlowNamesMayNotGo() {
    publish(ONLY_GZ, Optional.empty());
    assertTrue(
        without("hq-desktop")
            .contains("version 1 of the flow: nodes.desktop-queue.desk: no desk hq-desktop"));
  }

  @Test
  void aVersionThatIsStillToComeCountsToo() {
    publish(ONLY_GZ, Optional.empty());
    publish(ONLY_GZ.replace("desk: gz", "desk: hq-oa"), Optional.of(now.plus(Duration.ofDays(1))));
    assertEquals(List.of("version 3 of the rules: rule all: no desk hq-oa"), without("hq-oa"));
    now = now.plus(Duration.ofDays(2));
    assertEquals(List.of(), without("gz"));
  }

  @Test
  void aSiteThatAConditionNamesMayNotGo() {
    List<Site> left =
        house.sample.sites().stream().filter(site -> !site.id().value().equals("gz")).toList();
    assertTrue(
        names
            .missing(house.sample.desks(), left)
            .contains("version 1 of the rules: rule site-gz: no site gz"));
  }

  @Test
  void aTargetNamesADeskToo() {
    publish(
        """
        rules:
          - id: all
            when: { always: true }
            desk: gz
            targets:
              - { desk: gz, limit: 20 }
              - announcement: sorry
              - voicemail: sg
        """,
        Optional.empty());
    assertEquals(List.of("version 2 of the rules: rule all: no desk sg"), without("sg"));
  }
}
