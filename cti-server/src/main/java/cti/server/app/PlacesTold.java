package cti.server.app;

import cti.core.desk.Desk;
import cti.core.engine.LiveQueues;
import cti.core.id.ChannelId;
import cti.core.id.QueueName;
import cti.core.ivr.FlowWorld.QueueFigures;
import cti.core.ivr.Speech;
import cti.core.ivr.Waiting;
import cti.core.port.QueueCallers;
import cti.core.port.QueueCallers.Waiter;
import cti.core.routing.QueueState;
import cti.server.prompt.WaitingSounds;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells callers who wait their place and expected wait again: it is put before the queue's comfort
 * message, in the language of the call, as the node that sent them there says. The place is the
 * gateway's own. Nothing is told of what is not known.
 */
final class PlacesTold {
  private static final Logger log = LoggerFactory.getLogger(PlacesTold.class);
  private static final Duration LIMIT = Duration.ofSeconds(3);
  private static final long EVERY_SECONDS = 5;

  /** Longer than a look, and than the gateway takes to open a file that it was told of. */
  private static final Duration KEPT = Duration.ofMinutes(1);

  private final Supplier<CompletableFuture<LiveQueues>> queues;
  private final Supplier<List<Desk>> desks;
  private final QueueCallers gateway;
  private final BiFunction<QueueName, Integer, Optional<Duration>> expectedWait;
  private final WaitingSounds sounds;
  private final InstantSource clock;
  private Map<Stay, Told> known = new HashMap<>();
  private boolean failing;

  /** One caller in one queue. */
  private record Stay(ChannelId channel, QueueName queue) {}

  /**
   * What is known of them.
   *
   * @param wish empty where nothing is to be told
   * @param hears the sounds they hear now; empty where that is not known
   */
  private record Told(Optional<Waiting> wish, Optional<String> hears) {}

  /**
   * @param expectedWait of whoever has a place in a queue; empty where too little is known
   */
  PlacesTold(
      Supplier<CompletableFuture<LiveQueues>> queues,
      Supplier<List<Desk>> desks,
      QueueCallers gateway,
      BiFunction<QueueName, Integer, Optional<Duration>> expectedWait,
      WaitingSounds sounds,
      InstantSource clock) {
    this.queues = queues;
    this.desks = desks;
    this.gateway = gateway;
    this.expectedWait = expectedWait;
    this.sounds = sounds;
    this.clock = clock;
  }

  /** Looks now and then from here on. */
  void start(Lifecycle lifecycle) {
    lifecycle.regularly("places", EVERY_SECONDS, this::run, this::forget);
  }

  private void run() {
    try {
      look();
      failing = false;
    } catch (IOException | RuntimeException e) {
      if (!failing && !Thread.currentThread().isInterrupted()) {
        log.warn("places are not told to callers who wait: {}", e.toString());
      }
      failing = true;
    }
  }

  /**
   * Sees who waits, and what they are to hear.
   *
   * @throws IOException where the folder of sounds cannot be written
   */
  void look() throws IOException {
    LiveQueues live = soon(queues.get());
    Map<Stay, Told> next = new HashMap<>();
    for (Desk desk : desks.get()) {
      Optional<QueueState> state = live.of(desk.id()).filter(found -> found.waiting() > 0);
      if (state.isPresent()) {
        for (Waiter caller : soon(gateway.waiting(desk.queue()))) {
          Stay stay = new Stay(caller.channel(), desk.queue());
          told(stay, caller, state.get().ready()).ifPresent(told -> next.put(stay, told));
        }
      }
    }
    known = next;
    sounds.sweep(clock.instant().minus(KEPT));
  }

  /** Nobody looks after them any more: a place would grow old. */
  void forget() throws IOException {
    for (Told told : known.values()) {
      if (told.hears().isPresent()) {
        sounds.drop(told.hears().get());
      }
    }
  }

  /** Empty where the caller is gone meanwhile. */
  private Optional<Told> told(Stay stay, Waiter caller, int ready) throws IOException {
    try {
      Told before = known.get(stay);
      Optional<Waiting> wish =
          before == null
              ? soon(gateway.told(caller))
                  .filter(text -> text.matches(Waiting.TEXT))
                  .map(PlacesTold::wish)
              : before.wish();
      if (wish.isEmpty()) {
        return Optional.of(new Told(wish, Optional.empty()));
      }
      String hears = sounds(wish.get(), stay.queue(), caller.place(), ready);
      // Said again and again: the dialplan begins anew where the same caller comes back.
      boolean usual = hears.equals(wish.get().language());
      if (!usual || before == null || !before.hears().equals(Optional.of(hears))) {
        soon(gateway.speak(caller, hears));
      }
      return Optional.of(new Told(wish, Optional.of(hears)));
    } catch (CompletionException e) {
      log.debug("place of channel {}: {}", caller.channel(), e.toString());
      return Optional.empty();
    }
  }

  private static Waiting wish(String text) {
    return Waiting.parse(text, "");
  }

  private String sounds(Waiting wish, QueueName queue, int place, int ready) throws IOException {
    // An agent is free for this caller: there is no wait to speak of.
    QueueFigures figures =
        ready >= place
            ? QueueFigures.UNKNOWN
            : new QueueFigures(Optional.of(place - 1), expectedWait.apply(queue, place));
    List<String> prompts = Speech.queue(wish.language(), figures, wish.says());
    return prompts.isEmpty()
        ? wish.language()
        : sounds.made(wish.language(), prompts, clock.instant()).orElse(wish.language());
  }

  private static <T> T soon(CompletableFuture<T> answer) {
    return answer.orTimeout(LIMIT.toMillis(), TimeUnit.MILLISECONDS).join();
  }
}
