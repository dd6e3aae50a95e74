package cti.server.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.event.AgentEvent.AgentNotReady;
import cti.core.event.AgentEvent.AgentReady;
import cti.core.event.DomainEvent;
import cti.core.id.AgentId;
import cti.core.port.JournalRecord;
import cti.core.port.RecordStore;
import cti.server.event.EventCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.zip.CRC32;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  private static final long BIG = 1 << 20;
  @TempDir Path folder;

  @Test
  void whatWasAcknowledgedIsThereAfterwardsInOrder() throws Exception {
    Journal journal = open(BIG, new ArrayList<>());
    append(journal, 1, 50);
    journal.close();
    assertEquals(sequences(50), replay());
  }

  @Test
  void theNumbersGoOnAfterARestart() throws Exception {
    Journal journal = open(BIG, new ArrayList<>());
    append(journal, 1, 3);
    journal.close();
    Journal again = open(BIG, new ArrayList<>());
    assertEquals(3, again.durable());
    append(again, 4, 2);
    again.close();
    assertEquals(sequences(5), replay());
  }

  /** What a database refused is read again, from the segment that is open already. */
  @Test
  void whatWasReadIsReadAgainFromTheSameSegment() throws Exception {
    Journal journal = open(BIG, new ArrayList<>());
    append(journal, 1, 9);
    try (JournalCursor reader = journal.cursor()) {
      assertEquals(9, reader.read(1, 100).size());
      assertEquals(
          List.of(4L, 5L, 6L), reader.read(4, 3).stream().map(JournalRecord::sequence).toList());
    }
    journal.close();
  }

  /** A pop need not wait for the disk; what was answered must be on it. */
  @Test
  void whoOnlyShowsIsToldBeforeTheDisk() throws Exception {
    Journal journal = open(BIG, new ArrayList<>());
    append(journal, 1, 1);
    long before = Files.size(segment());
    List<String> told = new ArrayList<>();
    CountDownLatch over = new CountDownLatch(1);
    journal.append(
        List.of(ready(2)),
        written -> {
          told.add("written " + written.getFirst().sequence() + ", durable " + journal.durable());
          try {
            told.add("in the file: " + (Files.size(segment()) > before));
          } catch (IOException e) {
            told.add(e.toString());
          }
        },
        durable -> told.add("durable " + journal.durable()),
        over::countDown);
    assertTrue(over.await(10, TimeUnit.SECONDS));
    journal.close();
    assertEquals(List.of("written 2, durable 1", "in the file: true", "durable 2"), told);
  }

  @Test
  void segmentsRollAndAreReadAsOne() throws Exception {
    Journal journal = open(300, new ArrayList<>());
    for (int i = 1; i <= 20; i++) {
      append(journal, i, 1);
    }
    JournalCursor reader = journal.cursor();
    List<JournalRecord> all = new ArrayList<>();
    while (all.size() < 20) {
      all.addAll(reader.read(all.size() + 1L, 3));
    }
    assertEquals(sequences(20), all.stream().map(JournalRecord::sequence).toList());
    assertEquals(List.of(), reader.read(21, 3));
    assertEquals(7, reader.read(7, 1).getFirst().sequence(), "and from anywhere");
    reader.close();
    List<Long> after = new ArrayList<>();
    journal.read(15, record -> after.add(record.sequence()));
    assertEquals(List.of(16L, 17L, 18L, 19L, 20L), after);
    journal.close();
    try (var files = Files.list(folder)) {
      assertTrue(files.filter(f -> f.toString().endsWith(".journal")).count() > 3);
    }
    assertEquals(sequences(20), replay());
  }

  @Test
  void aReaderFollowsAJournalThatGrowsUnderIt() throws Exception {
    Journal journal = open(2_000_000, new ArrayList<>());
    JournalCursor reader = journal.cursor();
    List<Long> seen = new ArrayList<>();
    for (int round = 0; round < 40; round++) {
      append(journal, seen.size() + 1, 1 + 37 * (round % 5));
      List<JournalRecord> records = reader.read(seen.size() + 1L, 10_000);
      records.forEach(record -> seen.add(record.sequence()));
      assertEquals(journal.durable(), seen.size());
    }
    assertEquals(sequences(seen.size()), seen);
    reader.close();
    journal.close();
  }

  @Test
  void aTornLastLineIsCutOffAndNothingElse() throws Exception {
    Journal journal = open(BIG, new ArrayList<>());
    append(journal, 1, 4);
    journal.close();
    Path segment = segment();
    byte[] whole = Files.readAllBytes(segment);
    int lastLine =
        new String(whole, StandardCharsets.UTF_8).lastIndexOf('\n', whole.length - 2) + 1;
    for (int cut : new int[] {lastLine + 1, lastLine + 8, lastLine + 30, whole.length - 1}) {
      Files.write(segment, java.util.Arrays.copyOf(whole, cut));
      assertEquals(sequences(3), replay(), "cut at " + cut);
      assertEquals(lastLine, Files.size(segment), "cut at " + cut);
    }
  }

  @Test
  void aCrashMayCutACharacterInTwo() throws Exception {
    Journal journal = open(BIG, new ArrayList<>());
    append(journal, 1, 3);
    CountDownLatch durable = new CountDownLatch(1);
    journal.append(
        List.of(new AgentNotReady(new AgentId("4"), Instant.EPOCH, "午餐")), durable::countDown);
    assertTrue(durable.await(10, TimeUnit.SECONDS));
    journal.close();
    byte[] whole = Files.readAllBytes(segment());
    int character = whole.length;
    while (whole[character - 1] >= 0) {
      character--;
    }
    Files.write(segment(), java.util.Arrays.copyOf(whole, character - 1));
    assertEquals(sequences(3), replay());
  }

  @Test
  void aSegmentThatCannotBeFollowedGrowsOnAndTakesNothingBack() throws Exception {
    Path inTheWay = folder.resolve(String.format("%020d.journal", 2));
    Journal journal = open(1, new ArrayList<>(), 1);
    Files.createDirectory(inTheWay);
    AtomicInteger acknowledged = new AtomicInteger();
    CountDownLatch second = new CountDownLatch(1);
    journal.append(List.of(ready(1)), acknowledged::incrementAndGet);
    assertTrue(journal.awaitRoom(Duration.ofSeconds(10)));
    journal.append(List.of(ready(2)), second::countDown);
    assertTrue(second.await(10, TimeUnit.SECONDS));
    assertEquals(1, acknowledged.get());
    Files.delete(inTheWay);
    journal.close();
    assertEquals(sequences(2), replay());
  }

  @Test
  void whatTheDiskHasNoRoomForIsNotNumbered() throws Exception {
    Journal journal = open(BIG, new ArrayList<>(), 1);
    CountDownLatch disk = new CountDownLatch(1);
    CountDownLatch held = new CountDownLatch(1);
    journal.append(
        List.of(ready(1)),
        () -> {
          held.countDown();
          awaitQuietly(disk);
        });
    assertTrue(held.await(10, TimeUnit.SECONDS));
    journal.append(List.of(ready(2)), () -> {});
    assertFalse(journal.awaitRoom(Duration.ZERO));
    assertTrue(journal.failure().contains("1 batches wait"), journal.failure());
    assertThrows(IllegalStateException.class, () -> journal.append(List.of(ready(3)), () -> {}));
    disk.countDown();
    assertTrue(journal.awaitRoom(Duration.ofSeconds(10)));
    assertEquals(3, journal.append(List.of(ready(3)), () -> {}).getFirst().sequence());
    journal.close();
    assertEquals("", journal.failure());
    assertEquals(sequences(3), replay());
  }

  @Test
  void aJournalThatEndsBeforeTheDatabaseIsRefusedWithBothNumbers() throws Exception {
    Journal journal = open(BIG, new ArrayList<>());
    append(journal, 1, 4);
    assertEquals(4, JournalShipper.agreedMark(journal, marked(4)));
    JournalBehindDatabaseException refused =
        assertThrows(
            JournalBehindDatabaseException.class,
            () -> JournalShipper.agreedMark(journal, marked(120)));
    for (String named : List.of("record 4", "up to 120", folder.toString(), "journal.folder")) {
      assertTrue(refused.getMessage().contains(named), refused.getMessage());
    }
    JournalShipper shipper = new JournalShipper(journal, marked(120), () -> Instant.EPOCH);
    Awaitility.await().until(() -> shipper.problem().isPresent());
    assertEquals(refused.getMessage(), shipper.problem().orElseThrow().message());
    shipper.close();
    journal.close();
  }

  private static RecordStore marked(long mark) {
    return new RecordStore() {
      @Override
      public long highWaterMark() {
        return mark;
      }

      @Override
      public void compare(List<JournalRecord> stored) {
        assertEquals(sequences(mark), stored.stream().map(JournalRecord::sequence).toList());
      }

      @Override
      public void store(List<JournalRecord> records) {
        throw new AssertionError("nothing may be stored: " + records);
      }
    };
  }

  @Test
  void damageBeforeTheEndIsRefusedWithItsPlace() throws Exception {
    Journal journal = open(BIG, new ArrayList<>());
    append(journal, 1, 4);
    journal.close();
    byte[] bytes = Files.readAllBytes(segment());
    bytes[40] ^= 1;
    Files.write(segment(), bytes);
    JournalDamagedException refused = assertThrows(JournalDamagedException.class, this::replay);
    assertTrue(refused.getMessage().contains("at byte 0"), refused.getMessage());
    assertTrue(refused.getMessage().contains(segment().toString()), refused.getMessage());
  }

  @Test
  void aRecordOfALaterVersionIsRefusedAndNotCutOff() throws Exception {
    Journal journal = open(BIG, new ArrayList<>());
    append(journal, 1, 1);
    journal.close();
    String known = Files.readString(segment());
    String later = "2 " + known.substring(known.indexOf('{')).strip().replace("Ready", "Absent");
    CRC32 crc = new CRC32();
    crc.update(later.getBytes(StandardCharsets.UTF_8));
    String text = known + "%08x %s\n".formatted(crc.getValue(), later);
    Files.writeString(segment(), text);
    JournalNotUnderstoodException refused =
        assertThrows(JournalNotUnderstoodException.class, this::replay);
    for (String named : List.of("at record 2", segment().toString(), "AgentAbsent", "version")) {
      assertTrue(refused.getMessage().contains(named), refused.getMessage());
    }
    assertEquals(text, Files.readString(segment()));
  }

  @Test
  void nothingMoreIsDecidedOnceTheWriterHasEnded() throws Exception {
    Journal journal = open(BIG, new ArrayList<>());
    journal.append(
        List.of(ready(1)),
        records -> {
          throw new IllegalStateException("a defect");
        });
    Awaitility.await().until(() -> !journal.failure().isEmpty());
    assertFalse(journal.awaitRoom(Duration.ofMillis(20)));
    journal.close();
  }

  @Test
  void aFolderHasOneOwner() throws Exception {
    Journal journal = open(BIG, new ArrayList<>());
    IOException refused = assertThrows(IOException.class, () -> open(BIG, new ArrayList<>()));
    assertTrue(refused.getMessage().contains("in use by another cti-server"), refused.getMessage());
    journal.close();
    open(BIG, new ArrayList<>()).close();
  }

  @Test
  void everyRecordIsReadableText() throws Exception {
    Journal journal = open(BIG, new ArrayList<>());
    append(journal, 1, 1);
    journal.close();
    String line = Files.readString(segment());
    assertTrue(line.contains("AgentReady") && line.contains("\"1\""), line);
  }

  private Journal open(long segmentBytes, List<Long> replayed) throws IOException {
    return open(segmentBytes, replayed, 1_000);
  }

  private Journal open(long segmentBytes, List<Long> replayed, int mostBatches) throws IOException {
    return Journal.open(
        folder,
        new EventCodec(),
        segmentBytes,
        mostBatches,
        record -> replayed.add(record.sequence()));
  }

  private static DomainEvent ready(int agent) {
    return new AgentReady(new AgentId(Integer.toString(agent)), Instant.EPOCH);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<Long> replay() throws Exception {
    List<Long> replayed = new ArrayList<>();
    open(BIG, replayed).close();
    return replayed;
  }

  private static void append(Journal journal, int first, int count) throws InterruptedException {
    CountDownLatch durable = new CountDownLatch(1);
    List<DomainEvent> events =
        IntStream.range(first, first + count).mapToObj(JournalTest::ready).toList();
    journal.append(events, durable::countDown);
    assertTrue(durable.await(10, TimeUnit.SECONDS));
  }

  private Path segment() throws IOException {
    try (var files = Files.list(folder)) {
      return files.filter(f -> f.toString().endsWith(".journal")).findFirst().orElseThrow();
    }
  }

  private static List<Long> sequences(long last) {
    return LongStream.rangeClosed(1, last).boxed().toList();
  }
}
