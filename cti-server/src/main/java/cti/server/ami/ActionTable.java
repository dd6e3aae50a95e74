package cti.server.ami;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * The actions that wait for their answers. Used on the link's event loop alone, but for {@link
 * #reserve()}.
 *
 * <p>An action whose time limit has passed stays known until its late answer came: the rows of a
 * late list must not pass for events of the gateway. No more of them than actions may be in flight.
 */
final class ActionTable {
  /** One action in flight. */
  private static final class Entry {
    final AmiAction action;
    final CompletableFuture<AmiReply> future;
    final Future<?> timer;
    AmiMessage listStart;
    List<AmiMessage> rows = List.of();
    boolean answered;

    Entry(AmiAction action, CompletableFuture<AmiReply> future, Future<?> timer) {
      this.action = action;
      this.future = future;
      this.timer = timer;
    }
  }

  private final EventLoop loop;
  private final AmiBounds bounds;
  private final AmiCounters counters;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private int openLists;

  ActionTable(EventLoop loop, AmiBounds bounds, AmiCounters counters) {
    this.loop = loop;
    this.bounds = bounds;
    this.counters = counters;
  }

  int inFlight() {
    return inFlight.get();
  }

  /** Takes a place for one action, from any thread. False: all are taken. */
  boolean reserve() {
    if (inFlight.incrementAndGet() > bounds.maxActionsInFlight()) {
      inFlight.decrementAndGet();
      return false;
    }
    return true;
  }

  /** Gives back a place that was not used. */
  void release() {
    inFlight.decrementAndGet();
  }

  /** Enters an action, for which a place was reserved, and starts its time. */
  void add(String actionId, AmiAction action, Duration limit, CompletableFuture<AmiReply> future) {
    Future<?> timer =
        loop.schedule(() -> expire(actionId, limit), limit.toNanos(), TimeUnit.NANOSECONDS);
    entries.put(actionId, new Entry(action, future, timer));
    int most = 2 * bounds.maxActionsInFlight();
    if (entries.size() > most) {
      forgetOldestLate();
    }
  }

  private void expire(String actionId, Duration limit) {
    Entry entry = entries.get(actionId);
    if (entry != null && !entry.answered) {
      counters.actionsTimedOut.increment();
      boolean listStarted = entry.listStart != null;
      fail(entry, new AmiActionTimeoutException(entry.action.name(), limit, listStarted));
    }
  }

  /** A response of the gateway. */
  void response(AmiMessage response) {
    String actionId = response.actionId();
    Entry entry = actionId == null ? null : entries.get(actionId);
    if (entry == null) {
      counters.unmatchedResponses.increment();
      return;
    }
    if ("start".equalsIgnoreCase(response.get("EventList")) && entry.listStart == null) {
      entry.listStart = response;
      entry.rows = new ArrayList<>();
      openLists++;
      return;
    }
    entries.remove(actionId);
    closeList(entry);
    complete(entry, new AmiReply(response, List.of()));
  }

  /**
   * An event of the gateway.
   *
   * @return true where it is part of a list answer, and taken
   */
  boolean takes(AmiMessage event) {
    if (openLists == 0) {
      return false;
    }
    String actionId = event.actionId();
    Entry entry = actionId == null ? null : entries.get(actionId);
    if (entry == null || entry.listStart == null) {
      return false;
    }
    counters.listEvents.increment();
    if (entry.answered) {
      counters.lateAnswers.increment();
    } else if (entry.rows.size() == bounds.maxListEvents()) {
      fail(entry, new AmiListTooLongException(entry.action.name(), bounds.maxListEvents()));
    } else {
      entry.rows.add(event);
    }
    String list = event.get("EventList");
    if (list != null && !list.equalsIgnoreCase("start")) {
      entries.remove(actionId);
      closeList(entry);
      if (!entry.answered) {
        complete(entry, new AmiReply(entry.listStart, List.copyOf(entry.rows)));
      }
    }
    return true;
  }

  /** Fails all actions at once, each with the exception made for its name. */
  void failAll(Function<String, AmiActionException> cause) {
    List<Entry> waiting = new ArrayList<>(entries.values());
    entries.clear();
    openLists = 0;
    for (Entry entry : waiting) {
      if (!entry.answered) {
        counters.actionsLost.increment();
        fail(entry, cause.apply(entry.action.name()));
      }
    }
  }

  private void complete(Entry entry, AmiReply reply) {
    if (entry.answered) {
      counters.lateAnswers.increment();
      return;
    }
    answered(entry);
    entry.future.complete(reply);
  }

  private void fail(Entry entry, AmiActionException cause) {
    answered(entry);
    entry.rows = List.of();
    entry.future.completeExceptionally(cause);
  }

  private void answered(Entry entry) {
    entry.answered = true;
    entry.timer.cancel(false);
    inFlight.decrementAndGet();
  }

  private void closeList(Entry entry) {
    if (entry.listStart != null) {
      openLists--;
    }
  }

  private void forgetOldestLate() {
    for (Iterator<Entry> all = entries.values().iterator(); all.hasNext(); ) {
      Entry entry = all.next();
      if (entry.answered) {
        all.remove();
        closeList(entry);
        return;
      }
    }
  }
}
