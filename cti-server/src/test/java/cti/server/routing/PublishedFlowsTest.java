package cti.server.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.port.Flows;
import cti.core.port.Flows.Trial;
import cti.core.port.Flows.Tried;
import cti.core.port.VersionedTexts.Checked;
import cti.core.port.VersionedTexts.Published;
import cti.core.port.VersionedTexts.Saved;
import cti.core.port.VersionedTexts.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The flow by version, as the rules are; and trying it. */
class PublishedFlowsTest {
  private static final String FACTORY = "13900000025";

  private Instant now = Instant.parse("2026-11-23T02:30:00Z");
  private final RoutingInMemory house = new RoutingInMemory(() -> now);
  private final PublishedFlows flows = house.flows;

  @BeforeEach
  void begin() {
    flows.begin();
    house.routing.begin();
  }

  private Published published(String yaml, Optional<Instant> at) {
    assertInstanceOf(Saved.Done.class, flows.saveDraft("main", yaml, 0, "admin"));
    return flows.publish("main", "because", at, "admin");
  }

  private Version publish(String yaml) {
    return assertInstanceOf(Published.Done.class, published(yaml, Optional.empty())).version();
  }

  private String met(Optional<String> yaml, String... does) {
    return assertInstanceOf(
            Tried.Done.class,
            flows.simulate(new Trial(FACTORY, Optional.empty(), List.of(does), yaml)))
        .met();
  }

  private String silently() {
    return house.shippedFlow.replace("greeting: welcome", "greeting: []");
  }

  @Test
  void theShippedFlowIsVersionOneOfANewDatabase() {
    assertEquals(1, flows.inForce());
    assertEquals(1, flows.now().version());
    assertEquals(house.shippedFlow, flows.version(1).orElseThrow().yaml());
  }

  @Test
  void withoutAnyVersionTheFileStandsIn() {
    RoutingInMemory fresh = new RoutingInMemory(() -> now);
    assertEquals(0, fresh.flows.inForce());
    assertEquals(0, fresh.flows.now().version());
    assertEquals(0, fresh.routing.plan().flow().version());
    assertEquals(0, fresh.routing.plan().routing().version());
  }

  @Test
  void whatIsPublishedLeadsTheNextCallAndTheOldStaysForItsCalls() {
    assertEquals("welcome factory-offer? [queue gz by site-gz]", met(Optional.empty(), "-"));
    assertEquals("factory-offer? [queue gz by site-gz]", met(Optional.of(silently()), "-"));
    Version second = publish(silently());
    assertEquals(2, second.number());
    assertEquals(2, flows.now().version());
    assertEquals("factory-offer? [queue gz by site-gz]", met(Optional.empty(), "-"));
    assertEquals(List.of("welcome"), flows.of(1).orElseThrow().greeting());
    assertEquals(2, house.routing.plan().flow().version());
    Published.Done back =
        assertInstanceOf(Published.Done.class, flows.rollBack(1, "wrong", "admin"));
    assertEquals(Optional.of(1), back.version().restores());
    assertEquals("welcome factory-offer? [queue gz by site-gz]", met(Optional.empty(), "-"));
  }

  @Test
  void oneThatIsScheduledLeadsFromItsTimeOn() {
    assertInstanceOf(
        Published.Done.class, published(silently(), Optional.of(now.plus(Duration.ofHours(1)))));
    assertEquals(1, flows.inForce());
    assertEquals(List.of(1, 2), flows.counting().stream().map(Version::number).toList());
    now = now.plus(Duration.ofHours(1));
    assertEquals(2, flows.inForce());
    assertEquals(List.of(2), flows.counting().stream().map(Version::number).toList());
  }

  @Test
  void oneWithFaultsIsNotPublished() {
    String faulty = house.shippedFlow.replace("desk: hq-desktop", "desk: nowhere");
    Published.Faulty refused =
        assertInstanceOf(Published.Faulty.class, published(faulty, Optional.empty()));
    assertTrue(
        refused.faults().contains("flow: nodes.desktop-queue.desk: no desk nowhere"),
        () -> refused.faults().toString());
    assertEquals(1, flows.inForce());
  }

  @Test
  void aNewChoiceNeedsARuleAndOneThatIsGoneIsToldOf() {
    String chemistry = house.shippedFlow.replace("choice: mes,", "choice: chemistry,");
    assertTrue(
        flows
            .check(chemistry)
            .faults()
            .contains(
                "flow: nodes.headquarters-menu.keys.8: choice chemistry is in no rule of"
                    + " routing.yaml"));
    String without =
        house.shippedFlow.replace("      - { key: \"8\", choice: mes, to: route }\n", "");
    assertEquals(List.of(), flows.check(without).faults());
    assertEquals(
        List.of("flow: no menu offers the choice mes, which rule choice-mes in force is about"),
        flows.check(without).warnings());
  }

  @Test
  void aWebhookMustBeConfigured() {
    String asking =
        house.shippedFlow.replace(
                "exits: { open: desk-queue, closed: closed }",
                "exits: { open: ask, closed: closed }")
            + """

              ask:
                type: webhook
                hook: HOOK
                words: []
                exits: { otherwise: desk-queue }
            """;
    assertEquals(List.of(), flows.check(asking.replace("HOOK", "crm")).faults());
    assertEquals(
        List.of("flow: nodes.ask.hook: no webhook sms, expected one of crm"),
        flows.check(asking.replace("HOOK", "sms")).faults());
  }

  @Test
  void whatACallerCannotDoIsRefused() {
    Tried.Impossible no =
        assertInstanceOf(
            Tried.Impossible.class,
            flows.simulate(
                new Trial(FACTORY, Optional.empty(), List.of("speak"), Optional.empty())));
    assertTrue(no.why().contains("speak"), no.why());
    Tried.Done open =
        assertInstanceOf(
            Tried.Done.class,
            flows.simulate(new Trial(FACTORY, Optional.empty(), List.of(), Optional.empty())));
    assertEquals("factory-offer", open.node());
    assertFalse(open.over());
  }

  @Test
  void aTriedCallTellsTheWaysThatItTook() {
    Tried.Done done =
        assertInstanceOf(
            Tried.Done.class,
            flows.simulate(
                new Trial(FACTORY, Optional.empty(), List.of("9", "4"), Optional.empty())));
    assertEquals(
        "outage exits.next, who cases.1, factory-offer exits.no_match, factory-wrong exits.next,"
            + " factory-offer keys.4, route exits.decided, service-outage exits.next, desk-hours"
            + " exits.open",
        done.taken().stream()
            .map(taken -> taken.node() + " " + taken.way())
            .collect(java.util.stream.Collectors.joining(", ")));
    assertEquals(cti.core.ivr.Simulation.Waits.QUEUE, done.waits());
  }

  @Test
  void whatIsWrongIsToldByItsLine() {
    String text = house.shippedFlow.replace("to: staff-number }", "to: nowhere }");
    int line = text.substring(0, text.indexOf("to: nowhere }")).split("\n", -1).length;
    Flows.Looked looked = flows.look(text);
    assertTrue(
        looked.findings().stream()
            .anyMatch(
                one ->
                    one.fault()
                        && one.line().equals(Optional.of(line))
                        && one.text().contains("no node nowhere")),
        looked.findings()::toString);
    // It is drawn all the same, each node with its line.
    Flows.Drawn drawn = looked.drawn().orElseThrow();
    assertEquals(
        house.shippedFlow.substring(0, house.shippedFlow.indexOf("  who:")).split("\n", -1).length,
        drawn.lines().get("who"));
  }

  @Test
  void aTextThatIsNoFlowHasNothingToDrawAndSaysWhere() {
    Flows.Looked broken = flows.look("flow: a\nnodes: [\n");
    assertTrue(broken.drawn().isEmpty());
    assertTrue(broken.findings().getFirst().line().isPresent(), broken.findings()::toString);
    Flows.Looked kind =
        flows.look(house.shippedFlow.replace("who:\n    type: condition", "who:\n    type: wish"));
    assertEquals(
        List.of("nodes.who.type: is wish"),
        kind.findings().stream().map(one -> one.text().split(", expected")[0]).toList());
  }

  @Test
  void promptsWithoutASoundAreWarnedOf() {
    house.heard = (prompt, language) -> !prompt.equals("closed") || language.equals("en");
    assertEquals(
        new Checked(
            List.of(),
            List.of("flow: no sound in zh of closed, a node that plays it takes its exit error")),
        flows.check(house.shippedFlow));
    house.heard = (prompt, language) -> language.equals("en");
    String told = flows.check(house.shippedFlow).warnings().getFirst();
    assertTrue(told.matches(".*, [a-z-]+ and [0-9]+ more, a node that plays it.*"), told);
    // Who chooses English hears English.
    house.heard = (prompt, language) -> language.equals("zh");
    assertEquals(List.of(), flows.check(house.shippedFlow).warnings());
    String bilingual =
        house.shippedFlow.replaceFirst(
            "key: \"1\", to: headq", "key: \"1\", language: en, to: headq");
    assertTrue(
        flows
            .check(bilingual)
            .warnings()
            .getFirst()
            .startsWith("flow: no sound in en of ask-staff-number"),
        () -> flows.check(bilingual).toString());
  }
}
