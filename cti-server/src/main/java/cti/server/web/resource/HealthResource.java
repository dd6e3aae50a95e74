package cti.server.web.resource;

import cti.core.port.Readiness;
import cti.server.web.http.Answer;
import cti.server.web.http.Request;
import cti.server.web.http.Route;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** For monitors: does the process live, can it work, what does it count. */
public final class HealthResource {
  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

  private final Readiness readiness;
  private final Supplier<String> metrics;

  /** {@code metrics} gives the text form of Prometheus. */
  public HealthResource(Readiness readiness, Supplier<String> metrics) {
    this.readiness = readiness;
    this.metrics = metrics;
  }

  /**
   * @param reasons why the server cannot do its work; empty while it can
   * @param warnings what will become a reason unless somebody acts
   */
  record HealthView(String status, List<ReasonView> reasons, List<ReasonView> warnings) {}

  record ReasonView(String id, String detail) {}

  public List<Route> routes() {
    return List.of(
        Route.open("GET", "/health/live").answers(HealthView.class).live(this::alive),
        Route.open("GET", "/health/ready").answers(HealthView.class).live(this::ready),
        Route.open("GET", "/metrics").answers(String.class).live(this::metrics));
  }

  private CompletionStage<Answer> alive(Request request) {
    return CompletableFuture.completedFuture(
        Answer.json(new HealthView("up", List.of(), List.of())));
  }

  private CompletionStage<Answer> ready(Request request) {
    List<ReasonView> reasons = views(readiness.reasons());
    List<ReasonView> warnings = views(readiness.warnings());
    return CompletableFuture.completedFuture(
        reasons.isEmpty()
            ? Answer.json(new HealthView("ready", reasons, warnings))
            : Answer.json(503, new HealthView("not-ready", reasons, warnings)));
  }

  private static List<ReasonView> views(List<Readiness.Reason> reasons) {
    return reasons.stream().map(reason -> new ReasonView(reason.id(), reason.detail())).toList();
  }

  private CompletionStage<Answer> metrics(Request request) {
    return CompletableFuture.completedFuture(Answer.text(PROMETHEUS, metrics.get()));
  }
}
