package cti.server.gatewaylog;

import cti.core.port.DayChecks.Day;
import cti.core.port.GatewayLogStore.Outage;
import cti.core.recovery.CheckedCall;
import cti.core.recovery.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * A whole day held against the logs, span by span: so many calls are held at a time and no more. A
 * span with more calls is halved. What is told from the logs is handed on, to be looked at again
 * when it is on record.
 */
final class DayRun {
  /** Of the calls that are held at a time. */
  static final int MOST = 20_000;

  private static final int MOST_AT_ONCE = 500;
  private static final Duration SPAN = Duration.ofHours(6);
  private static final Duration LEAST = Duration.ofSeconds(1);
  private static final Duration QUIET = Duration.ofHours(1);

  private final LocalDate day;
  private final DayLogs logs;
  private final LogCheck check;
  private final Deque<Span> left = new ArrayDeque<>();
  private final Instant end;
  private int calls;
  private int told;
  private int different;
  private int lostTrack;

  private record Span(Instant from, Instant to) {
    Duration length() {
      return Duration.between(from, to);
    }
  }

  /** What one span came to; the checks are those of at most so many calls each. */
  @FunctionalInterface
  interface Keeper {
    void keep(LogCheck.Found found, Instant from, Instant to);
  }

  DayRun(LocalDate day, ZoneId zone, DayLogs logs, LogCheck check) {
    this.day = day;
    this.logs = logs;
    this.check = check;
    this.end = day.plusDays(1).atStartOfDay(zone).toInstant();
    Instant at = day.atStartOfDay(zone).toInstant();
    while (at.isBefore(end)) {
      Instant to = at.plus(SPAN).isBefore(end) ? at.plus(SPAN) : end;
      left.add(new Span(at, to));
      at = to;
    }
  }

  LocalDate day() {
    return day;
  }

  boolean over() {
    return left.isEmpty();
  }

  Day result(Instant now) {
    return new Day(day, now, calls, told, different, lostTrack);
  }

  /**
   * Checks the next span.
   *
   * @param since calls that began before are not looked for
   * @param again takes the calls that were handed to the engine
   */
  void next(
      Instant since,
      Duration ahead,
      List<Outage> away,
      Instant now,
      Keeper keeper,
      BiConsumer<String, OpenCall> again)
      throws IOException {
    Span span = left.peek();
    Instant from = span.from().isBefore(since) ? since : span.from();
    if (!from.isBefore(span.to())) {
      left.remove();
      return;
    }
    var read = logs.read(from.plus(ahead), span.to().plus(ahead), ahead);
    if (read.isEmpty() && span.length().compareTo(LEAST) > 0) {
      halve(span);
      return;
    }
    if (read.isEmpty()) {
      throw new IOException("more than " + MOST + " calls began within a second at " + span.from());
    }
    Map<String, OpenCall> batch = new LinkedHashMap<>();
    List<Map.Entry<String, OpenCall>> all = new ArrayList<>(read.get().all().entrySet());
    for (int i = 0; i < all.size(); i++) {
      OpenCall call = all.get(i).getValue();
      if (call.complete(check.callDetails()) && !call.ofNoCall()) {
        call.reopened();
        batch.put(all.get(i).getKey(), call);
      }
      if (batch.size() == MOST_AT_ONCE || i == all.size() - 1) {
        checked(batch, away, now, span, keeper, again);
        batch.clear();
      }
    }
    if (all.isEmpty()) {
      checked(batch, away, now, span, keeper, again);
    }
    left.remove();
  }

  private void checked(
      Map<String, OpenCall> batch,
      List<Outage> away,
      Instant now,
      Span span,
      Keeper keeper,
      BiConsumer<String, OpenCall> again) {
    Map<String, Duration> quiet = new LinkedHashMap<>();
    batch.keySet().forEach(call -> quiet.put(call, QUIET));
    LogCheck.Found found = check.check(batch, quiet, away, now);
    keeper.keep(found, span.from(), span.to());
    calls += batch.size();
    told += found.waiting().size();
    different += count(found.settled(), Verdict.DIFFERENT);
    lostTrack += count(found.settled(), Verdict.LOST_TRACK);
    for (CheckedCall call : found.waiting()) {
      String linked = check.linked(call.call());
      again.accept(linked, batch.get(linked));
    }
  }

  private static int count(List<CheckedCall> calls, Verdict verdict) {
    return (int) calls.stream().filter(call -> call.verdict() == verdict).count();
  }

  private void halve(Span span) {
    left.remove();
    Instant middle = span.from().plus(span.length().dividedBy(2));
    left.push(new Span(middle, span.to()));
    left.push(new Span(span.from(), middle));
  }
}
