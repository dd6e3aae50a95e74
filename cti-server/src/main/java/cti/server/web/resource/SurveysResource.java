package cti.server.web.resource;

import cti.core.account.Account;
import cti.core.account.Role;
import cti.core.id.AgentId;
import cti.core.id.CallId;
import cti.core.id.DeskId;
import cti.core.id.IncidentId;
import cti.core.port.Page;
import cti.core.port.Surveys;
import cti.core.port.Surveys.Figures;
import cti.core.port.Surveys.Filter;
import cti.server.web.http.Answer;
import cti.server.web.http.Request;
import cti.server.web.http.Route;
import cti.server.web.view.Views;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Marks that callers gave after a talk; for supervisors, of their desks. */
public final class SurveysResource {
  private static final String PATH = "/api/v1/surveys";

  private final Surveys surveys;
  private final LeftSight sight;
  private final Views views;
  private final InstantSource clock;

  public SurveysResource(Surveys surveys, Views views, InstantSource clock) {
    this.surveys = surveys;
    this.sight = new LeftSight(views);
    this.views = views;
    this.clock = clock;
  }

  /**
   * Part of a list, and figures over all of it.
   *
   * @param answers how many there are
   * @param sum of all marks: the average is sum / answers, n/a without answers
   * @param marks how many of 1, 2, 3, 4 and 5
   * @param next is to be handed back as {@code after}
   */
  record SurveyPageView(
      long answers, long sum, List<Long> marks, List<SurveyView> items, Optional<String> next) {}

  /** A mark, 1 (worst) to 5. */
  record SurveyView(
      String call,
      String node,
      Instant at,
      int mark,
      Optional<String> desk,
      Optional<String> deskName,
      Optional<String> agent,
      List<String> incidents) {}

  public List<Route> routes() {
    return List.of(
        Route.of(Role.SUPERVISOR, "GET", PATH)
            .query("call", "incident", "desk", "agent", "from", "to", "limit", "after")
            .answers(SurveyPageView.class)
            .stored(this::list));
  }

  private Answer list(Request request) {
    Account account = request.signedIn().account();
    Filter filter =
        new Filter(
            AskedPeriod.of(request, clock.instant().plusSeconds(1), AskedPeriod.USUAL),
            request.queryId("call", CallId::new),
            request.queryId("incident", IncidentId::new),
            request.queryId("desk", DeskId::new),
            request.queryId("agent", AgentId::new),
            sight.desks(account));
    Page<Surveys.Answer> page = surveys.list(filter, Cursor.after(request), Cursor.limit(request));
    Figures figures = surveys.figures(filter);
    return Answer.json(
        new SurveyPageView(
            figures.answers(),
            figures.sum(),
            figures.marks(),
            page.items().stream().map(this::view).toList(),
            page.next().map(Cursor::text)));
  }

  private SurveyView view(Surveys.Answer answer) {
    return new SurveyView(
        answer.call().value(),
        answer.node(),
        answer.at(),
        answer.mark(),
        answer.desk().map(DeskId::value),
        views.deskName(answer.desk()),
        answer.agent().map(AgentId::value),
        answer.incidents().stream().map(IncidentId::value).toList());
  }
}
