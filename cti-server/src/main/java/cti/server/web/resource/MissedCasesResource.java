package cti.server.web.resource;

import cti.core.account.Role;
import cti.core.id.DeskId;
import cti.core.id.MissedCaseId;
import cti.core.id.SiteId;
import cti.core.id.StaffId;
import cti.core.missed.CaseState;
import cti.core.missed.MissedCall;
import cti.core.missed.MissedCase;
import cti.core.port.CallHistory.Period;
import cti.core.port.CallHistory.Sight;
import cti.core.port.MissedCases;
import cti.core.port.MissedCases.CaseFilter;
import cti.core.port.MissedCases.Changed;
import cti.core.port.MissedCases.DeskCount;
import cti.core.port.Page;
import cti.server.web.http.Answer;
import cti.server.web.http.Fault;
import cti.server.web.http.Problem;
import cti.server.web.http.Request;
import cti.server.web.http.Route;
import cti.server.web.http.StoreThreads;
import cti.server.web.http.Words;
import cti.server.web.stream.LiveFeed;
import cti.server.web.view.CallerView;
import cti.server.web.view.MissedCaseView;
import cti.server.web.view.Views;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Missed cases: who still waits to be called back. Agents see those of their desks. */
public final class MissedCasesResource {
  private static final Logger log = LoggerFactory.getLogger(MissedCasesResource.class);
  private static final String PATH = "/api/v1/missed-cases";

  private final LiveFeed feed;
  private final MissedCases cases;
  private final StoreThreads stores;
  private final Views views;
  private final InstantSource clock;

  public MissedCasesResource(
      LiveFeed feed, MissedCases cases, StoreThreads stores, Views views, InstantSource clock) {
    this.feed = feed;
    this.cases = cases;
    this.stores = stores;
    this.views = views;
    this.clock = clock;
  }

  /** One of the calls of a case. */
  record MissedCaseCallView(
      String call, Instant at, String reason, String callingNumber, List<CallerView> callers) {}

  /** What somebody did by hand; {@code action} is close or reopen. */
  record MissedCaseChangeView(Instant at, String user, String action, String reason) {}

  /** A case with its calls, oldest first, and what was done to it by hand. */
  record MissedCaseDetailView(
      MissedCaseView missedCase,
      List<MissedCaseCallView> calls,
      List<MissedCaseChangeView> changes) {}

  /** Part of a list; {@code next} is to be handed back as {@code after}. */
  record MissedCasePageView(List<MissedCaseView> items, Optional<String> next) {}

  /** Both figures of a desk. */
  record MissedCaseCountView(
      Optional<String> desk,
      Optional<String> deskName,
      long calls,
      long cases,
      long open,
      long returned,
      long recovered,
      long closed) {}

  /** Both figures of every desk that missed a call. */
  record MissedCaseCountsView(List<MissedCaseCountView> items) {}

  public List<Route> routes() {
    return List.of(
        Route.of(Role.AGENT, "GET", PATH)
            .query(
                "from", "to", "state", "desk", "site", "person", "number", "limit", "after",
                "format")
            .answers(MissedCasePageView.class)
            .live(this::list),
        Route.of(Role.AGENT, "GET", PATH + "/{id}")
            .answers(MissedCaseDetailView.class)
            .live(this::one),
        Route.of(Role.AGENT, "POST", PATH + "/{id}/close")
            .body(List.of("reason"))
            .answers(MissedCaseView.class)
            .live(this::close),
        Route.of(Role.AGENT, "POST", PATH + "/{id}/reopen")
            .answers(MissedCaseView.class)
            .live(this::reopen),
        Route.of(Role.AGENT, "GET", "/api/v1/missed-case-counts")
            .query("from", "to")
            .answers(MissedCaseCountsView.class)
            .live(this::counts));
  }

  private CompletionStage<Answer> list(Request request) {
    Optional<CaseState> state = request.query().oneOf("state", CaseState.class);
    Optional<DeskId> desk = request.queryId("desk", DeskId::new);
    Optional<SiteId> site = request.queryId("site", SiteId::new);
    Optional<StaffId> person = request.queryId("person", StaffId::new);
    Optional<String> number = request.query().text("number", 32);
    // Nobody who still waits drops out of the list because a week has passed.
    Period period =
        AskedPeriod.of(
            request,
            clock.instant(),
            state.filter(CaseState.OPEN::equals).isPresent()
                ? AskedPeriod.LONGEST
                : AskedPeriod.USUAL);
    Optional<Page.Key> after = Cursor.after(request);
    boolean csv = TableAnswer.wanted(request);
    int limit = csv ? TableAnswer.limit(request) : Cursor.limit(request);
    return seen(
        request,
        sight -> {
          CaseFilter filter = new CaseFilter(period, state, desk, site, person, number, sight);
          return (csv
                  ? new MissedCaseTable(cases, views).answer(filter, after, limit)
                  : page(cases.list(filter, after, limit)))
              .with("Vary", "Accept");
        });
  }

  private Answer page(Page<MissedCase> page) {
    return Answer.json(
        new MissedCasePageView(
            page.items().stream().map(this::view).toList(), page.next().map(Cursor::text)));
  }

  private CompletionStage<Answer> one(Request request) {
    MissedCaseId id = request.path("id", MissedCaseId::new);
    return seen(
        request,
        sight -> {
          MissedCase found = cases.find(id, sight).orElseThrow(() -> noSuch(id));
          return Answer.json(
              new MissedCaseDetailView(
                  view(found),
                  found.calls().stream().map(this::view).toList(),
                  cases.handChanges(id).stream()
                      .map(
                          change ->
                              new MissedCaseChangeView(
                                  change.at(),
                                  change.by(),
                                  change.closed() ? "close" : "reopen",
                                  change.reason()))
                      .toList()));
        });
  }

  private CompletionStage<Answer> close(Request request) {
    MissedCaseId id = request.path("id", MissedCaseId::new);
    String reason = request.body().text("reason", 1, MissedCases.LONGEST_REASON);
    String by = request.signedIn().account().user();
    return seen(request, sight -> changed(id, cases.close(id, reason, by, sight), "open", by));
  }

  private CompletionStage<Answer> reopen(Request request) {
    MissedCaseId id = request.path("id", MissedCaseId::new);
    String by = request.signedIn().account().user();
    return seen(request, sight -> changed(id, cases.reopen(id, by, sight), "closed by hand", by));
  }

  private Answer changed(MissedCaseId id, Changed changed, String expected, String by) {
    return switch (changed) {
      case Changed.Done(MissedCase now) -> {
        log.info("web: missed case={} state={} by user={}", now.id(), now.state(), by);
        yield Answer.json(view(now));
      }
      case Changed.NoSuchCase() -> throw noSuch(id);
      case Changed.NotAllowed(MissedCase now) ->
          Answer.problem(
              Problem.of(
                  409,
                  "state-not-allowed",
                  "The missed case's state does not allow it",
                  "missed case "
                      + now.id()
                      + " is "
                      + Words.of(now.state())
                      + ", expected one that is "
                      + expected));
    };
  }

  private CompletionStage<Answer> counts(Request request) {
    Period period = AskedPeriod.of(request, clock.instant(), AskedPeriod.USUAL);
    return seen(
        request,
        sight ->
            Answer.json(
                new MissedCaseCountsView(
                    cases.counts(period, sight).stream().map(this::view).toList())));
  }

  /** Answers from the store with the desks that whoever asks may see; empty for all. */
  private CompletionStage<Answer> seen(
      Request request, Function<Optional<Set<DeskId>>, Answer> answer) {
    return DeskSight.of(request.signedIn(), feed)
        .thenCompose(sight -> stores.run(() -> answer.apply(sight.map(Sight::desks))));
  }

  private static Fault noSuch(MissedCaseId id) {
    return new Fault(
        Problem.notFound(
            "no-such-missed-case", "missed case " + id + ", expected one that you may see"));
  }

  private MissedCaseView view(MissedCase one) {
    return MissedCaseView.of(one, views);
  }

  private MissedCaseCallView view(MissedCall call) {
    return new MissedCaseCallView(
        call.call().value(),
        call.at(),
        Words.of(call.reason()),
        call.number(),
        views.callers(call.matches()));
  }

  private MissedCaseCountView view(DeskCount count) {
    return new MissedCaseCountView(
        count.desk().map(DeskId::value),
        views.deskName(count.desk()),
        count.calls(),
        count.cases(),
        count.open(),
        count.returned(),
        count.recovered(),
        count.closed());
  }
}
