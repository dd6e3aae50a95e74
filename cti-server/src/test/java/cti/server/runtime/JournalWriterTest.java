package cti.server.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.event.AgentEvent.AgentReady;
import cti.core.id.AgentId;
import cti.core.port.JournalRecord;
import cti.server.event.EventCodec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is told what, while a disk writes and does not flush, or does not write. */
class JournalWriterTest {
  @TempDir private Path folder;

  private final List<String> told = Collections.synchronizedList(new ArrayList<>());
  private FailingDisk disk;
  private SegmentWriter segments;
  private JournalWriter writer;

  @BeforeEach
  void open() throws Exception {
    Path file = file();
    disk = new FailingDisk(file);
    segments =
        new SegmentWriter(
            new JournalFiles(folder, new EventCodec()), new SegmentFile(disk), 1, 0, 1 << 20);
    writer =
        new JournalWriter(
            segments, group -> group.forEach(batch -> batch.whenDurable().accept(batch.records())));
  }

  @AfterEach
  void close() throws Exception {
    writer.close();
    segments.close();
  }

  private Path file() {
    return folder.resolve("00000000000000000001.journal");
  }

  private void add(int sequence) {
    JournalRecord record =
        new JournalRecord(
            sequence, new AgentReady(new AgentId(Integer.toString(sequence)), Instant.EPOCH));
    writer.add(
        new JournalBatch(
            List.of(record),
            records -> told.add("written " + sequence),
            records -> told.add("durable " + sequence),
            () -> {}));
  }

  private void awaitTold(String... expected) {
    Awaitility.await().until(() -> told.equals(List.of(expected)));
  }

  /** Sequences of the lines that are in the file. */
  private List<String> lines() throws Exception {
    return Files.readAllLines(file()).stream().map(line -> line.split(" ", 3)[1]).toList();
  }

  @Test
  void whatIsNotFlushedIsShownAndNotAcknowledgedAndWrittenAnewOnce() throws Exception {
    add(1);
    awaitTold("written 1", "durable 1");
    disk.flushless = true;
    add(2);
    Awaitility.await().until(() -> writer.failure().contains("Input/output error"));
    assertEquals(List.of("written 1", "durable 1", "written 2"), List.copyOf(told));
    assertEquals(false, writer.awaitWriting(Duration.ofMillis(20)));
    disk.flushless = false;
    awaitTold("written 1", "durable 1", "written 2", "durable 2");
    assertTrue(writer.awaitWriting(Duration.ofSeconds(5)));
    add(3);
    awaitTold("written 1", "durable 1", "written 2", "durable 2", "written 3", "durable 3");
    assertEquals(List.of("1", "2", "3"), lines());
  }

  @Test
  void whatIsNotWrittenIsNotShown() throws Exception {
    add(1);
    awaitTold("written 1", "durable 1");
    disk.full = true;
    add(2);
    Awaitility.await().until(() -> writer.failure().contains("No space left"));
    assertEquals(List.of("written 1", "durable 1"), List.copyOf(told));
    disk.full = false;
    awaitTold("written 1", "durable 1", "written 2", "durable 2");
    assertEquals(List.of("1", "2"), lines());
    // Told on the other thread.
    Awaitility.await().until(() -> writer.failure().isEmpty());
  }

  @Test
  void aStopWhileNothingIsFlushedLeavesWhatWasWritten() throws Exception {
    disk.flushless = true;
    add(1);
    Awaitility.await().until(() -> !writer.failure().isEmpty());
    writer.close();
    assertEquals(List.of("written 1"), List.copyOf(told));
    assertEquals(List.of("1"), lines());
  }
}
