package cti.core.port;

import cti.core.engine.Command;
import cti.core.engine.EngineInput;
import cti.core.engine.Reply;
import java.util.concurrent.CompletionStage;

/** The way into the loop that owns the engine. Thread-safe; never blocks. */
public interface Mailbox {
  /**
   * Hands an input in.
   *
   * @return false where the mailbox is full or closed; the input was not taken
   */
  boolean offer(EngineInput input);

  /**
   * The same for what came off a socket.
   *
   * @param receivedNanos {@link System#nanoTime} at which its bytes were read
   */
  default boolean offer(EngineInput input, long receivedNanos) {
    return offer(input);
  }

  /**
   * Hands a command in. The reply comes once what it did is on the journal's disk; where the
   * mailbox is full or closed it is a refusal at once ({@code overloaded}, {@code stopping}).
   */
  CompletionStage<Reply> ask(Command command);
}
