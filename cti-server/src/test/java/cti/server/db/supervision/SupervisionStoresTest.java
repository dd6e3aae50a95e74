package cti.server.db.supervision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.id.DeskId;
import cti.core.port.AuditTrail.Entry;
import cti.core.port.BigScreens.Shows;
import cti.core.port.DeskNotes.Note;
import cti.server.db.Database;
import cti.server.db.ManualClock;
import cti.server.db.OnEveryDatabase;
import cti.server.db.TestDatabase;
import cti.server.db.audit.AuditStore;
import cti.server.db.audit.AuditWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What supervisors say to the desks and hang up for all to see: kept, and on record. */
@OnEveryDatabase
class SupervisionStoresTest {
  private static final DeskId DESK = new DeskId("gz");

  private final ManualClock clock = new ManualClock("2026-11-21T08:00:00Z");
  private final DeskNoteStore notes;
  private final BigScreenStore screens;
  private final AuditStore audit;

  SupervisionStoresTest(TestDatabase test) {
    Database database = test.emptied();
    this.notes = new DeskNoteStore(database, new AuditWriter(clock), clock);
    this.screens = new BigScreenStore(database, new AuditWriter(clock), clock);
    this.audit = new AuditStore(database);
  }

  private Note add(String text, Duration lasts) {
    return notes.add(
        new Note(
            0,
            text,
            Set.of(DESK),
            "supervisor",
            "班长0001",
            clock.instant(),
            clock.instant().plus(lasts)));
  }

  private List<String> lines() {
    return audit.entries(Optional.empty(), Optional.empty(), Optional.empty(), 100).stream()
        .map(line -> line.account() + " " + line.action() + " " + line.subject())
        .toList()
        .reversed();
  }

  @Test
  void aNoteIsInForceUntilItExpiresOrIsWithdrawn() {
    Note first = add("三楼网络检修", Duration.ofMinutes(10));
    Note second = add("下午例会", Duration.ofMinutes(30));
    assertEquals(List.of(first, second), notes.now());
    clock.advance(Duration.ofMinutes(11));
    assertEquals(List.of(second), notes.now());
    assertEquals(Optional.empty(), notes.withdraw(first.id(), "admin"), "it expired");
    assertEquals(Optional.of(second), notes.withdraw(second.id(), "admin"));
    assertEquals(Optional.empty(), notes.withdraw(second.id(), "admin"), "once");
    assertEquals(List.of(), notes.now());
    assertEquals(
        List.of(
            "supervisor note note " + first.id(),
            "supervisor note note " + second.id(),
            "admin withdraw note " + second.id()),
        lines());
    Entry said =
        audit
            .entries(Optional.of("note " + first.id()), Optional.empty(), Optional.empty(), 1)
            .getFirst();
    assertEquals(Optional.empty(), said.before());
    assertTrue(said.after().orElseThrow().contains("\"text\":\"三楼网络检修\""));
    assertEquals(Optional.empty(), audit.check().broken());
  }

  @Test
  void aScreenIsFoundUntilItIsRevoked() {
    long id =
        screens
            .add(
                "大厅",
                new Shows(Set.of(DESK), true, false, false),
                "a".repeat(64),
                clock.instant().plus(Duration.ofDays(30)),
                "supervisor")
            .id();
    assertEquals("大厅", screens.find("a".repeat(64)).orElseThrow().title());
    assertTrue(screens.revoke(id, "admin").isPresent());
    assertEquals(Optional.empty(), screens.revoke(id, "admin"), "once");
    assertEquals(Optional.of("admin"), screens.find("a".repeat(64)).orElseThrow().revokedBy());
    assertEquals(
        List.of("supervisor create big-screen " + id, "admin revoke big-screen " + id), lines());
    assertEquals(Optional.empty(), audit.check().broken());
  }
}
