package cti.core.port;

import cti.core.id.ChannelId;
import cti.core.id.QueueName;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Callers who wait, as the gateway's queues have them. Each answer fails where the gateway is away,
 * or the caller is.
 */
public interface QueueCallers {
  /**
   * One who waits.
   *
   * @param name of the channel, by which the gateway is told of it
   * @param place in the queue, from 1
   */
  record Waiter(ChannelId channel, String name, int place) {}

  /** In the order of their places. */
  CompletableFuture<List<Waiter>> waiting(QueueName queue);

  /** What the caller's flow said of the wait when it began; empty where nothing is to be told. */
  CompletableFuture<Optional<String>> told(Waiter caller);

  /**
   * From here on the caller hears the sounds of a language; one that is played goes on.
   *
   * @param language a folder of sounds below the gateway's, such as zh
   */
  CompletableFuture<Void> speak(Waiter caller, String language);
}
