package cti.server.web.resource;

import cti.core.account.Role;
import cti.core.id.DeskId;
import cti.core.port.CallHistory.Period;
import cti.core.port.CallHistory.Sight;
import cti.core.port.DeskFigures;
import cti.core.port.DeskFigures.Counted;
import cti.core.port.DeskFigures.DeskFigure;
import cti.core.port.DeskFigures.EffectiveRule;
import cti.core.port.DeskFigures.Stay;
import cti.core.port.Page;
import cti.core.stats.DeskCounts;
import cti.core.stats.DeskThresholds;
import cti.core.stats.Ratio;
import cti.core.stats.ServiceLevelFormula;
import cti.core.stats.ServiceLevelRule;
import cti.server.web.http.Answer;
import cti.server.web.http.Body;
import cti.server.web.http.Fault;
import cti.server.web.http.Problem;
import cti.server.web.http.Request;
import cti.server.web.http.Route;
import cti.server.web.http.StoreThreads;
import cti.server.web.http.Words;
import cti.server.web.stream.LiveFeed;
import cti.server.web.view.Views;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Figures of desks with their formulas, the calls that each counts, and what desks promise. */
public final class DeskFiguresResource {
  private static final Logger log = LoggerFactory.getLogger(DeskFiguresResource.class);
  private static final Duration USUAL = Duration.ofDays(1);
  private static final String LEVELS = "/api/v1/service-levels";

  private final LiveFeed feed;
  private final DeskFigures figures;
  private final StoreThreads stores;
  private final Views views;
  private final InstantSource clock;

  public DeskFiguresResource(
      LiveFeed feed, DeskFigures figures, StoreThreads stores, Views views, InstantSource clock) {
    this.feed = feed;
    this.figures = figures;
    this.stores = stores;
    this.views = views;
    this.clock = clock;
  }

  /** A share as a number from 0 to 1; absent, which is n/a, where the whole is zero. */
  record ShareView(String formula, long part, long whole, Optional<Double> value) {
    static ShareView of(String formula, Ratio ratio) {
      return new ShareView(formula, ratio.part(), ratio.whole(), ratio.value());
    }
  }

  /**
   * One desk in the period. Times in milliseconds; averages are absent where nothing is averaged.
   */
  record DeskFigureView(
      String desk,
      String deskName,
      String site,
      long queued,
      long answered,
      long answeredInTime,
      long agentNoAnswer,
      long abandoned,
      long abandonedShortly,
      long timedOut,
      long leftByKey,
      long noAgents,
      long overflowed,
      long turnedAway,
      long lost,
      long waiting,
      long queueMissed,
      ShareView answerRate,
      ShareView serviceLevel,
      ShareView queueMissedShare,
      Optional<Long> averageSpeedOfAnswerMillis,
      long longestWaitMillis,
      long handled,
      Optional<Long> averageHandlingMillis,
      ServiceLevelView rule,
      WallboardResource.ThresholdsView thresholds) {}

  record DeskFiguresView(Instant from, Instant to, List<DeskFigureView> items) {}

  /** A stay in a desk's queue; {@code outcome} is absent while it lasts. */
  record StayView(
      String call,
      String desk,
      String deskName,
      Instant enteredAt,
      Optional<Instant> leftAt,
      long waitedMillis,
      Optional<String> outcome,
      String callingNumber,
      Optional<String> agent) {}

  record StayPageView(List<StayView> items, Optional<String> next) {}

  /** What a desk promises; {@code from} and {@code by} are absent for the usual rule. */
  record ServiceLevelView(
      String desk,
      Optional<Instant> from,
      String formula,
      String formulaText,
      long answerWithinSeconds,
      long shortSeconds,
      Optional<String> by) {
    static ServiceLevelView of(EffectiveRule rule) {
      return of(rule.desk(), rule.rule(), Optional.of(rule.from()), Optional.of(rule.by()));
    }

    static ServiceLevelView of(
        DeskId desk, ServiceLevelRule rule, Optional<Instant> from, Optional<String> by) {
      return new ServiceLevelView(
          desk.value(),
          from,
          Words.of(rule.formula()),
          rule.formula().text(),
          rule.answerWithin().toSeconds(),
          rule.shortLimit().toSeconds(),
          by);
    }
  }

  record ServiceLevelsView(List<ServiceLevelView> items) {}

  public List<Route> routes() {
    return List.of(
        Route.of(Role.AGENT, "GET", "/api/v1/desk-figures")
            .query("from", "to")
            .answers(DeskFiguresView.class)
            .live(this::figures),
        Route.of(Role.AGENT, "GET", "/api/v1/desk-figures/stays")
            .query("from", "to", "figure", "desk", "limit", "after")
            .answers(StayPageView.class)
            .live(this::stays),
        Route.of(Role.AGENT, "GET", LEVELS).answers(ServiceLevelsView.class).stored(this::levels),
        Route.of(Role.AGENT, "GET", LEVELS + "/{id}")
            .answers(ServiceLevelsView.class)
            .stored(this::history),
        Route.of(Role.SUPERVISOR, "PUT", LEVELS + "/{id}")
            .body(List.of("from", "formula", "answerWithinSeconds", "shortSeconds"))
            .answers(ServiceLevelView.class)
            .stored(this::put));
  }

  private CompletionStage<Answer> figures(Request request) {
    Instant now = clock.instant();
    Period period = AskedPeriod.of(request, now, USUAL);
    return seen(
        request,
        sight -> {
          Map<DeskId, DeskFigure> counted =
              figures.figures(period, sight).stream()
                  .collect(Collectors.toMap(DeskFigure::desk, Function.identity()));
          Map<DeskId, EffectiveRule> rules =
              figures.rules(period.to().isBefore(now) ? period.to() : now).stream()
                  .collect(Collectors.toMap(EffectiveRule::desk, Function.identity()));
          Map<DeskId, DeskThresholds> thresholds = figures.thresholds();
          List<DeskFigureView> items =
              views.catalog().desks().stream()
                  .filter(desk -> sight.map(seen -> seen.contains(desk.id())).orElse(true))
                  .map(
                      desk ->
                          view(
                              desk.id(),
                              desk.name(),
                              desk.site().value(),
                              Optional.ofNullable(counted.get(desk.id())),
                              Optional.ofNullable(rules.get(desk.id())),
                              thresholds.getOrDefault(desk.id(), DeskThresholds.USUAL)))
                  .toList();
          return Answer.json(new DeskFiguresView(period.from(), period.to(), items));
        });
  }

  private static DeskFigureView view(
      DeskId desk,
      String name,
      String site,
      Optional<DeskFigure> figure,
      Optional<EffectiveRule> effective,
      DeskThresholds thresholds) {
    DeskCounts counts = figure.map(DeskFigure::counts).orElse(DeskCounts.NONE);
    DeskFigures.Handling handling =
        figure.map(DeskFigure::handling).orElse(DeskFigures.Handling.NONE);
    ServiceLevelRule rule = effective.map(EffectiveRule::rule).orElse(ServiceLevelRule.USUAL);
    Duration handled = handling.talk().plus(handling.hold()).plus(handling.wrapUp());
    return new DeskFigureView(
        desk.value(),
        name,
        site,
        counts.queued(),
        counts.answered(),
        counts.answeredInTime(),
        counts.agentNoAnswer(),
        counts.abandoned(),
        counts.abandonedShortly(),
        counts.timedOut(),
        counts.leftByKey(),
        counts.noAgents(),
        counts.overflowed(),
        counts.turnedAway(),
        counts.lost(),
        counts.waiting(),
        counts.queueMissed(),
        ShareView.of("answered / (answered + agent_no_answer)", counts.answerRate()),
        ShareView.of(rule.formula().text(), rule.formula().of(counts)),
        ShareView.of(
            "(abandoned + timed_out + left_by_key + no_agents) / (answered + agent_no_answer)",
            counts.queueMissedShare()),
        counts.averageSpeedOfAnswerMillis().value().map(Math::round),
        counts.longestWait().toMillis(),
        handling.handled(),
        new Ratio(handled.toMillis(), handling.handled()).value().map(Math::round),
        effective
            .map(ServiceLevelView::of)
            .orElseGet(() -> ServiceLevelView.of(desk, rule, Optional.empty(), Optional.empty())),
        WallboardResource.ThresholdsView.of(thresholds));
  }

  private CompletionStage<Answer> stays(Request request) {
    Period period = AskedPeriod.of(request, clock.instant(), USUAL);
    Counted counted = request.query().oneOf("figure", Counted.class).orElse(Counted.QUEUED);
    Optional<DeskId> desk = request.query().text("desk", 32).map(DeskId::new);
    Optional<Page.Key> after = Cursor.after(request);
    int limit = Cursor.limit(request);
    return seen(
        request,
        sight -> {
          Page<Stay> page = figures.stays(counted, period, desk, sight, after, limit);
          return Answer.json(
              new StayPageView(
                  page.items().stream().map(this::view).toList(), page.next().map(Cursor::text)));
        });
  }

  private StayView view(Stay stay) {
    String desk = stay.desk().map(DeskId::value).orElse("");
    return new StayView(
        stay.call().value(),
        desk,
        views.catalog().desks().stream()
            .filter(known -> known.id().value().equals(desk))
            .findFirst()
            .map(known -> known.name())
            .orElse(desk),
        stay.enteredAt(),
        stay.leftAt(),
        stay.waited().toMillis(),
        stay.outcome().map(Words::of),
        stay.callingNumber(),
        stay.agent().map(agent -> agent.value()));
  }

  private CompletionStage<Answer> seen(
      Request request, Function<Optional<Set<DeskId>>, Answer> then) {
    return DeskSight.of(request.signedIn(), feed)
        .thenCompose(sight -> stores.run(() -> then.apply(sight.map(Sight::desks))));
  }

  private Answer levels(Request request) {
    Map<DeskId, EffectiveRule> rules =
        figures.rules(clock.instant()).stream()
            .collect(Collectors.toMap(EffectiveRule::desk, Function.identity()));
    return Answer.json(
        new ServiceLevelsView(
            views.catalog().desks().stream()
                .map(
                    desk ->
                        Optional.ofNullable(rules.get(desk.id()))
                            .map(ServiceLevelView::of)
                            .orElseGet(
                                () ->
                                    ServiceLevelView.of(
                                        desk.id(),
                                        ServiceLevelRule.USUAL,
                                        Optional.empty(),
                                        Optional.empty())))
                .toList()));
  }

  private Answer history(Request request) {
    DeskId desk = request.path("id", DeskId::new);
    return Answer.json(
        new ServiceLevelsView(figures.history(desk).stream().map(ServiceLevelView::of).toList()));
  }

  private Answer put(Request request) {
    DeskId desk = request.path("id", DeskId::new);
    Within.desk(request.signedIn().account(), desk, views);
    Body body = request.body();
    Instant from = body.has("from") ? instant(body.text("from", 1, 40)) : clock.instant();
    ServiceLevelFormula formula =
        Words.parse("formula", body.text("formula", 1, 32), ServiceLevelFormula.class);
    String by = request.signedIn().account().user();
    ServiceLevelRule rule;
    try {
      rule =
          new ServiceLevelRule(
              formula,
              Duration.ofSeconds(body.number("answerWithinSeconds", 0)),
              Duration.ofSeconds(body.number("shortSeconds", 0)));
    } catch (IllegalArgumentException e) {
      throw new Fault(Problem.invalid(e.getMessage()));
    }
    EffectiveRule effective = new EffectiveRule(desk, from, rule, by);
    if (!figures.save(effective)) {
      return Answer.problem(
          Problem.notFound("no-such-desk", "desk " + desk + ", expected a desk on file"));
    }
    log.info("web: service level of desk={} {} from {} by user={}", desk, rule, from, by);
    return Answer.json(ServiceLevelView.of(effective));
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (java.time.DateTimeException e) {
      throw new Fault(
          Problem.invalid("from is " + text + ", expected a time like 2026-01-31T08:30:00Z"));
    }
  }
}
