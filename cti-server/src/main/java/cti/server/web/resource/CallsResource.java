package cti.server.web.resource;

import cti.core.account.Role;
import cti.core.call.CallOutcome;
import cti.core.call.DataQuality;
import cti.core.call.QueueVisit;
import cti.core.id.AgentId;
import cti.core.id.CallId;
import cti.core.id.DeskId;
import cti.core.id.GatewayId;
import cti.core.id.IncidentId;
import cti.core.id.StaffId;
import cti.core.port.CallHistory;
import cti.core.port.CallHistory.CallFilter;
import cti.core.port.CallHistory.CallRecord;
import cti.core.port.CallHistory.CallRow;
import cti.core.port.CallHistory.MissedRow;
import cti.core.port.CallHistory.Period;
import cti.core.port.Page;
import cti.core.port.SupervisorActs;
import cti.server.web.http.Answer;
import cti.server.web.http.Fault;
import cti.server.web.http.Problem;
import cti.server.web.http.Request;
import cti.server.web.http.Route;
import cti.server.web.http.SignedIn;
import cti.server.web.http.StoreThreads;
import cti.server.web.http.Words;
import cti.server.web.stream.LiveFeed;
import cti.server.web.view.CallView;
import cti.server.web.view.CallerView;
import cti.server.web.view.KeyView;
import cti.server.web.view.PartView;
import cti.server.web.view.TimesView;
import cti.server.web.view.Views;
import cti.server.web.view.VisitView;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Calls: under way, on record, missed. Agents see those of their desks and their own. */
public final class CallsResource {
  private final LiveFeed feed;
  private final CallHistory history;
  private final SupervisorActs acts;
  private final StoreThreads stores;
  private final Views views;
  private final InstantSource clock;

  public CallsResource(
      LiveFeed feed,
      CallHistory history,
      SupervisorActs acts,
      StoreThreads stores,
      Views views,
      InstantSource clock) {
    this.feed = feed;
    this.history = history;
    this.acts = acts;
    this.stores = stores;
    this.views = views;
    this.clock = clock;
  }

  /** Calls under way; the picture is that of record {@code seq}. */
  record CallsView(long seq, List<CallView> items) {}

  /** A call: as it stands now, or what is on record of it, or both. */
  record CallDetailView(Optional<CallView> live, Optional<CallRecordView> record) {}

  /** A call on record; {@code gateway} is empty where the call's beginning was not seen. */
  record CallRowView(
      String id,
      String gateway,
      String direction,
      Instant startedAt,
      Optional<Instant> endedAt,
      String callingNumber,
      String dialledNumber,
      List<CallerView> callers,
      Optional<String> desk,
      Optional<String> deskName,
      Optional<String> agent,
      Optional<String> outcome,
      String clearedBy,
      String quality,
      boolean missed,
      long waitedSeconds,
      long talkedSeconds,
      Optional<TimesView> times) {}

  /** A call on record with all that is known of it; {@code recordings} is where they are listed. */
  record CallRecordView(
      CallRowView call,
      List<KeyView> keys,
      List<VisitView> visits,
      List<String> incidents,
      String recordings,
      List<PartView> parts,
      List<WrapUpView> wrapUps,
      List<SupervisionView> supervision) {}

  /** What an agent wrote up after the call. */
  record WrapUpView(String agent, Instant beganAt, Optional<Instant> endedAt, long seconds) {}

  /** Part of a list; {@code next} is to be handed back as {@code after}. */
  record CallPageView(List<CallRowView> items, Optional<String> next) {}

  /** A call that reached nobody. */
  record MissedView(
      String call,
      Instant at,
      Optional<String> desk,
      Optional<String> deskName,
      String queue,
      String reason,
      String callingNumber,
      List<CallerView> callers) {}

  /** Part of a list; {@code next} is to be handed back as {@code after}. */
  record MissedPageView(List<MissedView> items, Optional<String> next) {}

  public List<Route> routes() {
    return List.of(
        Route.of(Role.AGENT, "GET", "/api/v1/calls").answers(CallsView.class).live(this::live),
        Route.of(Role.AGENT, "GET", "/api/v1/calls/{id}")
            .answers(CallDetailView.class)
            .live(this::one),
        Route.of(Role.AGENT, "GET", "/api/v1/call-history")
            .query(
                "from", "to", "desk", "agent", "number", "person", "outcome", "quality", "limit",
                "after", "format")
            .answers(CallPageView.class)
            .live(this::history),
        Route.of(Role.AGENT, "GET", "/api/v1/missed-calls")
            .query("from", "to", "desk", "limit", "after")
            .answers(MissedPageView.class)
            .live(this::missed));
  }

  private CompletionStage<Answer> live(Request request) {
    return feed.ask(
        request.signedIn(),
        (picture, scope) -> Answer.json(new CallsView(picture.seq(), picture.calls(scope))));
  }

  private CompletionStage<Answer> one(Request request) {
    CallId id = request.path("id", CallId::new);
    SignedIn who = request.signedIn();
    CompletableFuture<Optional<CallView>> now =
        feed.ask(who, (picture, scope) -> picture.call(id, scope));
    return DeskSight.of(who, feed)
        .thenCompose(sight -> stores.run(() -> history.call(id, sight).map(r -> view(r, who))))
        .thenCombine(now, (record, live) -> detail(id, live, record));
  }

  private Answer detail(CallId id, Optional<CallView> live, Optional<CallRecordView> record) {
    if (live.isEmpty() && record.isEmpty()) {
      throw new Fault(
          Problem.notFound("no-such-call", "call " + id + ", expected one that you may see"));
    }
    return Answer.json(new CallDetailView(live, record));
  }

  private CompletionStage<Answer> history(Request request) {
    Period period = AskedPeriod.of(request, clock.instant(), AskedPeriod.USUAL);
    Optional<DeskId> desk = request.queryId("desk", DeskId::new);
    Optional<AgentId> agent = request.queryId("agent", AgentId::new);
    Optional<String> number = request.query().text("number", 32);
    Optional<StaffId> person = request.queryId("person", StaffId::new);
    Optional<CallOutcome> outcome = request.query().oneOf("outcome", CallOutcome.class);
    Optional<DataQuality> quality = request.query().oneOf("quality", DataQuality.class);
    Optional<Page.Key> after = Cursor.after(request);
    boolean csv = TableAnswer.wanted(request);
    int limit = csv ? TableAnswer.limit(request) : Cursor.limit(request);
    return DeskSight.of(request.signedIn(), feed)
        .thenCompose(
            sight ->
                stores.run(
                    () -> {
                      CallFilter filter =
                          new CallFilter(
                              period, desk, agent, number, person, outcome, quality, sight);
                      Answer answer =
                          csv
                              ? new CallTable(views)
                                  .answer(
                                      (place, most) -> history.calls(filter, place, most),
                                      after,
                                      limit)
                              : page(history.calls(filter, after, limit));
                      return answer.with("Vary", "Accept");
                    }));
  }

  private Answer page(Page<CallRow> page) {
    return Answer.json(
        new CallPageView(
            page.items().stream().map(this::view).toList(), page.next().map(Cursor::text)));
  }

  private CompletionStage<Answer> missed(Request request) {
    Period period = AskedPeriod.of(request, clock.instant(), AskedPeriod.USUAL);
    Optional<DeskId> desk = request.queryId("desk", DeskId::new);
    Optional<Page.Key> after = Cursor.after(request);
    int limit = Cursor.limit(request);
    return DeskSight.of(request.signedIn(), feed)
        .thenCompose(
            sight ->
                stores.run(
                    () -> {
                      Page<MissedRow> page = history.missed(period, desk, sight, after, limit);
                      return Answer.json(
                          new MissedPageView(
                              page.items().stream().map(this::view).toList(),
                              page.next().map(Cursor::text)));
                    }));
  }

  private CallRecordView view(CallRecord record, SignedIn who) {
    return new CallRecordView(
        view(record.row()),
        record.keys().stream().map(KeyView::of).toList(),
        record.visits().stream().map((QueueVisit visit) -> VisitView.of(visit)).toList(),
        record.incidents().stream().map(IncidentId::value).toList(),
        "/api/v1/recordings?call="
            + URLEncoder.encode(record.row().id().value(), StandardCharsets.UTF_8),
        record.parts().stream().map(views::part).toList(),
        record.wrapUps().stream()
            .map(
                wrapUp ->
                    new WrapUpView(
                        wrapUp.agent().value(),
                        wrapUp.beganAt(),
                        wrapUp.endedAt(),
                        wrapUp.length().toSeconds()))
            .toList(),
        SupervisionView.of(acts.inCall(record.row().id()), who.account(), views));
  }

  private CallRowView view(CallRow row) {
    return new CallRowView(
        row.id().value(),
        row.gateway().map(GatewayId::value).orElse(""),
        Words.of(row.direction()),
        row.startedAt(),
        row.endedAt(),
        row.callingNumber(),
        row.dialledNumber(),
        views.callers(row.matches()),
        row.desk().map(DeskId::value),
        views.deskName(row.desk()),
        row.agent().map(AgentId::value),
        row.outcome().map(Words::of),
        Words.of(row.clearedBy()),
        Words.of(row.quality()),
        row.missed(),
        row.waited().toSeconds(),
        row.talked().toSeconds(),
        row.times().map(TimesView::of));
  }

  private MissedView view(MissedRow row) {
    return new MissedView(
        row.call().value(),
        row.at(),
        row.desk().map(DeskId::value),
        views.deskName(row.desk()),
        row.queue().value(),
        Words.of(row.reason()),
        row.callingNumber(),
        views.callers(row.matches()));
  }
}
