package cti.server.routing;

import cti.core.directory.DirectoryIndex;
import cti.core.ivr.CallPlan;
import cti.core.port.CallHistory.Period;
import cti.core.port.Page;
import cti.core.port.RoutedCalls;
import cti.core.port.RoutedCalls.RoutedCall;
import cti.core.port.StoreUnavailableException;
import cti.core.port.WhatIf;
import cti.core.routing.RoutingPlan;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Replays calls of the past, one replay at a time, on a thread of its own; keeps the last few. */
public final class Replays implements WhatIf, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Replays.class);
  private static final int PAGE = 500;
  private static final int MOST_KEPT = 4;
  private static final int MOST_UNKNOWABLE = 20;

  private final RoutedCalls calls;
  private final Supplier<CallPlan> inForce;
  private final Supplier<DirectoryIndex> directory;
  private final Function<String, RuleText.Read> reader;
  private final InstantSource clock;
  private final Deque<Job> jobs = new ArrayDeque<>();
  private int begun;
  private volatile boolean closed;

  /**
   * @param inForce the plan with the rules to compare with
   * @param reader of texts, which it checks
   */
  public Replays(
      RoutedCalls calls,
      Supplier<CallPlan> inForce,
      Supplier<DirectoryIndex> directory,
      Function<String, RuleText.Read> reader,
      InstantSource clock) {
    this.calls = calls;
    this.inForce = inForce;
    this.directory = directory;
    this.reader = reader;
    this.clock = clock;
  }

  /** One replay; its fields are guarded by itself. */
  private static final class Job {
    private final String id;
    private final String name;
    private final Period period;
    private final String by;
    private final Instant startedAt;
    private final int comparedWith;
    private final List<Change> changes = new ArrayList<>();
    private final Set<String> unknowable = new TreeSet<>();
    private Optional<Instant> endedAt = Optional.empty();
    private Optional<String> fault = Optional.empty();
    private long total;
    private long done;
    private long same;
    private long changed;
    private long open;

    Job(String id, String name, Period period, String by, Instant startedAt, int comparedWith) {
      this.id = id;
      this.name = name;
      this.period = period;
      this.by = by;
      this.startedAt = startedAt;
      this.comparedWith = comparedWith;
    }

    synchronized void total(long count) {
      total = count;
    }

    synchronized void add(Replay.Outcome outcome) {
      done++;
      if (outcome.open().isPresent()) {
        open++;
        if (unknowable.size() < MOST_UNKNOWABLE) {
          unknowable.add(outcome.open().get());
        }
      } else if (outcome.changed()) {
        changed++;
      } else {
        same++;
      }
      outcome.change().filter(any -> changes.size() < MOST_LISTED).ifPresent(changes::add);
    }

    synchronized void end(Instant at, Optional<String> why) {
      endedAt = Optional.of(at);
      fault = why;
    }

    synchronized boolean running() {
      return endedAt.isEmpty();
    }

    synchronized Progress progress() {
      return new Progress(
          id,
          name,
          period,
          comparedWith,
          by,
          startedAt,
          endedAt,
          total,
          done,
          same,
          changed,
          open,
          List.copyOf(unknowable),
          fault);
    }

    synchronized List<Change> changes(int from, int limit) {
      int begin = Math.min(from, changes.size());
      return List.copyOf(changes.subList(begin, Math.min(changes.size(), begin + limit)));
    }
  }

  @Override
  public synchronized Started start(String name, String yaml, Period period, String by) {
    Optional<Job> running = jobs.stream().filter(Job::running).findFirst();
    if (running.isPresent()) {
      return new Started.Busy(running.get().id);
    }
    RuleText.Read read = reader.apply(yaml);
    if (read.plan().isEmpty()) {
      return new Started.Faulty(read.checked().faults());
    }
    CallPlan plan = inForce.get();
    Job job =
        new Job(
            Integer.toString(++begun), name, period, by, clock.instant(), plan.routing().version());
    jobs.addLast(job);
    if (jobs.size() > MOST_KEPT) {
      jobs.removeFirst();
    }
    RoutingPlan after = read.plan().get();
    Thread.ofVirtual()
        .name("what-if-" + job.id)
        .start(() -> run(job, new Replay(plan, after, directory.get())));
    LOG.info("what-if {}: calls from {} to {}, by user={}", job.id, period.from(), period.to(), by);
    return new Started.Running(job.id);
  }

  private void run(Job job, Replay replay) {
    try {
      job.total(calls.count(job.period));
      Optional<Page.Key> after = Optional.empty();
      List<RoutedCall> page;
      do {
        page = calls.page(job.period, after, PAGE);
        page.forEach(call -> job.add(replay.of(call)));
        if (!page.isEmpty()) {
          RoutedCall last = page.getLast();
          after = Optional.of(new Page.Key(last.startedAt(), last.call().value()));
        }
      } while (page.size() == PAGE && !closed);
      job.end(clock.instant(), Optional.of("the server stopped").filter(any -> closed));
    } catch (StoreUnavailableException e) {
      LOG.warn("what-if {} broke off: {}", job.id, e.getMessage());
      job.end(clock.instant(), Optional.of("the database went away; start it anew"));
    } catch (RuntimeException e) {
      LOG.error("what-if {} broke off", job.id, e);
      job.end(clock.instant(), Optional.of("the server failed: " + e.getMessage()));
    }
  }

  private synchronized Optional<Job> job(String id) {
    return jobs.stream().filter(job -> job.id.equals(id)).findFirst();
  }

  @Override
  public Optional<Progress> progress(String id) {
    return job(id).map(Job::progress);
  }

  @Override
  public List<Change> changes(String id, int from, int limit) {
    return job(id).map(job -> job.changes(from, limit)).orElse(List.of());
  }

  @Override
  public void close() {
    closed = true;
  }
}
