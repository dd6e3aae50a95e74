package cti.server.web.resource;

import cti.core.account.Account;
import cti.core.account.Role;
import cti.core.id.AgentId;
import cti.core.id.DeskId;
import cti.core.port.AgentDays;
import cti.core.port.AgentDays.AgentDay;
import cti.core.port.AgentDays.DayCall;
import cti.core.port.AgentDays.DayFigure;
import cti.core.port.CallHistory.Period;
import cti.core.port.Page;
import cti.core.stats.StateTimes;
import cti.server.web.http.Answer;
import cti.server.web.http.Fault;
import cti.server.web.http.Problem;
import cti.server.web.http.Request;
import cti.server.web.http.Route;
import cti.server.web.http.Words;
import cti.server.web.view.CallerView;
import cti.server.web.view.Views;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** An agent's day with the calls that each figure counts: one's own, or by whoever oversees. */
public final class AgentDayResource {
  private static final String PATH = "/api/v1/agents/{id}/day";
  private static final Duration USUAL = Duration.ofDays(1);

  private final AgentDays days;
  private final Views views;
  private final InstantSource clock;

  public AgentDayResource(AgentDays days, Views views, InstantSource clock) {
    this.days = days;
    this.views = views;
    this.clock = clock;
  }

  /** Times in milliseconds; {@code averageTalkMillis} is absent where there was no call. */
  record AgentDayView(
      String agent,
      Instant from,
      Instant to,
      long calls,
      long answered,
      long made,
      long missed,
      long wrappedUp,
      long talkMillis,
      long holdMillis,
      long wrapUpMillis,
      Optional<Long> averageTalkMillis,
      List<StateTimeView> states) {}

  /** How long in a state; {@code reason} of a pause, else empty. */
  record StateTimeView(String state, String reason, long millis) {
    static StateTimeView of(StateTimes.Spent spent) {
      return new StateTimeView(Words.of(spent.state()), spent.reason(), spent.time().toMillis());
    }
  }

  /** A call as the agent had it; times in milliseconds. */
  record DayCallView(
      String call,
      Instant at,
      String direction,
      String callingNumber,
      String dialledNumber,
      List<CallerView> callers,
      Optional<String> desk,
      Optional<String> deskName,
      boolean answered,
      long talkMillis,
      long holdMillis,
      long wrapUpMillis) {}

  record DayCallPageView(List<DayCallView> items, Optional<String> next) {}

  public List<Route> routes() {
    return List.of(
        Route.of(Role.AGENT, "GET", PATH)
            .query("from", "to")
            .answers(AgentDayView.class)
            .stored(this::day),
        Route.of(Role.AGENT, "GET", PATH + "/calls")
            .query("figure", "from", "to", "limit", "after")
            .answers(DayCallPageView.class)
            .stored(this::calls));
  }

  /** Oneself, or an agent whom one may look over. */
  private AgentId agent(Request request) {
    AgentId agent = request.path("id", AgentId::new);
    Account account = request.signedIn().account();
    boolean own = account.agent().equals(Optional.of(agent));
    boolean oversees =
        account.role().maySee(Role.SUPERVISOR) && views.within(account.limits(), agent);
    if (!own && !oversees) {
      throw new Fault(
          Problem.forbidden("agent " + agent + ", expected yourself, or an agent of your desks"));
    }
    return agent;
  }

  private Answer day(Request request) {
    AgentId agent = agent(request);
    Period period = AskedPeriod.of(request, clock.instant(), USUAL);
    AgentDay day = days.day(agent, period);
    return Answer.json(
        new AgentDayView(
            agent.value(),
            period.from(),
            period.to(),
            day.calls(),
            day.answered(),
            day.made(),
            day.missed(),
            day.wrappedUp(),
            day.talk().toMillis(),
            day.hold().toMillis(),
            day.wrapUp().toMillis(),
            day.calls() == 0 ? Optional.empty() : Optional.of(day.talk().toMillis() / day.calls()),
            day.states().stream().map(StateTimeView::of).toList()));
  }

  private Answer calls(Request request) {
    AgentId agent = agent(request);
    Period period = AskedPeriod.of(request, clock.instant(), USUAL);
    DayFigure figure = request.query().oneOf("figure", DayFigure.class).orElse(DayFigure.CALLS);
    Page<DayCall> page =
        days.calls(agent, figure, period, Cursor.after(request), Cursor.limit(request));
    return Answer.json(
        new DayCallPageView(
            page.items().stream().map(this::view).toList(), page.next().map(Cursor::text)));
  }

  private DayCallView view(DayCall one) {
    return new DayCallView(
        one.call().value(),
        one.at(),
        Words.of(one.direction()),
        one.callingNumber(),
        one.dialledNumber(),
        views.callers(one.matches()),
        one.desk().map(DeskId::value),
        views.deskName(one.desk()),
        one.answered(),
        one.talk().toMillis(),
        one.hold().toMillis(),
        one.wrapUp().toMillis());
  }
}
