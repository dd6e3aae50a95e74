package cti.server.app;

import cti.core.engine.Command;
import cti.core.engine.EngineInput;
import cti.core.engine.Reply;
import cti.core.port.Mailbox;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The mailbox for those who must be made before the loop is. Until the loop is there it turns
 * everything away, like a full one.
 */
final class LateMailbox implements Mailbox {
  private volatile Mailbox loop;

  void open(Mailbox withLoop) {
    loop = withLoop;
  }

  @Override
  public boolean offer(EngineInput input) {
    return offer(input, 0);
  }

  @Override
  public boolean offer(EngineInput input, long receivedNanos) {
    Mailbox target = loop;
    return target != null && target.offer(input, receivedNanos);
  }

  @Override
  public CompletionStage<Reply> ask(Command command) {
    Mailbox target = loop;
    return target != null
        ? target.ask(command)
        : CompletableFuture.completedFuture(
            new Reply.Refusal("overloaded", "cti-server is still starting, expected a retry"));
  }
}
