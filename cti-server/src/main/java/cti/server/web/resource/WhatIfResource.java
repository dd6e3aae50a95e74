package cti.server.web.resource;

import cti.core.account.Role;
import cti.core.port.CallHistory.Period;
import cti.core.port.Routing;
import cti.core.port.WhatIf;
import cti.core.port.WhatIf.Change;
import cti.core.port.WhatIf.Started;
import cti.server.web.http.Answer;
import cti.server.web.http.Body;
import cti.server.web.http.Csv;
import cti.server.web.http.Fault;
import cti.server.web.http.Problem;
import cti.server.web.http.Request;
import cti.server.web.http.Route;
import cti.server.web.resource.RoutingViews.RouteChangeView;
import cti.server.web.resource.RoutingViews.RouteChangesView;
import cti.server.web.resource.RoutingViews.WhatIfView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Replays calls of the past against other rules; for supervisors. Changes nothing. */
public final class WhatIfResource {
  private static final String PATH = "/api/v1/routing/what-if";
  private static final int USUAL = 100;
  private static final int MOST = 500;

  private final WhatIf replays;

  public WhatIfResource(WhatIf replays) {
    this.replays = replays;
  }

  public List<Route> routes() {
    return List.of(
        Route.of(Role.SUPERVISOR, "POST", PATH)
            .body(List.of("name", "yaml", "from", "to"))
            .answers(WhatIfView.class)
            .stored(this::start),
        Route.of(Role.SUPERVISOR, "GET", PATH + "/{id}")
            .answers(WhatIfView.class)
            .stored(this::progress),
        Route.of(Role.SUPERVISOR, "GET", PATH + "/{id}/changes")
            .query("offset", "limit", "format")
            .answers(RouteChangesView.class)
            .stored(this::changes));
  }

  private Answer start(Request request) {
    Body body = request.body();
    String name = body.optionalText("name", 1, 60).orElse("");
    String yaml = body.secret("yaml", Routing.LONGEST);
    Instant from = VersionsResource.instant("from", body.text("from", 1, 40));
    Instant to = VersionsResource.instant("to", body.text("to", 1, 40));
    if (!from.isBefore(to) || Duration.between(from, to).toDays() > WhatIf.MOST_DAYS) {
      throw new Fault(
          Problem.invalid(
              "to is "
                  + to
                  + ", expected later than from ("
                  + from
                  + ") by at most "
                  + WhatIf.MOST_DAYS
                  + " days"));
    }
    String by = request.signedIn().account().user();
    return switch (replays.start(name, yaml, new Period(from, to), by)) {
      case Started.Running running ->
          Answer.json(WhatIfView.of(replays.progress(running.id()).orElseThrow()));
      case Started.Busy busy ->
          Answer.problem(
              Problem.of(
                  409,
                  "busy",
                  "One at a time",
                  "replay " + busy.id() + " is under way, expected its end first"));
      case Started.Faulty faulty ->
          Answer.problem(VersionsResource.Of.RULES.faulty(faulty.faults()));
    };
  }

  private WhatIf.Progress found(Request request) {
    String id = request.path("id", text -> text);
    return replays
        .progress(id)
        .orElseThrow(
            () ->
                new Fault(
                    Problem.notFound("no-such-replay", "there is no replay " + id + " any more")));
  }

  private Answer progress(Request request) {
    return Answer.json(WhatIfView.of(found(request)));
  }

  private Answer changes(Request request) {
    Within.everything(request.signedIn().account(), "and the calls are of every desk");
    WhatIf.Progress progress = found(request);
    if (TableAnswer.wanted(request)) {
      return table(replays.changes(progress.id(), 0, WhatIf.MOST_LISTED)).with("Vary", "Accept");
    }
    int offset = request.query().number("offset", 0, WhatIf.MOST_LISTED, 0);
    int limit = request.query().number("limit", 1, MOST, USUAL);
    List<Change> changes = replays.changes(progress.id(), offset, limit);
    Optional<Integer> next =
        changes.size() == limit ? Optional.of(offset + limit) : Optional.empty();
    return Answer.json(
            new RouteChangesView(changes.stream().map(WhatIfResource::view).toList(), next))
        .with("Vary", "Accept");
  }

  private static RouteChangeView view(Change change) {
    return new RouteChangeView(
        change.call().value(),
        change.at(),
        change.callingNumber(),
        change.happened(),
        change.before(),
        change.after(),
        change.open());
  }

  private static Answer table(List<Change> changes) {
    Csv csv =
        new Csv(List.of("call", "at", "callingNumber", "happened", "before", "after", "dependsOn"));
    for (Change change : changes) {
      csv.row(
          List.of(
              change.call().value(),
              change.at().toString(),
              change.callingNumber(),
              change.happened(),
              change.before(),
              change.after(),
              change.open().orElse("")));
    }
    return Answer.text(Csv.MEDIA_TYPE, csv.text())
        .with("Content-Disposition", "attachment; filename=\"what-if.csv\"");
  }
}
