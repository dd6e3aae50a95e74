package cti.server.gatewaylog;

import cti.core.engine.Dialplan;
import cti.core.port.CompletenessWatch;
import cti.core.port.DayChecks;
import cti.core.port.GatewayLogStore;
import cti.core.port.GatewayLogStore.Outage;
import cti.core.port.GatewayLogStore.Pass;
import cti.core.port.Mailbox;
import cti.core.port.StoreUnavailableException;
import cti.core.recovery.CheckedCall;
import cti.core.recovery.LogPosition;
import cti.core.recovery.LogSource;
import cti.core.recovery.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the gateway's logs, call by call, as long as the server runs: reads what is new, and
 * checks the calls that the logs have told to their end. One owner; {@link LogWatch} is its thread.
 */
final class GatewayLogs implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(GatewayLogs.class);

  /** The lines of one call come in any order, within so much. */
  private static final Duration QUIET = Duration.ofSeconds(5);

  /** A call that is not told to its end within so much is not waited for any longer. */
  private static final Duration FORGOTTEN = Duration.ofHours(26);

  private static final int MOST_AT_ONCE = 500;
  private static final Duration KEEP_EVERY = Duration.ofSeconds(5);

  /** What the server knows of itself. */
  record Surroundings(Link link, LongSupplier durable, LongSupplier shipped, InstantSource clock) {}

  private final LogSettings settings;
  private final GatewayLogStore store;
  private final Surroundings around;
  private final LogCheck check;
  private final OpenCalls open;
  private final List<LogFeed> feeds = new ArrayList<>();
  private final List<Outage> away = new ArrayList<>();
  private final CheckCounts counts = new CheckCounts();
  private final NightlyChecks nightly;
  private Optional<DayRun> dayRun = Optional.empty();
  private long dayRunMark;
  private Instant since = Instant.MAX;
  private Optional<Instant> awaySince = Optional.empty();
  private Optional<Candidates> picked = Optional.empty();
  private long keptNanos;

  /** Calls that were complete when the journal stood at {@code mark}. */
  private record Candidates(Map<String, OpenCall> calls, Map<String, Duration> quiet, long mark) {}

  GatewayLogs(LogSettings settings, GatewayLogStore store, Mailbox mailbox, Surroundings around) {
    this(settings, store, mailbox, around, new OpenCalls());
  }

  GatewayLogs(
      LogSettings settings,
      GatewayLogStore store,
      Mailbox mailbox,
      Surroundings around,
      OpenCalls open) {
    this.open = open;
    this.settings = settings;
    this.store = store;
    this.around = around;
    this.check = new LogCheck(settings, store, mailbox);
    this.nightly = new NightlyChecks(settings.nightly(), around.clock());
  }

  /** How it stands, for pages and monitors. */
  CompletenessWatch.State state() {
    return counts.state();
  }

  /** Whole days, once they are over. */
  DayChecks days() {
    return nightly;
  }

  /** Reads on and checks what can be checked. */
  void turn(long nowNanos) throws IOException {
    Instant now = around.clock().instant();
    if (feeds.isEmpty()) {
      begin(now);
      keep(List.of(), Map.of(), now, nowNanos);
    }
    Instant readUntil = read(nowNanos) ? now : reached();
    counts.unknownLines(feeds.stream().mapToLong(LogFeed::unknown).sum());
    if (!linkLive(now)) {
      picked = Optional.empty();
      return;
    }
    if (picked.isEmpty()) {
      picked = Optional.of(pick(readUntil, nowNanos));
    }
    if (around.shipped().getAsLong() < picked.get().mark()) {
      return;
    }
    Candidates candidates = picked.get();
    picked = Optional.empty();
    checked(candidates, now, nowNanos);
    wholeDay(now);
  }

  /** A span of a day at a time, so that what happens now is not kept waiting. */
  private void wholeDay(Instant now) {
    if (dayRun.isEmpty()) {
      dayRun =
          nightly
              .due()
              .map(
                  day ->
                      new DayRun(day, nightly.zone(), new DayLogs(settings, DayRun.MOST), check));
      dayRunMark = around.durable().getAsLong();
    }
    if (dayRun.isEmpty() || around.shipped().getAsLong() < dayRunMark) {
      return;
    }
    DayRun run = dayRun.get();
    try {
      run.next(
          since.truncatedTo(ChronoUnit.SECONDS),
          around.link().gatewayAhead(),
          List.copyOf(away),
          now,
          (found, from, to) -> keepSpan(found, from, to, now),
          open::adopt);
    } catch (IOException unreadable) {
      dayRun = Optional.empty();
      nightly.givenUp(run.day(), unreadable);
      return;
    }
    if (run.over()) {
      DayChecks.Day day = run.result(now);
      store.keepDay(settings.gateway(), day);
      dayRun = Optional.empty();
      nightly.over(day);
    }
  }

  private void keepSpan(LogCheck.Found found, Instant from, Instant to, Instant now) {
    List<CheckedCall> all = new ArrayList<>(found.settled());
    all.addAll(found.waiting());
    Set<Instant> hours = new HashSet<>();
    for (Instant hour = from.truncatedTo(ChronoUnit.HOURS);
        hour.isBefore(to);
        hour = hour.plus(Duration.ofHours(1))) {
      hours.add(hour);
    }
    store.keep(settings.gateway(), new Pass(all, found.channels(), List.of(), hours, now));
  }

  private void begin(Instant now) throws IOException {
    List<LogFeed> opened = new ArrayList<>();
    Optional<LogPosition> queueLog = store.position(settings.gateway(), LogSource.QUEUE_LOG);
    Optional<LogPosition> cdr = store.position(settings.gateway(), LogSource.CDR);
    if (settings.table().isPresent()) {
      opened.add(new TableFeed(settings.table().get(), queueLog, now));
    } else if (settings.queueLog().isPresent()) {
      opened.add(
          FileFeed.open(
              LogSource.QUEUE_LOG, settings.queueLog().get(), queueLog, now, FileFeed.queueLog()));
    }
    if (settings.cdr().isPresent()) {
      opened.add(
          FileFeed.open(
              LogSource.CDR,
              settings.cdr().get(),
              cdr,
              now,
              FileFeed.callDetails(settings.zone())));
    }
    opened.forEach(feed -> feed.standsAt(open));
    feeds.addAll(opened);
    since = queueLog.map(LogPosition::since).or(() -> cdr.map(LogPosition::since)).orElse(now);
    queueLog
        .map(LogPosition::updatedAt)
        .or(() -> cdr.map(LogPosition::updatedAt))
        .ifPresent(last -> awaySince = Optional.of(last));
    counts.begun(since);
    nightly.begin(store.days(settings.gateway()));
    log.info("the gateway's logs are read on from {}", since.equals(now) ? "now" : "the last run");
  }

  /**
   * Reads the logs side by side, a chunk of each in turn: what one has of a call is of use with
   * what the other has. While as many calls are open as may be, queue_log waits, and call detail
   * records are read on as far as queue_log has come: they tell the ends.
   *
   * @return whether all that is there was read
   */
  private boolean read(long nowNanos) throws IOException {
    open.gatewayAhead(around.link().gatewayAhead());
    boolean more = true;
    boolean held = false;
    while (more) {
      more = false;
      held = false;
      boolean queueLogWaits = false;
      for (LogFeed feed : feeds) {
        if (mayRead(feed, queueLogWaits)) {
          boolean fresh = feed.read(open, nowNanos);
          more |= fresh;
          queueLogWaits |= feed.source() == LogSource.QUEUE_LOG && fresh;
        } else {
          held = true;
          queueLogWaits |= feed.source() == LogSource.QUEUE_LOG;
        }
      }
    }
    return !held;
  }

  /**
   * @param queueLogWaits whether queue_log has more than was read
   */
  private boolean mayRead(LogFeed feed, boolean queueLogWaits) {
    if (feed.source() == LogSource.QUEUE_LOG) {
      return !open.full();
    }
    Instant here = open.reached(feed.source()).orElse(Instant.MIN);
    boolean ahead =
        queueLogWaits && here.isAfter(open.reached(LogSource.QUEUE_LOG).orElse(Instant.MIN));
    boolean full = open.full() && !queueLogWaits;
    return !(ahead || full) || (open.full() && nothingToSettle());
  }

  private boolean nothingToSettle() {
    return open.all().values().stream().noneMatch(call -> call.complete(settings.callDetails()));
  }

  /** Until when every log was read. */
  private Instant reached() {
    return feeds.stream()
        .map(feed -> open.reached(feed.source()).orElse(Instant.MIN))
        .min(Comparator.naturalOrder())
        .orElse(Instant.MIN);
  }

  /** While the link is away the engine does not know what is under way. */
  private boolean linkLive(Instant now) {
    boolean live = around.link().live();
    if (!live && awaySince.isEmpty()) {
      awaySince = Optional.of(now);
    } else if (live && awaySince.isPresent()) {
      away.add(new Outage(awaySince.get(), Optional.of(now)));
      awaySince = Optional.empty();
    }
    away.removeIf(outage -> outage.until().orElseThrow().isBefore(now.minus(FORGOTTEN)));
    return live;
  }

  /**
   * @param readUntil until when the logs were read
   */
  private Candidates pick(Instant readUntil, long nowNanos) {
    Map<String, OpenCall> calls = new LinkedHashMap<>();
    Map<String, Duration> quiet = new LinkedHashMap<>();
    List<String> forgotten = new ArrayList<>();
    open.all()
        .forEach(
            (linked, call) -> {
              Duration since = Duration.ofNanos(call.quietNanos(nowNanos));
              if (call.ofNoCall()) {
                forgotten.add(linked);
              } else if (!call.complete(settings.callDetails())) {
                if (call.lastAt().plus(FORGOTTEN).isBefore(readUntil)) {
                  forgotten.add(linked);
                }
              } else if (since.compareTo(QUIET) >= 0 && calls.size() < MOST_AT_ONCE) {
                calls.put(linked, call);
                quiet.put(linked, since);
              }
            });
    forgotten.forEach(open::passedOver);
    return new Candidates(calls, quiet, around.durable().getAsLong());
  }

  private void checked(Candidates candidates, Instant now, long nowNanos) {
    Map<String, OpenCall> calls = new LinkedHashMap<>();
    candidates
        .calls()
        .forEach(
            (linked, call) -> {
              boolean ours = open.all().get(linked) == call;
              if (ours && begunBefore(call)) {
                open.passedOver(linked);
              } else if (ours) {
                calls.put(linked, call);
              }
            });
    boolean due = nowNanos - keptNanos >= KEEP_EVERY.toNanos();
    if (calls.isEmpty() && !due) {
      return;
    }
    LogCheck.Found found = check.check(calls, candidates.quiet(), away, now);
    List<CheckedCall> all = new ArrayList<>(found.settled());
    all.addAll(found.waiting());
    Set<String> waiting = new HashSet<>();
    found.waiting().forEach(call -> waiting.add(call.call().value()));
    // First on record, then settled: else a database that is away would never hear of it.
    keep(all, found.channels(), now, nowNanos);
    calls.keySet().stream()
        .filter(linked -> !waiting.contains(settings.gateway() + ":" + linked))
        .toList()
        .forEach(open::settled);
    counts.passed(found, now);
  }

  private boolean begunBefore(OpenCall call) {
    return call.lines
        .told(Dialplan.NAMES, settings.callDetails())
        .startedAt()
        .isBefore(since.truncatedTo(ChronoUnit.SECONDS));
  }

  private void keep(
      List<CheckedCall> calls, Map<cti.core.id.CallId, Instant> channels, Instant now, long nanos) {
    List<LogPosition> positions = new ArrayList<>();
    try {
      for (LogFeed feed : feeds) {
        positions.add(feed.position(open, now));
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    Set<Instant> hours = new HashSet<>(Set.of(now.truncatedTo(ChronoUnit.HOURS)));
    calls.forEach(call -> hours.add(call.startedAt().truncatedTo(ChronoUnit.HOURS)));
    store.keep(settings.gateway(), new Pass(calls, channels, positions, hours, now));
    keptNanos = nanos;
  }

  /** What went wrong with the last turn; empty once one went through. */
  void problem(Exception failed) {
    String why =
        failed instanceof StoreUnavailableException ? "the database is away" : failed.toString();
    if (counts.problem(why)) {
      log.warn("the gateway's logs are not checked at the moment: {}", why);
    }
    picked = Optional.empty();
  }

  static boolean isMissing(CheckedCall call) {
    return call.verdict() == Verdict.MISSING;
  }

  @Override
  public void close() throws IOException {
    for (LogFeed feed : feeds) {
      feed.close();
    }
  }
}
