package cti.server.web.resource;

import cti.core.account.Role;
import cti.core.ivr.Flow;
import cti.core.ivr.Node;
import cti.core.port.Flows;
import cti.core.port.Flows.Drawn;
import cti.core.port.Flows.Finding;
import cti.core.port.Flows.Looked;
import cti.core.port.Flows.Tried;
import cti.core.port.VersionedTexts;
import cti.server.routing.CodedFault;
import cti.server.web.http.Answer;
import cti.server.web.http.Body;
import cti.server.web.http.Fault;
import cti.server.web.http.Problem;
import cti.server.web.http.Request;
import cti.server.web.http.Route;
import cti.server.web.http.Words;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Checks, draws and tries a flow without a call; for supervisors. */
public final class FlowTrialResource {
  private static final int LONGEST_WALK = 2_000;

  private final Flows flows;

  public FlowTrialResource(Flows flows) {
    this.flows = flows;
  }

  /**
   * What is wrong with a text, once as the command line prints it and once by line, and its nodes.
   */
  record FlowCheckView(
      List<String> faults,
      List<String> warnings,
      List<FlowFindingView> findings,
      Optional<FlowGraphView> graph) {}

  record FlowFindingView(
      String severity,
      Optional<Integer> line,
      String text,
      String place,
      Optional<String> code,
      List<String> values) {
    static FlowFindingView of(Finding finding) {
      CodedFault coded = CodedFault.of(finding.text());
      return new FlowFindingView(
          finding.fault() ? "fault" : "warning",
          finding.line(),
          finding.text(),
          coded.place(),
          coded.code(),
          coded.values());
    }
  }

  record FlowGraphView(String flow, String start, List<FlowNodeView> nodes) {
    static FlowGraphView of(Drawn drawn) {
      Flow flow = drawn.flow();
      return new FlowGraphView(
          flow.id(),
          flow.start(),
          flow.nodes().stream()
              .map(node -> FlowNodeView.of(node, Optional.ofNullable(drawn.lines().get(node.id()))))
              .toList());
    }
  }

  record FlowNodeView(
      String id,
      String kind,
      Optional<Integer> line,
      List<String> prompts,
      List<FlowWayView> ways) {
    static FlowNodeView of(Node node, Optional<Integer> line) {
      return new FlowNodeView(
          node.id(),
          node.kind(),
          line,
          node.prompts(),
          Flow.waysOut(node).stream().map(way -> new FlowWayView(way.name(), way.to())).toList());
    }
  }

  record FlowWayView(String name, String to) {}

  /** What a caller would meet. */
  record FlowTrialView(
      String met,
      String node,
      String expects,
      boolean over,
      String waits,
      List<FlowStepView> path) {}

  /** A way that the call took: out of this node by this way. */
  record FlowStepView(String node, String way) {}

  public List<Route> routes() {
    return List.of(
        Route.of(Role.SUPERVISOR, "POST", "/api/v1/ivr/check")
            .body(List.of("yaml"))
            .answers(FlowCheckView.class)
            .stored(this::check),
        Route.of(Role.SUPERVISOR, "GET", "/api/v1/ivr/graph")
            .query("of")
            .answers(FlowCheckView.class)
            .stored(this::graph),
        Route.of(Role.SUPERVISOR, "POST", "/api/v1/ivr/simulate")
            .body(List.of("number", "at", "does", "yaml"))
            .answers(FlowTrialView.class)
            .stored(this::simulate));
  }

  private Answer check(Request request) {
    return looked(request.body().secret("yaml", VersionedTexts.LONGEST));
  }

  /** For those who look and change nothing: a version or a draft, else what is in force. */
  private Answer graph(Request request) {
    String of = request.query().text("of", 40).orElseGet(() -> Integer.toString(flows.inForce()));
    Optional<String> yaml =
        of.matches("[0-9]{1,9}")
            ? flows.version(Integer.parseInt(of)).map(VersionedTexts.Version::yaml)
            : flows.draft(of).map(VersionedTexts.Draft::yaml);
    return looked(
        yaml.orElseThrow(
            () ->
                new Fault(
                    Problem.notFound(
                        "no-such-version",
                        "there is no version or draft " + of + " of the flow"))));
  }

  private Answer looked(String yaml) {
    Looked looked = flows.look(yaml);
    return Answer.json(
        new FlowCheckView(
            looked.checked().faults(),
            looked.checked().warnings(),
            looked.findings().stream().map(FlowFindingView::of).toList(),
            looked.drawn().map(FlowGraphView::of)));
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
          Answer.json(
              new FlowTrialView(
                  done.met(),
                  done.node(),
                  done.expects(),
                  done.over(),
                  Words.of(done.waits()),
                  done.taken().stream()
                      .map(taken -> new FlowStepView(taken.node(), taken.way()))
                      .toList()));
      case Tried.Faulty faulty -> Answer.problem(VersionsResource.Of.FLOW.faulty(faulty.faults()));
      case Tried.Impossible no -> Answer.problem(Problem.invalid(no.why()));
    };
  }
}
