package cti.server.app;

import cti.core.directory.StaffMember;
import cti.core.engine.LiveQueues;
import cti.core.id.AgentId;
import cti.core.id.Extension;
import cti.core.id.StaffId;
import cti.core.port.CallFacts;
import cti.core.port.CallerHistory;
import cti.core.port.StoreUnavailableException;
import cti.core.routing.Caller;
import cti.core.routing.EarlierCalls;
import cti.core.routing.Facts;
import cti.core.routing.RoutingPlan;
import cti.core.routing.RuleSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What routing may look at, as it is at this moment. Only what the rules in force look at, and what
 * the flow tells of, is asked for; what is not told within the limit is not known, and the call
 * goes on.
 */
final class LiveFacts implements CallFacts, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LiveFacts.class);
  private static final Duration LIMIT = Duration.ofMillis(400);

  /** Earlier calls that are asked for at once; further callers have none that are known. */
  private static final int AT_ONCE = 16;

  private final Supplier<RoutingPlan> routing;
  private final BooleanSupplier toldOfQueues;
  private final Supplier<CompletableFuture<LiveQueues>> queues;
  private final Function<AgentId, CompletableFuture<Optional<Extension>>> readyAt;
  private final CallerHistory history;
  private final Clock clock;
  private final Semaphore room = new Semaphore(AT_ONCE);
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("earlier-calls-", 0).factory());

  /**
   * @param toldOfQueues whether the flow in force tells callers of their wait
   * @param readyAt where an agent is ready and free
   */
  LiveFacts(
      Supplier<RoutingPlan> routing,
      BooleanSupplier toldOfQueues,
      Supplier<CompletableFuture<LiveQueues>> queues,
      Function<AgentId, CompletableFuture<Optional<Extension>>> readyAt,
      CallerHistory history,
      Clock clock) {
    this.routing = routing;
    this.toldOfQueues = toldOfQueues;
    this.queues = queues;
    this.readyAt = readyAt;
    this.history = history;
    this.clock = clock;
  }

  @Override
  public Facts of(Caller caller) {
    RuleSet rules = routing.get().rules();
    Instant now = clock.instant();
    Supplier<LiveQueues> live =
        rules.looksAtQueues() || toldOfQueues.getAsBoolean()
            ? new WhenNeeded()
            : () -> LiveQueues.UNKNOWN;
    EarlierCalls earlier =
        rules.looksAtEarlierCalls() ? earlier(caller, rules, now) : EarlierCalls.UNKNOWN;
    return new Facts(now, desk -> live.get().of(desk), earlier);
  }

  /** The queues at the moment in which they are first looked at: most requests never do. */
  private final class WhenNeeded implements Supplier<LiveQueues> {
    private Optional<LiveQueues> found = Optional.empty();

    @Override
    public LiveQueues get() {
      if (found.isEmpty()) {
        found = Optional.of(within("the queues", queues.get()).orElse(LiveQueues.UNKNOWN));
      }
      return found.get();
    }
  }

  private EarlierCalls earlier(Caller caller, RuleSet rules, Instant now) {
    Optional<StaffId> person =
        caller.matches().size() == 1
            ? caller.matches().stream().map(StaffMember::id).findFirst()
            : Optional.empty();
    Instant midnight =
        now.atZone(routing.get().calendars().zone())
            .toLocalDate()
            .atStartOfDay(routing.get().calendars().zone())
            .toInstant();
    if (!room.tryAcquire()) {
      log.warn("earlier calls are asked for by {} calls already: not known to this one", AT_ONCE);
      return EarlierCalls.UNKNOWN;
    }
    CompletableFuture<CallerHistory.Found> found =
        CompletableFuture.supplyAsync(
                () -> history.find(person, caller.presented(), midnight, now), threads)
            .whenComplete((done, failed) -> room.release());
    return within("earlier calls", found)
        .map(calls -> told(calls, rules.ringsTheLastAgent()))
        .orElse(EarlierCalls.UNKNOWN);
  }

  /**
   * What was found.
   *
   * @param rings whether a rule would ring the agent of the last talk, where they are ready
   */
  private EarlierCalls told(CallerHistory.Found calls, boolean rings) {
    Optional<EarlierCalls.LastTalk> talk =
        calls
            .talk()
            .map(
                last ->
                    new EarlierCalls.LastTalk(
                        last.agent(),
                        last.desk(),
                        last.at(),
                        rings ? ready(last.agent()) : Optional.empty()));
    return new EarlierCalls(true, talk, calls.missed());
  }

  /** Empty where nobody says so in time: what else is known of the call stays so. */
  private Optional<Extension> ready(AgentId agent) {
    return within("whether agent " + agent + " is ready", readyAt.apply(agent)).flatMap(at -> at);
  }

  private static <T> Optional<T> within(String what, CompletableFuture<T> asked) {
    try {
      return Optional.of(asked.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      log.warn("not known to a call: {}; no answer within {} ms", what, LIMIT.toMillis());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StoreUnavailableException) {
        log.debug("not known to a call: {}; {}", what, e.getCause().getMessage());
      } else {
        log.warn("not known to a call: {}; {}", what, e.getCause().toString());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
