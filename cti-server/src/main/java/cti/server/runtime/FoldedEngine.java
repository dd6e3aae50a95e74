package cti.server.runtime;

import cti.core.engine.Engine;
import cti.core.engine.LiveState;
import cti.core.port.JournalRecord;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The engine with the number of the last record that is folded into it. Restored and replayed by
 * whoever starts; from then on the {@link GatewayLoop} owns it, and everybody else only asks for
 * its memory.
 */
public final class FoldedEngine implements Folded<LiveState.Memory> {
  private final Engine engine;
  private final AtomicReference<CompletableFuture<Memory<LiveState.Memory>>> asked =
      new AtomicReference<>();
  private volatile Thread owner;
  private long sequence;

  public FoldedEngine(Engine engine) {
    this.engine = engine;
  }

  @Override
  public String name() {
    return "engine";
  }

  @Override
  public Class<LiveState.Memory> type() {
    return LiveState.Memory.class;
  }

  @Override
  public void restore(Memory<LiveState.Memory> memory) {
    engine.state().restore(memory.picture());
    sequence = memory.sequence();
  }

  @Override
  public void forget(long last) {
    engine.state().restore(LiveState.Memory.EMPTY);
    sequence = last;
  }

  /** Folds a record of earlier runs, in order; passes over what a checkpoint held. */
  public void replay(JournalRecord record) {
    if (record.sequence() > sequence) {
      engine.apply(record.event());
      sequence = record.sequence();
    }
  }

  @Override
  public CompletionStage<Memory<LiveState.Memory>> memory() {
    CompletableFuture<Memory<LiveState.Memory>> answer = new CompletableFuture<>();
    CompletableFuture<Memory<LiveState.Memory>> before = asked.getAndSet(answer);
    if (before != null) {
      answer.whenComplete((memory, failure) -> before.complete(memory));
    }
    Thread loop = owner;
    if (loop == null || loop.getState() == Thread.State.TERMINATED) {
      tellMemory();
    }
    return answer;
  }

  Engine engine() {
    return engine;
  }

  void ownedBy(Thread loop) {
    owner = loop;
  }

  /** Events that the owner applied are on the journal up to {@code last}. */
  void folded(long last) {
    sequence = last;
  }

  /** Tells what is so now, if somebody asked: copies references, the rest is done elsewhere. */
  void tellMemory() {
    CompletableFuture<Memory<LiveState.Memory>> answer = asked.getAndSet(null);
    if (answer != null) {
      answer.complete(new Memory<>(sequence, engine.state().memory()));
    }
  }
}
