package cti.server.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.engine.LiveState;
import cti.core.event.DomainEvent;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGKILL in the middle of writing records, checkpoints and dropping segments. */
class KilledJournalTest {
  private static final long SEED = 4711;
  private static final int KILLS = 8;
  @TempDir Path folder;

  @Test
  void whateverWasAcknowledgedIsThereAfterEachKill() throws Exception {
    List<DomainEvent> events = CheckpointTest.world(new Random(SEED), KilledWriter.EVENTS);
    Random random = new Random(SEED);
    int fromCheckpoint = 0;
    long last = 0;
    for (int kill = 1; kill <= KILLS; kill++) {
      long acknowledged = runAndKill(last, 100 + random.nextInt(500));
      KilledWriter.Shared state = new KilledWriter.Shared();
      Journal journal = KilledWriter.open(folder, state);
      last = journal.durable();
      journal.close();
      assertTrue(
          last >= acknowledged, "kill " + kill + ": " + last + " on disk, told " + acknowledged);
      LiveState everything = new LiveState();
      events.subList(0, (int) last).forEach(everything::apply);
      assertEquals(
          CheckpointTest.fields(everything), CheckpointTest.fields(state.live), "kill " + kill);
      if (state.replayed < last) {
        fromCheckpoint++;
      }
    }
    assertTrue(fromCheckpoint > KILLS / 2, fromCheckpoint + " starts were from a checkpoint");
    assertTrue(new JournalFiles(folder, null).first() > 1, "segments were dropped meanwhile");
    try (var files = Files.list(folder)) {
      assertEquals(List.of(), files.filter(file -> file.toString().endsWith(".unusable")).toList());
    }
  }

  /** Lets the writer acknowledge some records, then kills it; the last that it told. */
  private long runAndKill(long from, int records) throws Exception {
    Process writer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-XX:TieredStopAtLevel=1",
                KilledWriter.class.getName(),
                folder.toString(),
                Long.toString(SEED))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    long told = from;
    try (BufferedReader lines = writer.inputReader()) {
      String line;
      while (told < from + records && (line = lines.readLine()) != null) {
        told = Long.parseLong(line);
      }
      // By its handle: the process itself would close what it printed.
      writer.toHandle().destroyForcibly();
      assertTrue(writer.waitFor(10, TimeUnit.SECONDS));
      // What was printed before the kill was told too.
      while ((line = lines.readLine()) != null && !line.isEmpty()) {
        told = Math.max(told, Long.parseLong(line));
      }
    }
    assertTrue(told > from, "the writer told of nothing");
    return told;
  }
}
