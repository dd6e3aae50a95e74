package cti.server.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.engine.LiveState;
import cti.core.event.DomainEvent;
import cti.core.port.JournalRecord;
import cti.server.event.EventCodec;
import cti.server.event.RandomEvents;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a start takes up from a checkpoint and the rest is what it would fold from everything. */
class CheckpointTest {
  private static final long SMALL_SEGMENT = 20_000;
  @TempDir Path folder;

  /** A state like the engine's, without its decisions. */
  private static final class State implements Folded<LiveState.Memory> {
    private final LiveState live = new LiveState();
    private long sequence;
    private int applied;

    @Override
    public String name() {
      return "state";
    }

    @Override
    public Class<LiveState.Memory> type() {
      return LiveState.Memory.class;
    }

    @Override
    public CompletionStage<Memory<LiveState.Memory>> memory() {
      return CompletableFuture.completedFuture(new Memory<>(sequence, live.memory()));
    }

    @Override
    public void restore(Memory<LiveState.Memory> memory) {
      live.restore(memory.picture());
      sequence = memory.sequence();
    }

    @Override
    public void forget(long last) {
      live.restore(LiveState.Memory.EMPTY);
      sequence = last;
    }

    void replay(JournalRecord record) {
      live.apply(record.event());
      sequence = record.sequence();
      applied++;
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 4711, 20261121})
  void aStartFromACheckpointIsAStartFromEverything(long seed) throws Exception {
    Random random = new Random(seed);
    List<DomainEvent> events = world(random, 400);
    int kept = 50 + random.nextInt(300);
    State running = new State();
    Journal journal = open(running, SMALL_SEGMENT);
    append(journal, events.subList(0, kept), running);
    write(running);
    append(journal, events.subList(kept, events.size()), running);
    journal.close();

    State fromCheckpoint = new State();
    open(fromCheckpoint, SMALL_SEGMENT).close();
    assertEquals(events.size() - kept, fromCheckpoint.applied, "replayed after the checkpoint");
    Files.delete(checkpoints().getFirst());
    State fromEverything = new State();
    open(fromEverything, SMALL_SEGMENT).close();
    assertEquals(events.size(), fromEverything.applied);
    assertEquals(fields(fromEverything.live), fields(fromCheckpoint.live));
    assertEquals(fields(running.live), fields(fromCheckpoint.live));
  }

  /** Else the test above would not notice a field that is not carried. */
  @Test
  void everyFieldOfTheStateIsFilledByTheseWorlds() {
    Set<String> empty = new TreeSet<>();
    Set<String> filled = new TreeSet<>();
    for (long seed = 1; seed <= 12; seed++) {
      State state = new State();
      world(new Random(seed), 400).forEach(state.live::apply);
      fields(state.live)
          .forEach((name, value) -> (value.equals(Map.of()) ? empty : filled).add(name));
    }
    empty.removeAll(filled);
    assertEquals(Set.of(), empty, "fields of LiveState that no random world fills");
  }

  @Test
  void theNewestCheckpointServesAndTheOlderOneWhereItIsDamaged() throws Exception {
    State running = new State();
    Journal journal = open(running, SMALL_SEGMENT);
    List<DomainEvent> events = world(new Random(7), 300);
    append(journal, events.subList(0, 100), running);
    write(running);
    append(journal, events.subList(100, 200), running);
    write(running);
    append(journal, events.subList(200, 300), running);
    journal.close();
    Map<String, Object> expected = fields(running.live);

    byte[] newest = Files.readAllBytes(checkpoints().getFirst());
    Path file = checkpoints().getFirst();
    List<byte[]> damages = new ArrayList<>();
    for (int cut :
        new int[] {0, 5, 20, 60, newest.length / 2, newest.length - 1 - "end 1".length()}) {
      damages.add(Arrays.copyOf(newest, cut));
    }
    for (int place : new int[] {0, 3, 60, newest.length / 3, newest.length - 4}) {
      byte[] flipped = newest.clone();
      flipped[place] ^= 4;
      damages.add(flipped);
    }
    damages.add("cti-checkpoint 99 x\n".getBytes(StandardCharsets.UTF_8));
    for (byte[] damage : damages) {
      Files.write(file, damage);
      State again = new State();
      open(again, SMALL_SEGMENT).close();
      assertEquals(
          200, again.applied, "from the older one: " + new String(damage, StandardCharsets.UTF_8));
      assertEquals(expected, fields(again.live));
      assertTrue(
          Files.exists(file.resolveSibling(file.getFileName() + ".unusable")), "for a look at it");
      assertFalse(Files.exists(file));
    }
    Files.write(file, newest);
    State again = new State();
    open(again, SMALL_SEGMENT).close();
    assertEquals(100, again.applied, "the newest, whole again");
  }

  @Test
  void whereAllAreDamagedEverythingIsReplayedOrTheStartSaysWhatIsMissing() throws Exception {
    State running = new State();
    Journal journal = open(running, 2_000);
    List<DomainEvent> events = world(new Random(8), 300);
    append(journal, events, running);
    write(running);
    journal.close();
    Path file = checkpoints().getFirst();
    Files.writeString(file, "nonsense");
    State again = new State();
    open(again, 2_000).close();
    assertEquals(300, again.applied);

    try (var segments = Files.list(folder)) {
      Files.delete(
          segments
              .filter(f -> f.toString().endsWith(".journal"))
              .sorted()
              .findFirst()
              .orElseThrow());
    }
    Files.writeString(file, "nonsense");
    CheckpointMissingException refused =
        assertThrows(CheckpointMissingException.class, () -> open(new State(), 2_000));
    for (String named :
        List.of(folder.toString(), file.getFileName().toString(), "nonsense", "--forget-picture")) {
      assertTrue(refused.getMessage().contains(named), refused.getMessage());
    }
  }

  @Test
  void anAdministratorMayBeginWithAnEmptyPicture() throws Exception {
    State running = new State();
    Journal journal = open(running, 2_000);
    append(journal, world(new Random(12), 100), running);
    journal.close();
    State again = new State();
    Checkpoints checkpoints = new Checkpoints(folder, List.of(again));
    journal = Journal.open(folder, new EventCodec(), 2_000, checkpoints::forget, again::replay);
    assertEquals(0, again.applied);
    assertEquals(fields(new LiveState()), fields(again.live));
    append(journal, world(new Random(13), 20), again);
    assertEquals(120, again.sequence, "the numbers go on");
    write(again);
    journal.close();
    State third = new State();
    open(third, 2_000).close();
    assertEquals(fields(again.live), fields(third.live));
  }

  @Test
  void aCheckpointThatKnowsMoreThanTheJournalIsNotTakenUp() throws Exception {
    State running = new State();
    Journal journal = open(running, SMALL_SEGMENT);
    List<DomainEvent> events = world(new Random(9), 40);
    append(journal, events.subList(0, 20), running);
    write(running);
    append(journal, events.subList(20, 40), running);
    write(running);
    journal.close();
    Path segment = folder.resolve(String.format("%020d.journal", 1));
    List<String> lines = Files.readAllLines(segment);
    Files.writeString(segment, String.join("\n", lines.subList(0, 30)) + "\n");
    State again = new State();
    open(again, SMALL_SEGMENT).close();
    assertEquals(30, again.sequence);
    assertEquals(10, again.applied, "from the checkpoint that the journal still reaches");
  }

  @Test
  void aCheckpointOfAnotherVersionServesWhereTheSegmentsAreGone() throws Exception {
    State running = new State();
    Journal journal = open(running, 2_000);
    List<DomainEvent> events = world(new Random(10), 300);
    append(journal, events, running);
    write(running);
    Path file = checkpoints().getFirst();
    String text = Files.readString(file);
    String otherShape = text.replaceFirst("cti-checkpoint 1 \\S+", "cti-checkpoint 1 another");
    Files.writeString(file, otherShape);
    journal.close();
    State everything = new State();
    open(everything, 2_000).close();
    assertEquals(300, everything.applied, "everything is there, and better");

    Journal shorter = open(new State(), 2_000);
    assertTrue(shorter.drop(200, 0, Instant.MAX) > 0);
    shorter.close();
    State other = new State();
    open(other, 2_000).close();
    assertEquals(0, other.applied);
    assertEquals(fields(running.live), fields(other.live));
  }

  @Test
  void aCheckpointThatLacksWhatThisVersionNeedsIsRefusedInOneMessage() throws Exception {
    State running = new State();
    Journal journal = open(running, 2_000);
    append(journal, world(new Random(10), 300), running);
    assertFalse(running.live.calls().isEmpty());
    write(running);
    Path file = checkpoints().getFirst();
    List<String> older =
        CheckedFile.read(file, "cti-checkpoint 1").lines().stream()
            .map(line -> line.replace("\"origin\":", "\"cameBy\":"))
            .toList();
    CheckedFile.write(file, "cti-checkpoint 1", new CheckedFile.Content("another", older));
    assertTrue(journal.drop(200, 0, Instant.MAX) > 0);
    journal.close();
    CheckpointMissingException refused =
        assertThrows(CheckpointMissingException.class, () -> open(new State(), 2_000));
    for (String named : List.of(file.getFileName().toString(), "origin", "--forget-picture")) {
      assertTrue(refused.getMessage().contains(named), refused.getMessage());
    }
  }

  @Test
  void onlyTwoCheckpointsStay() throws Exception {
    State running = new State();
    Journal journal = open(running, SMALL_SEGMENT);
    List<DomainEvent> events = world(new Random(11), 50);
    for (int i = 0; i < 5; i++) {
      append(journal, events.subList(i * 10, i * 10 + 10), running);
      write(running);
    }
    Checkpoints files = new Checkpoints(folder, List.of(running));
    assertEquals(2, checkpoints().size());
    assertEquals(50, files.newest());
    assertEquals(40, files.coveredBoth());
    assertFalse(Files.exists(folder.resolve("checkpoint.partial")));
    journal.close();
  }

  /** Events that a state takes, in an order that need not make sense. */
  static List<DomainEvent> world(Random random, int count) {
    RandomEvents source = new RandomEvents(random);
    List<DomainEvent> taken = new ArrayList<>();
    LiveState probe = new LiveState();
    while (taken.size() < count) {
      DomainEvent event = source.next();
      LiveState.Memory before = probe.memory();
      try {
        probe.apply(event);
        taken.add(event);
      } catch (RuntimeException nonsense) {
        probe.restore(before);
      }
    }
    return taken;
  }

  /** Every field of the state, found by reflection: a new one is compared without a line here. */
  static Map<String, Object> fields(LiveState state) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Field field : LiveState.class.getDeclaredFields()) {
      if (Modifier.isStatic(field.getModifiers())) {
        continue;
      }
      try {
        field.setAccessible(true);
        Object value = field.get(state);
        values.put(field.getName(), value instanceof Map<?, ?> map ? Map.copyOf(map) : value);
      } catch (IllegalAccessException e) {
        throw new AssertionError(e);
      }
    }
    assertTrue(values.size() >= 5, values.keySet().toString());
    return values;
  }

  private Journal open(State state, long segmentBytes) throws IOException {
    Checkpoints checkpoints = new Checkpoints(folder, List.of(state));
    return Journal.open(
        folder, new EventCodec(), segmentBytes, checkpoints::restore, state::replay);
  }

  private void write(State state) throws IOException {
    new Checkpoints(folder, List.of(state))
        .write(Map.of(state.name(), state.memory().toCompletableFuture().join()));
  }

  private List<Path> checkpoints() throws IOException {
    return new CheckpointFiles(folder).newestFirst();
  }

  /** In groups, so that the writer can turn segments between them. */
  private static void append(Journal journal, List<DomainEvent> events, State state)
      throws InterruptedException {
    for (int from = 0; from < events.size(); from += 10) {
      CountDownLatch durable = new CountDownLatch(1);
      List<DomainEvent> group = events.subList(from, Math.min(from + 10, events.size()));
      journal.append(group, durable::countDown).forEach(state::replay);
      assertTrue(durable.await(10, TimeUnit.SECONDS));
    }
  }
}
