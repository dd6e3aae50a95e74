package cti.server.ami;

import cti.core.id.ChannelId;
import cti.core.id.QueueName;
import cti.core.port.QueueCallers;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Callers who wait, asked of and told to the gateway by AMI. */
public final class AmiQueueCallers implements QueueCallers {
  /** As the dialplan keeps it with the call (extensions_cti.conf). */
  private static final String TELLS = "CTI_QUEUE_TELLS";

  /** Below it every language has its folder of prompts; relative to the gateway's sounds. */
  private static final String FOLDER = "cti/";

  /** No member has this interface: none is listed. */
  private static final String NO_MEMBER = "none";

  private final Supplier<Optional<AmiLink>> link;

  /**
   * @param link empty before it was made
   */
  public AmiQueueCallers(Supplier<Optional<AmiLink>> link) {
    this.link = link;
  }

  @Override
  public CompletableFuture<List<Waiter>> waiting(QueueName queue) {
    return send(AmiAction.of("QueueStatus").with("Queue", queue.value()).with("Member", NO_MEMBER))
        .thenApply(
            reply ->
                reply.events().stream()
                    .filter(event -> "QueueEntry".equals(event.eventName()))
                    .filter(event -> queue.value().equals(event.get("Queue")))
                    .map(AmiQueueCallers::waiter)
                    .flatMap(Optional::stream)
                    .sorted(Comparator.comparingInt(Waiter::place))
                    .toList());
  }

  private static Optional<Waiter> waiter(AmiMessage entry) {
    String id = entry.get("Uniqueid");
    String name = entry.get("Channel");
    String place = entry.get("Position");
    return id == null || name == null || place == null || !place.matches("[0-9]{1,6}")
        ? Optional.empty()
        : Optional.of(new Waiter(new ChannelId(id), name, Integer.parseInt(place)));
  }

  @Override
  public CompletableFuture<Optional<String>> told(Waiter caller) {
    return send(AmiAction.of("Getvar").with("Channel", caller.name()).with("Variable", TELLS))
        .thenApply(
            reply ->
                Optional.ofNullable(reply.response().get("Value")).filter(text -> !text.isEmpty()));
  }

  @Override
  public CompletableFuture<Void> speak(Waiter caller, String language) {
    return send(AmiAction.of("Setvar")
            .with("Channel", caller.name())
            .with("Variable", "CHANNEL(language)")
            .with("Value", FOLDER + language))
        .thenApply(reply -> null);
  }

  private CompletableFuture<AmiReply> send(AmiAction action) {
    return link.get()
        .map(now -> now.send(action))
        .orElseGet(
            () ->
                CompletableFuture.failedFuture(
                    new IllegalStateException("the gateway was not linked yet")))
        .thenApply(
            reply -> {
              if (!reply.success()) {
                throw new IllegalStateException(action.name() + " was refused: " + reply.message());
              }
              return reply;
            });
  }
}
