package cti.server.web.resource;

import cti.core.account.Role;
import cti.core.agent.AgentRules;
import cti.core.agent.PauseReason;
import cti.core.id.DeskId;
import cti.core.port.AgentSettings;
import cti.core.port.AgentSettings.Saved;
import cti.server.web.http.Answer;
import cti.server.web.http.Body;
import cti.server.web.http.Fault;
import cti.server.web.http.Problem;
import cti.server.web.http.Request;
import cti.server.web.http.Route;
import cti.server.web.view.Views;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Pause reasons and the desks' rules for agents: everybody reads, supervisors change. */
public final class AgentRulesResource {
  private static final Logger log = LoggerFactory.getLogger(AgentRulesResource.class);
  private static final String REASONS = "/api/v1/pause-reasons";
  private static final String RULES = "/api/v1/agent-rules";
  private static final int MOST_SECONDS = 86_400;

  private final AgentSettings settings;
  private final Views views;

  public AgentRulesResource(AgentSettings settings, Views views) {
    this.settings = settings;
    this.views = views;
  }

  record PauseReasonView(
      String id,
      String chinese,
      String english,
      Optional<Long> longestSeconds,
      boolean productive,
      Optional<Integer> key,
      boolean active) {
    static PauseReasonView of(PauseReason reason) {
      return new PauseReasonView(
          reason.id(),
          reason.chinese(),
          reason.english(),
          reason.longest().map(Duration::toSeconds),
          reason.productive(),
          reason.key(),
          reason.active());
    }
  }

  record PauseReasonsView(List<PauseReasonView> items) {}

  /** The rules of one desk, its own or the usual ones. */
  record DeskRulesView(
      String desk,
      long wrapUpExtensionSeconds,
      int wrapUpExtensions,
      int missesInARow,
      boolean unreachableAtOnce,
      boolean listenersHidden) {
    static DeskRulesView of(DeskId desk, AgentRules rules) {
      return new DeskRulesView(
          desk.value(),
          rules.wrapUpExtension().toSeconds(),
          rules.wrapUpExtensions(),
          rules.missesInARow(),
          rules.unreachableAtOnce(),
          rules.listenersHidden());
    }
  }

  record AgentRulesView(List<DeskRulesView> items) {}

  record RuleChangeView(Instant at, String by, String subject, String before, String after) {}

  record RuleChangesView(List<RuleChangeView> items) {}

  public List<Route> routes() {
    return List.of(
        Route.of(Role.AGENT, "GET", REASONS).answers(PauseReasonsView.class).live(this::reasons),
        Route.of(Role.SUPERVISOR, "PUT", REASONS + "/{id}")
            .body(List.of("chinese", "english", "longestSeconds", "productive", "key", "active"))
            .answers(PauseReasonView.class)
            .stored(this::putReason),
        Route.of(Role.AGENT, "GET", RULES).answers(AgentRulesView.class).live(this::rules),
        Route.of(Role.SUPERVISOR, "PUT", RULES + "/{id}")
            .body(
                List.of(
                    "wrapUpExtensionSeconds",
                    "wrapUpExtensions",
                    "missesInARow",
                    "unreachableAtOnce",
                    "listenersHidden"))
            .answers(DeskRulesView.class)
            .stored(this::putRules),
        Route.of(Role.SUPERVISOR, "GET", "/api/v1/agent-rule-changes")
            .query("limit")
            .answers(RuleChangesView.class)
            .stored(this::changes));
  }

  private CompletionStage<Answer> reasons(Request request) {
    return now(
        Answer.json(
            new PauseReasonsView(
                settings.now().reasons().stream().map(PauseReasonView::of).toList())));
  }

  private Answer putReason(Request request) {
    Body body = request.body();
    String id = request.path("id", text -> text);
    PauseReason reason =
        valid(
            () ->
                new PauseReason(
                    id,
                    body.text("chinese", 1, 40),
                    body.text("english", 1, 40),
                    optional(body, "longestSeconds", MOST_SECONDS).map(Duration::ofSeconds),
                    needed(body, "productive"),
                    optional(body, "key", 9),
                    needed(body, "active")));
    String by = request.signedIn().account().user();
    return switch (settings.save(reason, by)) {
      case Saved.Done() -> {
        log.info("web: {} by user={}", reason, by);
        yield Answer.json(PauseReasonView.of(reason));
      }
      case Saved.KeyTaken(String other) ->
          Answer.problem(
              Problem.of(
                  409,
                  "key-taken",
                  "The key is taken",
                  "key "
                      + reason.key().map(String::valueOf).orElse("")
                      + " is that of reason "
                      + other
                      + ", expected a free one or none"));
      case Saved.NoSuchDesk() -> throw new IllegalStateException("a reason has no desk");
    };
  }

  private CompletionStage<Answer> rules(Request request) {
    Map<DeskId, AgentRules> ofDesks = settings.now().ofDesks();
    return now(
        Answer.json(
            new AgentRulesView(
                views.catalog().desks().stream()
                    .map(
                        desk ->
                            DeskRulesView.of(
                                desk.id(), ofDesks.getOrDefault(desk.id(), AgentRules.USUAL)))
                    .toList())));
  }

  private Answer putRules(Request request) {
    Body body = request.body();
    DeskId desk = request.path("id", DeskId::new);
    Within.desk(request.signedIn().account(), desk, views);
    AgentRules rules =
        valid(
            () ->
                new AgentRules(
                    Duration.ofSeconds(whole(body, "wrapUpExtensionSeconds", MOST_SECONDS)),
                    whole(body, "wrapUpExtensions", 10),
                    whole(body, "missesInARow", 20),
                    needed(body, "unreachableAtOnce"),
                    body.flag("listenersHidden")));
    String by = request.signedIn().account().user();
    return switch (settings.save(desk, rules, by)) {
      case Saved.Done() -> {
        log.info("web: desk={} {} by user={}", desk, rules, by);
        yield Answer.json(DeskRulesView.of(desk, rules));
      }
      case Saved.NoSuchDesk() ->
          Answer.problem(
              Problem.notFound("no-such-desk", "desk " + desk + ", expected a desk on file"));
      case Saved.KeyTaken(String other) -> throw new IllegalStateException("a desk has no key");
    };
  }

  private Answer changes(Request request) {
    return Answer.json(
        new RuleChangesView(
            settings.changes(Cursor.limit(request)).stream()
                .map(c -> new RuleChangeView(c.at(), c.by(), c.subject(), c.before(), c.after()))
                .toList()));
  }

  private static Optional<Integer> optional(Body body, String name, int most) {
    return body.has(name) ? Optional.of(whole(body, name, most)) : Optional.empty();
  }

  private static int whole(Body body, String name, int most) {
    long value = body.number(name, 0);
    if (value > most) {
      throw new Fault(
          Problem.invalid(name + " is " + value + ", expected a whole number from 0 to " + most));
    }
    return (int) value;
  }

  private static boolean needed(Body body, String name) {
    if (!body.has(name)) {
      throw new Fault(Problem.invalid(name + " is missing, expected true or false"));
    }
    return body.flag(name);
  }

  /** What the record itself refuses names the value and what was expected. */
  private static <T> T valid(Supplier<T> make) {
    try {
      return make.get();
    } catch (IllegalArgumentException e) {
      throw new Fault(Problem.invalid(e.getMessage()));
    }
  }

  private static CompletionStage<Answer> now(Answer answer) {
    return CompletableFuture.completedFuture(answer);
  }
}
