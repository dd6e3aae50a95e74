package cti.server.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.id.DeskId;
import cti.core.port.Routing.Explained;
import cti.core.port.Routing.Question;
import cti.core.port.StoreUnavailableException;
import cti.core.port.VersionedTexts.Published;
import cti.core.port.VersionedTexts.Saved;
import cti.core.port.VersionedTexts.Version;
import cti.core.routing.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PublishedRoutingTest {
  private static final String ALL_TO_GZ =
      "rules:\n  - id: everybody\n    when: { always: true }\n    desk: gz\n";
  private static final String ALL_TO_ERP =
      "rules:\n  - id: everybody\n    when: { always: true }\n    desk: hq-erp\n";

  private Instant now = Instant.parse("2026-11-23T02:30:00Z");
  private final RoutingInMemory house = new RoutingInMemory(() -> now);
  private final PublishedRouting routing = house.routing;

  private Version publish(String yaml, Instant at) {
    int revision = routing.draft("d").map(draft -> draft.revision()).orElse(0);
    assertInstanceOf(Saved.Done.class, routing.saveDraft("d", yaml, revision, "admin"));
    return assertInstanceOf(
            Published.Done.class, routing.publish("d", "because", Optional.ofNullable(at), "admin"))
        .version();
  }

  private String deskOf(String yaml) {
    return assertInstanceOf(Explained.Done.class, routing.explain(question("", yaml)))
        .desk()
        .map(DeskId::value)
        .orElse("-");
  }

  private static Question question(String from, String yaml) {
    return new Question(from, "", Optional.empty(), "", Optional.ofNullable(yaml), List.of());
  }

  @Test
  void theShippedRulesAreVersionOneOfANewDatabase() {
    routing.begin();
    assertEquals(1, routing.now().version());
    assertEquals(house.shipped, routing.version(1).orElseThrow().yaml());
    assertEquals(List.of(1), routing.versions().stream().map(Version::number).toList());
  }

  @Test
  void publishingReplacesWhatIsInForceAndKeepsTheOldForItsCalls() {
    routing.begin();
    Version second = publish(ALL_TO_GZ, null);
    assertEquals(2, second.number());
    assertEquals(Optional.of(1), second.basedOn());
    assertEquals(PublishedTexts.checksum(ALL_TO_GZ), second.checksum());
    assertEquals(2, routing.now().version());
    assertEquals(2, routing.plan().routing().version());
    assertEquals(1, routing.of(1).orElseThrow().version());
    assertTrue(routing.of(1).orElseThrow().rules().rule("site-gz").isPresent());
    assertTrue(routing.drafts().isEmpty());
  }

  @Test
  void whatAnotherServerPublishesIsInForceHereToo() {
    routing.begin();
    PublishedRouting other = house.another();
    other.begin();
    publish(ALL_TO_GZ, null);
    assertEquals(1, other.now().version());
    other.catchUp();
    assertEquals(2, other.now().version());
    int later = publish(ALL_TO_ERP, now.plus(Duration.ofHours(1))).number();
    other.catchUp();
    assertInstanceOf(Published.Done.class, routing.withdraw(later, "admin"));
    other.catchUp();
    now = now.plus(Duration.ofHours(2));
    assertEquals(2, other.now().version(), "the one that was taken back does not come into force");
  }

  @Test
  void aDraftWithFaultsIsKeptAndNotPublished() {
    routing.begin();
    String faulty = "rules:\n  - id: a\n    when: { site: gz }\n    desk: nowhere\n";
    Saved.Done saved =
        assertInstanceOf(Saved.Done.class, routing.saveDraft("d", faulty, 0, "admin"));
    assertTrue(saved.checked().faults().contains("rule a: no desk nowhere"));
    Published.Faulty refused =
        assertInstanceOf(
            Published.Faulty.class, routing.publish("d", "x", Optional.empty(), "admin"));
    assertEquals(saved.checked().faults(), refused.faults());
    assertEquals(1, routing.now().version());
    assertEquals(1, routing.drafts().size());
  }

  @Test
  void whoWorksOnAnOlderDraftIsTold() {
    routing.begin();
    routing.saveDraft("old", ALL_TO_ERP, 0, "one");
    assertInstanceOf(Saved.Changed.class, routing.saveDraft("old", ALL_TO_GZ, 0, "other"));
    publish(ALL_TO_GZ, null);
    assertEquals(
        new Published.Outdated(1, 2), routing.publish("old", "late", Optional.empty(), "one"));
    assertEquals(2, routing.now().version());
  }

  @Test
  void aScheduledVersionComesIntoForceAtItsTime() {
    routing.begin();
    publish(ALL_TO_GZ, now.plus(Duration.ofHours(2)));
    assertEquals(1, routing.now().version());
    now = now.plus(Duration.ofMinutes(119));
    assertEquals(1, routing.now().version());
    now = now.plus(Duration.ofMinutes(1));
    assertEquals(2, routing.now().version());
  }

  @Test
  void aScheduledVersionMayBeTakenBack() {
    routing.begin();
    publish(ALL_TO_GZ, now.plus(Duration.ofHours(2)));
    assertInstanceOf(Published.Done.class, routing.withdraw(2, "admin"));
    assertInstanceOf(Published.Refused.class, routing.withdraw(2, "admin"));
    assertInstanceOf(Published.Refused.class, routing.withdraw(1, "admin"));
    assertEquals(new Published.NoSuchVersion(7), routing.withdraw(7, "admin"));
    now = now.plus(Duration.ofHours(3));
    assertEquals(1, routing.now().version());
    assertEquals(3, publish(ALL_TO_ERP, null).number());
    assertEquals(3, routing.now().version());
  }

  @Test
  void aRollbackIsTheNextVersion() {
    routing.begin();
    publish(ALL_TO_GZ, null);
    Published.Done back =
        assertInstanceOf(Published.Done.class, routing.rollBack(1, "wrong", "admin"));
    assertEquals(3, back.version().number());
    assertEquals(Optional.of(1), back.version().restores());
    assertEquals(house.shipped, back.version().yaml());
    assertEquals(3, routing.now().version());
    assertEquals(new Published.NoSuchVersion(9), routing.rollBack(9, "x", "admin"));
  }

  @Test
  void aRestartRunsWhatWasPublishedAlsoWithoutTheDatabase() {
    routing.begin();
    publish(ALL_TO_GZ, null);
    RoutingInMemory restarted = new RoutingInMemory(() -> now, house.kept());
    restarted.away = true;
    restarted.routing.begin();
    assertEquals(2, restarted.routing.now().version());
    assertEquals(
        List.of(Target.DeskQueue.of(new DeskId("gz"))),
        restarted.routing.plan().routing().rules().targetsOf("everybody"));
    assertThrows(
        StoreUnavailableException.class,
        () -> restarted.routing.publish("d", "x", Optional.empty(), "admin"));
  }

  @Test
  void withoutDatabaseAndCopyTheShippedRulesStandIn() {
    house.away = true;
    routing.begin();
    assertEquals(0, routing.now().version());
    assertTrue(routing.now().rules().rule("site-gz").isPresent());
    house.away = false;
    routing.catchUp();
    assertEquals(1, routing.now().version());
  }

  @Test
  void anotherServersVersionIsTakenUpBeforePublishing() {
    routing.begin();
    house.add(
        new Version(
            2,
            ALL_TO_GZ,
            PublishedTexts.checksum(ALL_TO_GZ),
            "other",
            "x",
            now,
            now,
            Optional.of(1),
            Optional.empty(),
            Optional.empty()),
        Optional.empty());
    routing.saveDraft("d", ALL_TO_ERP, 0, "admin");
    assertEquals(
        new Published.Outdated(1, 2), routing.publish("d", "x", Optional.empty(), "admin"));
    assertEquals(2, routing.now().version());
  }

  @Test
  void explainsByATextThatIsNotPublished() {
    routing.begin();
    assertEquals("gz", deskOf(ALL_TO_GZ));
    Explained.Faulty faulty =
        assertInstanceOf(Explained.Faulty.class, routing.explain(question("", "rules: []")));
    assertTrue(faulty.faults().getFirst().startsWith("no rule decides a call"), faulty::toString);
  }

  @Test
  void explainsACallThroughTheFlow() {
    routing.begin();
    Explained.Done done =
        assertInstanceOf(
            Explained.Done.class,
            routing.explain(
                new Question(
                    "13900000001",
                    "8000",
                    Optional.of(Instant.parse("2026-11-23T02:30:00Z")),
                    "2",
                    Optional.empty(),
                    List.of())));
    assertEquals(Optional.of(new DeskId("hq-oa")), done.desk());
    assertEquals(Optional.of("oa"), done.details().choice());
    assertEquals("2", done.details().keys());
    assertEquals(Optional.of("choice-oa"), done.details().rule());
    assertEquals(1, done.details().version());
    assertEquals("choice-desktop", done.details().passedOver().getFirst().rule());
    assertEquals("choice is oa, not desktop", done.details().passedOver().getFirst().why());
    assertEquals("E0001", done.people().getFirst().id().value());
    assertEquals(List.of("desk hq-oa"), done.details().targets());
    assertEquals(1, done.details().tried());
  }
}
