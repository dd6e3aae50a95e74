package cti.server.web.resource;

import cti.core.account.Role;
import cti.core.id.CallId;
import cti.core.port.CallHistory.Period;
import cti.core.port.Completeness;
import cti.core.port.Completeness.Hour;
import cti.core.port.CompletenessWatch;
import cti.core.port.DayChecks;
import cti.core.port.Page;
import cti.core.recovery.CheckedCall;
import cti.core.recovery.Verdict;
import cti.server.web.http.Answer;
import cti.server.web.http.Csv;
import cti.server.web.http.Fault;
import cti.server.web.http.Problem;
import cti.server.web.http.Request;
import cti.server.web.http.Route;
import cti.server.web.http.StoreThreads;
import cti.server.web.http.Words;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How complete the records are, held against the gateway's own logs; for supervisors. */
public final class CompletenessResource {
  private static final Logger log = LoggerFactory.getLogger(CompletenessResource.class);
  private static final Duration USUAL = Duration.ofDays(1);
  private static final int MOST_UNKNOWN = 200;

  private final Completeness completeness;
  private final CompletenessWatch watch;
  private final StoreThreads stores;
  private final InstantSource clock;

  public CompletenessResource(
      Completeness completeness,
      CompletenessWatch watch,
      StoreThreads stores,
      InstantSource clock) {
    this.completeness = completeness;
    this.watch = watch;
    this.stores = stores;
    this.clock = clock;
  }

  /**
   * How it stands and what each hour counts.
   *
   * @param problem why nothing is checked; empty while all is well
   * @param dayUnderWay the day that is being checked as a whole, or waits to be
   */
  record CompletenessView(
      boolean configured,
      String problem,
      Optional<Instant> checkedAt,
      Optional<Instant> since,
      int missingNow,
      Optional<String> dayUnderWay,
      Optional<DayView> day,
      List<HourView> items) {}

  /** The day that was checked last as a whole. */
  record DayView(
      String day, Instant checkedAt, int calls, int told, int different, int lostTrack) {}

  /** The day that is being checked, or waits to be. */
  record DayCheckView(String day) {}

  record HourView(
      Instant hour,
      long logged,
      long queueLog,
      long callDetails,
      long live,
      long recovered,
      long lostTrack,
      long missing,
      long different,
      long unknown,
      Optional<Instant> checkedAt) {}

  /** A call of the logs. */
  record CheckedCallView(
      String call,
      Instant startedAt,
      Optional<Instant> endedAt,
      String source,
      String verdict,
      String detail) {}

  /** Part of a list; {@code next} is to be handed back as {@code after}. */
  record CheckedCallPageView(List<CheckedCallView> items, Optional<String> next) {}

  /** Calls on record that the logs do not know. */
  record UnknownCallsView(List<String> items) {}

  public List<Route> routes() {
    return List.of(
        Route.of(Role.SUPERVISOR, "GET", "/api/v1/completeness")
            .query("from", "to", "format")
            .answers(CompletenessView.class)
            .live(this::hours),
        Route.of(Role.SUPERVISOR, "GET", "/api/v1/completeness/calls")
            .query("from", "to", "verdict", "limit", "after")
            .answers(CheckedCallPageView.class)
            .live(this::calls),
        Route.of(Role.SUPERVISOR, "GET", "/api/v1/completeness/unknown-calls")
            .query("from", "to")
            .answers(UnknownCallsView.class)
            .live(this::unknown),
        Route.of(Role.ADMIN, "POST", "/api/v1/completeness/day-checks")
            .body(List.of("day"))
            .answers(DayCheckView.class)
            .live(this::checkDay));
  }

  private CompletionStage<Answer> hours(Request request) {
    Period period = AskedPeriod.of(request, clock.instant(), USUAL);
    boolean csv = TableAnswer.wanted(request);
    return stores.run(
        () -> {
          List<Hour> hours = completeness.hours(period);
          return (csv ? table(hours) : Answer.json(view(hours))).with("Vary", "Accept");
        });
  }

  private CompletenessView view(List<Hour> hours) {
    CompletenessWatch.State state = watch.state();
    return new CompletenessView(
        state.configured(),
        state.problem(),
        state.checkedAt(),
        state.since(),
        state.missing(),
        watch.days().state().underWay().map(LocalDate::toString),
        watch.days().state().last().map(CompletenessResource::view),
        hours.stream().map(CompletenessResource::view).toList());
  }

  private static DayView view(DayChecks.Day day) {
    return new DayView(
        day.day().toString(),
        day.checkedAt(),
        day.calls(),
        day.told(),
        day.different(),
        day.lostTrack());
  }

  /** Begins soon; the check itself takes its time and is told of by the view. */
  private CompletionStage<Answer> checkDay(Request request) {
    LocalDate day = day(request.body().text("day", 10, 10));
    Answer answer =
        switch (watch.days().ask(day)) {
          case ACCEPTED -> {
            log.info(
                "web: day={} is checked as asked for by user={}",
                day,
                request.signedIn().account().user());
            yield Answer.json(202, new DayCheckView(day.toString()));
          }
          case BUSY ->
              refused("day-check-under-way", "Another day is being checked; ask again later");
          case NOT_OVER ->
              throw new Fault(Problem.invalid("day is " + day + ", expected one that is over"));
          case NOT_CONFIGURED ->
              refused("logs-not-configured", "No log of the gateway is configured (gateway.logs)");
        };
    return CompletableFuture.completedFuture(answer);
  }

  private static Answer refused(String id, String detail) {
    return Answer.problem(Problem.of(409, id, "The day cannot be checked now", detail));
  }

  private static LocalDate day(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException notADay) {
      throw new Fault(Problem.invalid("day is '" + text + "', expected a day such as 2026-11-25"));
    }
  }

  private static HourView view(Hour hour) {
    return new HourView(
        hour.begin(),
        hour.logged(),
        hour.queueLog(),
        hour.callDetails(),
        hour.live(),
        hour.recovered(),
        hour.lostTrack(),
        hour.missing(),
        hour.different(),
        hour.unknown(),
        hour.checkedAt());
  }

  private static Answer table(List<Hour> hours) {
    Csv csv =
        new Csv(
            List.of(
                "hour",
                "logged",
                "queueLog",
                "callDetails",
                "live",
                "recovered",
                "lostTrack",
                "missing",
                "different",
                "unknown",
                "checkedAt"));
    for (Hour hour : hours) {
      csv.row(
          Stream.concat(
                  Stream.of(hour.begin().toString()),
                  Stream.concat(
                      Stream.of(
                              hour.logged(),
                              hour.queueLog(),
                              hour.callDetails(),
                              hour.live(),
                              hour.recovered(),
                              hour.lostTrack(),
                              hour.missing(),
                              hour.different(),
                              hour.unknown())
                          .map(String::valueOf),
                      Stream.of(hour.checkedAt().map(Instant::toString).orElse(""))))
              .toList());
    }
    return Answer.text(Csv.MEDIA_TYPE, csv.text())
        .with("Content-Disposition", "attachment; filename=\"completeness.csv\"");
  }

  private CompletionStage<Answer> calls(Request request) {
    // Which desk a call of the logs was for is not known.
    Within.everything(request.signedIn().account(), "and the logs are of every desk");
    Period period = AskedPeriod.of(request, clock.instant(), USUAL);
    Verdict verdict = request.query().oneOf("verdict", Verdict.class).orElse(Verdict.MISSING);
    Optional<Page.Key> after = Cursor.after(request);
    int limit = Cursor.limit(request);
    return stores.run(
        () -> {
          Page<CheckedCall> page = completeness.checked(period, verdict, after, limit);
          return Answer.json(
              new CheckedCallPageView(
                  page.items().stream().map(CompletenessResource::view).toList(),
                  page.next().map(Cursor::text)));
        });
  }

  private static CheckedCallView view(CheckedCall call) {
    return new CheckedCallView(
        call.call().value(),
        call.startedAt(),
        call.endedAt(),
        call.sources().text(),
        Words.of(call.verdict()),
        call.detail());
  }

  private CompletionStage<Answer> unknown(Request request) {
    // Which desk a call of the logs was for is not known.
    Within.everything(request.signedIn().account(), "and the logs are of every desk");
    Period period = AskedPeriod.of(request, clock.instant(), USUAL);
    return stores.run(
        () ->
            Answer.json(
                new UnknownCallsView(
                    completeness.unknown(period, MOST_UNKNOWN).stream()
                        .map(CallId::value)
                        .toList())));
  }
}
