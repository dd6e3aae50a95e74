package cti.server.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.agent.AgentState;
import cti.core.engine.Engine;
import cti.core.engine.EngineSettings;
import cti.core.engine.MemberAddressing;
import cti.core.event.AgentEvent.AgentNotReady;
import cti.core.id.AgentId;
import cti.core.id.GatewayId;
import cti.core.port.JournalRecord;
import cti.core.port.RecordStore;
import cti.server.event.EventCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalKeeperTest {
  /** Later than any machine's clock, which stamps the files. */
  private static final Instant NOW = Instant.parse("2126-11-23T02:00:00Z");

  @TempDir Path folder;

  private final AtomicLong shipped = new AtomicLong();
  private FoldedEngine engine;
  private Checkpoints checkpoints;
  private Journal journal;
  private int replayed;
  private volatile boolean scarce;

  @BeforeEach
  void open() throws IOException {
    engine =
        new FoldedEngine(
            new Engine(
                new EngineSettings(
                    new GatewayId("gw1"), Set.of("cti-hotline"), MemberAddressing.SHIPPED),
                number -> List.of()));
    checkpoints = new Checkpoints(folder, List.of(engine));
    replayed = 0;
    journal =
        Journal.open(
            folder,
            new EventCodec(),
            1_000,
            checkpoints::restore,
            record -> {
              engine.replay(record);
              replayed++;
            });
  }

  @AfterEach
  void close() throws Exception {
    journal.close();
  }

  private JournalKeeper keep(long every, int segments, Duration time) throws IOException {
    return new JournalKeeper(
        journal,
        checkpoints,
        new JournalRules(every, segments, time),
        shipped::get,
        () -> NOW,
        () -> scarce);
  }

  @Test
  void aStopLeavesNothingToReplay() throws Exception {
    JournalKeeper keeper = keep(1_000_000, 2, Duration.ofDays(1));
    happen(3);
    keeper.close();
    journal.close();
    open();
    assertEquals(0, replayed);
    assertEquals(3, journal.durable());
    assertEquals(
        AgentState.NOT_READY, engine.engine().state().agent(agent(3)).orElseThrow().state());
  }

  @Test
  void checkpointsComeWithRecordsAndWithTheTurnOfASegment() throws Exception {
    JournalKeeper keeper = keep(5, 1_000, Duration.ofDays(1));
    happen(5);
    Awaitility.await().until(() -> keeper.checkpoint() == 5);
    keeper.close();
    JournalKeeper lazy = keep(1_000_000, 1_000, Duration.ofDays(1));
    long began = journal.segmentBegan();
    while (journal.segmentBegan() == began) {
      happen(1);
    }
    Awaitility.await().until(() -> lazy.checkpoint() >= journal.segmentBegan() - 1);
    lazy.close();
  }

  @Test
  void onlyWhatIsShippedAndBehindBothCheckpointsIsDropped() throws Exception {
    JournalKeeper keeper = keep(10, 1, Duration.ZERO);
    for (int round = 0; round < 4; round++) {
      happen(10);
      long last = journal.durable();
      Awaitility.await().until(() -> keeper.checkpoint() == last);
    }
    assertEquals(1, journal.first(), "nothing is in the database yet");
    shipped.set(25);
    Awaitility.await().until(() -> journal.first() > 1);
    Awaitility.await().until(() -> segments().size() > 2 && secondBegins() > 26);
    assertTrue(journal.first() <= 26, "record 26 is only here: " + journal.first());
    shipped.set(40);
    Awaitility.await().until(() -> secondBegins() > 31 || segments().size() == 2);
    assertTrue(journal.first() <= 31, "the older checkpoint needs record 31: " + journal.first());
    keeper.close();
    journal.close();
    open();
    assertEquals(40, journal.durable());
  }

  @Test
  void aReserveStaysForADatabaseThatIsRestored() throws Exception {
    happen(60);
    int all = segments().size();
    assertTrue(all > 6, "segments: " + all);
    for (Path segment : segments()) {
      Files.setLastModifiedTime(segment, FileTime.from(NOW.minus(Duration.ofHours(23))));
    }
    shipped.set(60);
    JournalKeeper keeper = keep(1, 3, Duration.ofDays(1));
    happen(1);
    Awaitility.await().until(() -> keeper.checkpoint() == 61);
    happen(1);
    Awaitility.await().until(() -> keeper.checkpoint() == 62);
    keeper.close();
    assertEquals(1, journal.first(), "all of it is younger than a day");
    scarce = true;
    JournalKeeper inNeed = keep(1, 3, Duration.ofDays(1));
    Awaitility.await().until(() -> journal.first() > 1);
    inNeed.close();
    assertTrue(journal.first() <= 61, "what a checkpoint or the database lacks is never dropped");
  }

  @Test
  void aDiskWithoutSpaceForACheckpointIsFreedAllTheSame() throws Exception {
    happen(60);
    shipped.set(60);
    JournalKeeper keeper = keep(1, 1_000, Duration.ofDays(1));
    happen(1);
    Awaitility.await().until(() -> keeper.checkpoint() == 61);
    happen(1);
    Awaitility.await().until(() -> keeper.checkpoint() == 62);
    keeper.close();
    assertEquals(1, journal.first(), "in reserve");
    // Nothing can be written in the place of the next checkpoint.
    Files.createDirectories(folder.resolve("%020d.checkpoint.partial/x".formatted(63)));
    happen(1);
    scarce = true;
    JournalKeeper inNeed = keep(1, 1_000, Duration.ofDays(1));
    Awaitility.await().until(() -> journal.first() > 1);
    Awaitility.await("no checkpoint can be written").until(() -> !inNeed.failure().isEmpty());
    inNeed.close();
  }

  @Test
  void aFileThatCannotBeWrittenLeavesNothingBesideIt() throws Exception {
    Path file = folder.resolve("taken");
    Files.createDirectories(file.resolve("by-a-folder"));
    assertThrows(
        IOException.class,
        () -> CheckedFile.write(file, "form 1", new CheckedFile.Content("mark", List.of("line"))));
    assertFalse(Files.exists(folder.resolve("taken.partial")));
  }

  @Test
  void aReserveIsGivenUpByItsAge() throws Exception {
    happen(60);
    shipped.set(60);
    JournalKeeper keeper = keep(1, 1_000, Duration.ofDays(1));
    happen(1);
    Awaitility.await().until(() -> keeper.checkpoint() == 61);
    happen(1);
    Awaitility.await().until(() -> keeper.checkpoint() == 62);
    keeper.close();
    for (Path segment : segments()) {
      Files.setLastModifiedTime(segment, FileTime.from(NOW.minus(Duration.ofHours(25))));
    }
    JournalKeeper later = keep(1, 3, Duration.ofDays(1));
    Awaitility.await().until(() -> segments().size() == 4);
    later.close();
    List<Long> left = new ArrayList<>();
    journal.read(journal.first() - 1, record -> left.add(record.sequence()));
    assertEquals(journal.first(), left.getFirst());
    assertEquals(62, left.getLast());
  }

  @Test
  void aDatabaseThatLacksWhatWasDroppedIsRefusedAndNothingIsWritten() throws Exception {
    happen(40);
    journal.drop(30, 0, Instant.MAX);
    long first = journal.first();
    assertTrue(first > 1);
    DatabaseBehindJournalException refused =
        assertThrows(
            DatabaseBehindJournalException.class,
            () -> JournalShipper.agreedMark(journal, marked(first - 2)));
    for (String named :
        List.of("up to " + (first - 2), "begins at record " + first, folder.toString(), "backup")) {
      assertTrue(refused.getMessage().contains(named), refused.getMessage());
    }
    assertEquals(first - 1, JournalShipper.agreedMark(journal, marked(first - 1)));
    assertEquals(first + 3, JournalShipper.agreedMark(journal, marked(first + 3)));
    JournalShipper shipper = new JournalShipper(journal, marked(0), () -> NOW);
    Awaitility.await().until(() -> shipper.problem().isPresent());
    shipper.close();
    assertEquals(0, shipper.shipped());
  }

  @Test
  void aDatabaseOfAnotherJournalIsRefused() {
    RecordStore other =
        new RecordStore() {
          @Override
          public long highWaterMark() {
            return 5;
          }

          @Override
          public void compare(List<JournalRecord> stored) {
            assertEquals(5, stored.size());
            throw new IllegalStateException("record 5 is another");
          }

          @Override
          public void store(List<JournalRecord> records) {
            throw new AssertionError("nothing may be stored: " + records);
          }
        };
    happen(10);
    assertThrows(IllegalStateException.class, () -> JournalShipper.agreedMark(journal, other));
  }

  private static RecordStore marked(long mark) {
    return new RecordStore() {
      @Override
      public long highWaterMark() {
        return mark;
      }

      @Override
      public void compare(List<JournalRecord> stored) {
        assertEquals(mark, stored.getLast().sequence());
      }

      @Override
      public void store(List<JournalRecord> records) {
        throw new AssertionError("nothing may be stored: " + records);
      }
    };
  }

  private List<Path> segments() throws IOException {
    try (var files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".journal")).sorted().toList();
    }
  }

  private long secondBegins() throws IOException {
    return JournalFiles.firstOf(segments().get(1));
  }

  private static AgentId agent(long number) {
    return new AgentId(Long.toString(number));
  }

  /** So many records, each durable before the next, as a slow desk makes them. */
  private void happen(int count) {
    for (int i = 0; i < count; i++) {
      CountDownLatch durable = new CountDownLatch(1);
      AgentNotReady event =
          new AgentNotReady(agent(journal.durable() + 1), NOW, "lunch, as long as it takes");
      journal.append(List.of(event), durable::countDown).forEach(engine::replay);
      try {
        assertTrue(durable.await(10, TimeUnit.SECONDS));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
    }
  }
}
