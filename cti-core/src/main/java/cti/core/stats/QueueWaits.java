package cti.core.stats;

import cti.core.call.QueueOutcome;
import cti.core.event.AgentEvent;
import cti.core.event.CallEvent;
import cti.core.event.CallEvent.CallCleared;
import cti.core.event.CallEvent.CallsMerged;
import cti.core.event.CallEvent.QueueVisitEnded;
import cti.core.event.CallEvent.Queued;
import cti.core.event.CallerEvent;
import cti.core.event.DomainEvent;
import cti.core.event.GatewayEvent;
import cti.core.event.RecordingEvent;
import cti.core.event.SupervisorEvent;
import cti.core.id.CallId;
import cti.core.id.QueueName;
import cti.core.id.VisitId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How long callers waited in each queue lately, folded from events and nothing else; not
 * thread-safe: one owner.
 *
 * <p>The expected wait of the next caller is what the last answered callers waited, shared out over
 * their places: the sum of their waits by the sum of their places when they came, times the place
 * of the next one. It is told only where at least {@link #LEAST} callers were answered within
 * {@link #WINDOW}; a wait that ended in any other way tells nothing about the agents' pace.
 */
public final class QueueWaits {
  /** With fewer there is no figure. */
  public static final int LEAST = 5;

  /** The last so many count. */
  public static final int MOST = 20;

  /** What is older says nothing of today. */
  public static final Duration WINDOW = Duration.ofHours(1);

  private final Map<VisitId, Waiting> waiting = new HashMap<>();
  private final Map<QueueName, Deque<Answered>> answered = new HashMap<>();

  private record Waiting(CallId call, QueueName queue, Instant since, int place) {}

  private record Answered(Instant at, Duration waited, int place) {}

  public void apply(DomainEvent event) {
    switch (event) {
      case Queued e when e.connection().isEmpty() ->
          waiting.put(
              e.visit(), new Waiting(e.call(), e.queue(), e.at(), waitingIn(e.queue()) + 1));
      case QueueVisitEnded e -> {
        Waiting left = waiting.remove(e.visit());
        if (left != null && e.outcome() == QueueOutcome.ANSWERED) {
          note(left, e.at());
        }
      }
      case CallCleared e -> waiting.values().removeIf(one -> one.call().equals(e.call()));
      case CallsMerged e -> waiting.values().removeIf(one -> one.call().equals(e.merged()));
      case CallEvent _,
          AgentEvent _,
          GatewayEvent _,
          RecordingEvent _,
          CallerEvent _,
          SupervisorEvent _ -> {}
    }
  }

  private void note(Waiting left, Instant at) {
    Deque<Answered> last = answered.computeIfAbsent(left.queue(), _ -> new ArrayDeque<>());
    Duration waited = Duration.between(left.since(), at);
    last.addLast(new Answered(at, waited.isNegative() ? Duration.ZERO : waited, left.place()));
    if (last.size() > MOST) {
      last.removeFirst();
    }
  }

  /** Callers who wait now. */
  public int waitingIn(QueueName queue) {
    return (int) waiting.values().stream().filter(one -> one.queue().equals(queue)).count();
  }

  /** How long the next caller is likely to wait; empty where too little is known to say. */
  public Optional<Duration> expected(QueueName queue, Instant now) {
    return expected(queue, waitingIn(queue) + 1, now);
  }

  /**
   * The same for whoever has a place in the queue.
   *
   * @param place from 1
   */
  public Optional<Duration> expected(QueueName queue, int place, Instant now) {
    Instant since = now.minus(WINDOW);
    long waits = 0;
    long places = 0;
    int count = 0;
    for (Answered one : answered.getOrDefault(queue, new ArrayDeque<>())) {
      if (!one.at().isBefore(since)) {
        waits += one.waited().toMillis();
        places += one.place();
        count++;
      }
    }
    return count < LEAST
        ? Optional.empty()
        : Optional.of(Duration.ofMillis(waits * place / places));
  }
}
