package cti.server.runtime;

import cti.core.engine.LiveState;
import cti.core.event.DomainEvent;
import cti.core.port.JournalRecord;
import cti.server.event.EventCodec;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A process that does nothing but write a journal, checkpoints and drop segments, all without a
 * pause, until it is killed. It prints the sequence of what was acknowledged.
 */
final class KilledWriter {
  static final long SEGMENT = 8_000;
  static final int EVENTS = 6_000;

  private KilledWriter() {}

  /** A state that one thread folds and another asks for. */
  static final class Shared implements Folded<LiveState.Memory> {
    final LiveState live = new LiveState();
    long sequence;
    int replayed;

    @Override
    public String name() {
      return "state";
    }

    @Override
    public Class<LiveState.Memory> type() {
      return LiveState.Memory.class;
    }

    @Override
    public synchronized CompletionStage<Memory<LiveState.Memory>> memory() {
      return CompletableFuture.completedFuture(new Memory<>(sequence, live.memory()));
    }

    @Override
    public synchronized void restore(Memory<LiveState.Memory> memory) {
      live.restore(memory.picture());
      sequence = memory.sequence();
    }

    @Override
    public void forget(long last) {
      live.restore(LiveState.Memory.EMPTY);
      sequence = last;
    }

    synchronized void fold(JournalRecord record) {
      live.apply(record.event());
      sequence = record.sequence();
      replayed++;
    }
  }

  static Journal open(Path folder, Shared state) throws java.io.IOException {
    Checkpoints checkpoints = new Checkpoints(folder, List.of(state));
    return Journal.open(folder, new EventCodec(), SEGMENT, checkpoints::restore, state::fold);
  }

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    List<DomainEvent> events =
        CheckpointTest.world(new Random(Long.parseLong(arguments[1])), EVENTS);
    Shared state = new Shared();
    Journal journal = open(folder, state);
    Thread.ofPlatform().daemon().start(() -> keep(folder, journal, state));
    while (state.sequence < EVENTS) {
      if (!journal.awaitRoom(Duration.ofSeconds(10))) {
        throw new IllegalStateException("no room");
      }
      DomainEvent next = events.get((int) state.sequence);
      long sequence = state.sequence + 1;
      journal.append(List.of(next), () -> System.out.println(sequence)).forEach(state::fold);
      if (sequence % 10 == 0) {
        journal.awaitDurable(sequence, Duration.ofSeconds(10));
      }
    }
    journal.close();
  }

  private static void keep(Path folder, Journal journal, Shared state) {
    try {
      Checkpoints checkpoints = new Checkpoints(folder, List.of(state));
      while (true) {
        Folded.Memory<?> memory = state.memory().toCompletableFuture().join();
        if (journal.awaitDurable(memory.sequence(), Duration.ofSeconds(10))) {
          checkpoints.write(Map.of(state.name(), memory));
          journal.drop(checkpoints.coveredBoth(), 0, Instant.MAX);
        }
      }
    } catch (Exception e) {
      e.printStackTrace();
      System.exit(9);
    }
  }
}
