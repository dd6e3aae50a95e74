package cti.server.web.resource;

import cti.core.account.Role;
import cti.core.port.Flows;
import cti.core.port.Flows.Tried;
import cti.core.port.VersionedTexts;
import cti.server.web.http.Answer;
import cti.server.web.http.Body;
import cti.server.web.http.Problem;
import cti.server.web.http.Request;
import cti.server.web.http.Route;
import cti.server.web.resource.RoutingViews.RuleCheckView;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Checks and tries a flow without a call; for supervisors. */
public final class FlowTrialResource {
  private static final int LONGEST_WALK = 2_000;

  private final Flows flows;

  public FlowTrialResource(Flows flows) {
    this.flows = flows;
  }

  /** What a caller would meet. */
  record FlowTrialView(String met, String node, String expects, boolean over) {}

  public List<Route> routes() {
    return List.of(
        Route.of(Role.SUPERVISOR, "POST", "/api/v1/ivr/check")
            .body(List.of("yaml"))
            .answers(RuleCheckView.class)
            .stored(this::check),
        Route.of(Role.SUPERVISOR, "POST", "/api/v1/ivr/simulate")
            .body(List.of("number", "at", "does", "yaml"))
            .answers(FlowTrialView.class)
            .stored(this::simulate));
  }

  private Answer check(Request request) {
    VersionedTexts.Checked checked =
        flows.check(request.body().secret("yaml", VersionedTexts.LONGEST));
    return Answer.json(new RuleCheckView(checked.faults(), checked.warnings()));
  }

  private Answer simulate(Request request) {
    Body body = request.body();
    String does = body.optionalText("does", 0, LONGEST_WALK).orElse("").strip();
    Flows.Trial trial =
        new Flows.Trial(
            body.optionalText("number", 0, 64).orElse(""),
            body.optionalText("at", 1, 40).map(text -> VersionsResource.instant("at", text)),
            does.isEmpty() ? List.of() : Arrays.asList(does.split(" +")),
            body.has("yaml")
                ? Optional.of(body.secret("yaml", VersionedTexts.LONGEST))
                : Optional.empty());
    return switch (flows.simulate(trial)) {
      case Tried.Done done ->
          Answer.json(new FlowTrialView(done.met(), done.node(), done.expects(), done.over()));
      case Tried.Faulty faulty -> Answer.problem(VersionsResource.Of.FLOW.faulty(faulty.faults()));
      case Tried.Impossible no -> Answer.problem(Problem.invalid(no.why()));
    };
  }
}
