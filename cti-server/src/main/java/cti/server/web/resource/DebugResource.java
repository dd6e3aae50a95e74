package cti.server.web.resource;

import cti.core.account.Role;
import cti.core.id.CallId;
import cti.core.port.CallTraces;
import cti.core.port.CallTraces.Step;
import cti.core.port.CallTraces.Trace;
import cti.core.port.ComponentState;
import cti.server.web.http.Answer;
import cti.server.web.http.Fault;
import cti.server.web.http.Problem;
import cti.server.web.http.Request;
import cti.server.web.http.Route;
import cti.server.web.stream.LiveFeed;
import cti.server.web.view.CallView;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the server thinks and why, for administrators; every look is a line of the log. */
public final class DebugResource {
  private static final Logger log = LoggerFactory.getLogger(DebugResource.class);

  private final LiveFeed feed;
  private final CallTraces traces;
  private final Supplier<List<ComponentState>> components;
  private final InstantSource clock;

  public DebugResource(
      LiveFeed feed,
      CallTraces traces,
      Supplier<List<ComponentState>> components,
      InstantSource clock) {
    this.feed = feed;
    this.traces = traces;
    this.components = components;
    this.clock = clock;
  }

  /**
   * A call's last steps.
   *
   * @param live as it stands now; absent where it is over
   * @param forgotten earlier steps that are kept no more
   */
  record DebugCallView(
      String call, Instant at, Optional<CallView> live, long forgotten, List<StepView> steps) {}

  /** One input and what came of it. */
  record StepView(
      Instant at,
      String input,
      List<RecordedView> events,
      List<AskedView> actions,
      Optional<String> reply) {}

  /** An event and its place in the journal. */
  record RecordedView(long sequence, Instant at, String event) {}

  /** What was asked of the gateway; {@code answer} is absent while there is none. */
  record AskedView(String action, Optional<String> answer) {}

  /** Every component. */
  record DebugStateView(Instant at, List<ComponentView> components) {}

  record ComponentView(String name, List<FigureView> figures) {}

  record FigureView(String name, String value) {}

  public List<Route> routes() {
    return List.of(
        Route.of(Role.ADMIN, "GET", "/debug/call/{id}")
            .answers(DebugCallView.class)
            .live(this::call),
        Route.of(Role.ADMIN, "GET", "/debug/state")
            .answers(DebugStateView.class)
            .live(this::state));
  }

  private CompletionStage<Answer> call(Request request) {
    CallId id = request.path("id", CallId::new);
    audit(request, "call " + id);
    Optional<Trace> trace = traces.of(id);
    return feed.ask(request.signedIn(), (picture, scope) -> picture.call(id, scope))
        .thenApply(live -> view(id, live, trace));
  }

  private Answer view(CallId id, Optional<CallView> live, Optional<Trace> trace) {
    if (live.isEmpty() && trace.isEmpty()) {
      throw new Fault(
          Problem.notFound(
              "no-such-call",
              "nothing is kept of call " + id + ", expected one under way or of the last ones"));
    }
    return Answer.json(
        new DebugCallView(
            id.value(),
            clock.instant(),
            live,
            trace.map(Trace::forgotten).orElse(0L),
            trace.stream()
                .flatMap(kept -> kept.steps().stream())
                .map(DebugResource::view)
                .toList()));
  }

  private static StepView view(Step step) {
    return new StepView(
        step.at(),
        step.input(),
        step.events().stream()
            .map(event -> new RecordedView(event.sequence(), event.at(), event.event()))
            .toList(),
        step.actions().stream()
            .map(asked -> new AskedView(asked.action(), asked.answer()))
            .toList(),
        step.reply());
  }

  private CompletionStage<Answer> state(Request request) {
    audit(request, "every component");
    return CompletableFuture.completedFuture(
        Answer.json(
            new DebugStateView(
                clock.instant(),
                components.get().stream()
                    .map(
                        component ->
                            new ComponentView(
                                component.name(),
                                component.figures().stream()
                                    .map(figure -> new FigureView(figure.name(), figure.value()))
                                    .toList()))
                    .toList())));
  }

  private static void audit(Request request, String what) {
    log.info("audit: user={} looks into {}", request.signedIn().account().user(), what);
  }
}
