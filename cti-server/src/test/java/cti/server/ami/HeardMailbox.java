package cti.server.ami;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import cti.core.engine.Command;
import cti.core.engine.EngineInput;
import cti.core.engine.Reply;
import cti.core.port.Mailbox;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps what the engine would hear; may be full. */
final class HeardMailbox implements Mailbox {
  private final BlockingQueue<EngineInput> heard = new LinkedBlockingQueue<>();
  private final AtomicInteger refuseNext = new AtomicInteger();

  /** As if it were full: so many are not taken. */
  void refuse(int inputs) {
    refuseNext.set(inputs);
  }

  /** What was heard next, within ten seconds. */
  EngineInput next() throws InterruptedException {
    EngineInput input = heard.poll(10, TimeUnit.SECONDS);
    assertNotNull(input, "nothing was heard within 10 s");
    return input;
  }

  @Override
  public boolean offer(EngineInput input) {
    return refuseNext.getAndUpdate(n -> Math.max(0, n - 1)) == 0 && heard.add(input);
  }

  @Override
  public CompletionStage<Reply> ask(Command command) {
    throw new AssertionError("nothing is asked here");
  }
}
