package cti.server.web.resource;

import cti.core.account.Role;
import cti.core.id.DeskId;
import cti.core.port.CallHistory.Period;
import cti.core.port.CallHistory.Sight;
import cti.core.port.DeskFigures;
import cti.core.port.DeskFigures.TrendPoint;
import cti.core.stats.DeskThresholds;
import cti.server.web.http.Answer;
import cti.server.web.http.Body;
import cti.server.web.http.Fault;
import cti.server.web.http.Problem;
import cti.server.web.http.Request;
import cti.server.web.http.Route;
import cti.server.web.http.StoreThreads;
import cti.server.web.stream.LiveFeed;
import cti.server.web.view.Views;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the wallboard has besides figures: how they are spread over the day, and its colours. */
public final class WallboardResource {
  private static final Logger log = LoggerFactory.getLogger(WallboardResource.class);
  private static final Duration USUAL = Duration.ofDays(1);
  private static final Duration LONGEST_TREND = Duration.ofDays(32);
  private static final int MOST_POINTS = 400;

  private final LiveFeed feed;
  private final DeskFigures figures;
  private final StoreThreads stores;
  private final Views views;
  private final InstantSource clock;

  public WallboardResource(
      LiveFeed feed, DeskFigures figures, StoreThreads stores, Views views, InstantSource clock) {
    this.feed = feed;
    this.figures = figures;
    this.stores = stores;
    this.views = views;
    this.clock = clock;
  }

  /** From when on a desk is yellow and red; a number of waiting of 0 does not matter. */
  record ThresholdsView(
      long waitYellowSeconds, long waitRedSeconds, int waitingYellow, int waitingRed) {
    static ThresholdsView of(DeskThresholds thresholds) {
      return new ThresholdsView(
          thresholds.waitYellow().toSeconds(),
          thresholds.waitRed().toSeconds(),
          thresholds.waitingYellow(),
          thresholds.waitingRed());
    }
  }

  /** The stays that began in one step. */
  record TrendPointView(
      String desk, Instant at, long queued, long answered, long agentNoAnswer, long queueMissed) {
    static TrendPointView of(TrendPoint point) {
      return new TrendPointView(
          point.desk().value(),
          point.at(),
          point.queued(),
          point.answered(),
          point.agentNoAnswer(),
          point.queueMissed());
    }
  }

  record TrendView(Instant from, Instant to, long minutes, List<TrendPointView> items) {}

  public List<Route> routes() {
    return List.of(
        Route.of(Role.AGENT, "GET", "/api/v1/desk-figures/trend")
            .query("from", "to", "minutes")
            .answers(TrendView.class)
            .live(this::trend),
        Route.of(Role.SUPERVISOR, "PUT", "/api/v1/wallboard-thresholds/{id}")
            .body(List.of("waitYellowSeconds", "waitRedSeconds", "waitingYellow", "waitingRed"))
            .answers(ThresholdsView.class)
            .stored(this::put));
  }

  private CompletionStage<Answer> trend(Request request) {
    Period period = AskedPeriod.of(request, clock.instant(), USUAL);
    Duration step = Duration.ofMinutes(request.query().number("minutes", 5, 1_440, 60));
    Duration length = Duration.between(period.from(), period.to());
    if (length.compareTo(LONGEST_TREND) > 0 || length.dividedBy(step) > MOST_POINTS) {
      throw new Fault(
          Problem.invalid(
              "%s in steps of %d minutes, expected at most 32 days and %d steps"
                  .formatted(length, step.toMinutes(), MOST_POINTS)));
    }
    return DeskSight.of(request.signedIn(), feed)
        .thenCompose(
            sight ->
                stores.run(
                    () ->
                        Answer.json(
                            new TrendView(
                                period.from(),
                                period.to(),
                                step.toMinutes(),
                                figures.trend(period, step, sight.map(Sight::desks)).stream()
                                    .map(TrendPointView::of)
                                    .toList()))));
  }

  private Answer put(Request request) {
    DeskId desk = request.path("id", DeskId::new);
    Within.desk(request.signedIn().account(), desk, views);
    Body body = request.body();
    DeskThresholds thresholds;
    try {
      thresholds =
          new DeskThresholds(
              Duration.ofSeconds(body.number("waitYellowSeconds", 0)),
              Duration.ofSeconds(body.number("waitRedSeconds", 0)),
              small(body, "waitingYellow"),
              small(body, "waitingRed"));
    } catch (IllegalArgumentException e) {
      throw new Fault(Problem.invalid(e.getMessage()));
    }
    String by = request.signedIn().account().user();
    if (!figures.save(desk, thresholds, by)) {
      return Answer.problem(
          Problem.notFound("no-such-desk", "desk " + desk + ", expected a desk on file"));
    }
    log.info("web: thresholds of desk={} {} by user={}", desk, thresholds, by);
    return Answer.json(ThresholdsView.of(thresholds));
  }

  private static int small(Body body, String name) {
    return body.has(name) ? (int) Math.min(Integer.MAX_VALUE, body.number(name, 0)) : 0;
  }
}
