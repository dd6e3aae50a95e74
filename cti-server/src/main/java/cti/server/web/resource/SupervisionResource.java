package cti.server.web.resource;

import cti.core.account.Account;
import cti.core.account.Role;
import cti.core.engine.Reply;
import cti.core.engine.Reply.Accepted;
import cti.core.engine.Reply.Refusal;
import cti.core.engine.SupervisorCommand;
import cti.core.engine.SupervisorCommand.Destination;
import cti.core.id.AgentId;
import cti.core.id.CallId;
import cti.core.id.DeskId;
import cti.core.id.Extension;
import cti.core.id.ListeningId;
import cti.core.supervision.ActBy;
import cti.core.supervision.ListeningMode;
import cti.server.web.http.Answer;
import cti.server.web.http.Body;
import cti.server.web.http.Fault;
import cti.server.web.http.Problem;
import cti.server.web.http.Request;
import cti.server.web.http.Route;
import cti.server.web.http.SignedIn;
import cti.server.web.http.Words;
import cti.server.web.stream.CommandsFor;
import cti.server.web.stream.LiveFeed;
import cti.server.web.stream.LivePicture;
import cti.server.web.stream.Scope;
import cti.server.web.view.AgentView;
import cti.server.web.view.CallView;
import cti.server.web.view.ListeningView;
import cti.server.web.view.Views;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Supervisors in the calls of others: listening in three modes, moving who waits. */
public final class SupervisionResource {
  private static final String LISTENINGS = "/api/v1/listenings";

  private final LiveFeed feed;
  private final CommandsFor commands;
  private final Views views;

  public SupervisionResource(LiveFeed feed, CommandsFor commands, Views views) {
    this.feed = feed;
    this.commands = commands;
    this.views = views;
  }

  record ListeningsView(long seq, List<ListeningView> items) {}

  public List<Route> routes() {
    return List.of(
        Route.of(Role.AGENT, "GET", LISTENINGS).answers(ListeningsView.class).live(this::list),
        Route.of(Role.SUPERVISOR, "POST", LISTENINGS)
            .body(List.of("agent", "extension", "mode"))
            .answers(ListeningView.class)
            .live(this::listen),
        Route.of(Role.SUPERVISOR, "PUT", LISTENINGS + "/{id}")
            .body(List.of("mode"))
            .live(this::listenAs),
        Route.of(Role.SUPERVISOR, "DELETE", LISTENINGS + "/{id}").live(this::stop),
        Route.of(Role.SUPERVISOR, "POST", "/api/v1/calls/{id}/move")
            .body(List.of("toDesk", "toAgent", "first", "last", "reason"))
            .live(this::move));
  }

  private CompletionStage<Answer> list(Request request) {
    return feed.ask(
        request.signedIn(),
        (picture, scope) ->
            Answer.json(new ListeningsView(picture.seq(), picture.listenings(scope))));
  }

  private static ActBy by(Account account) {
    return new ActBy(account.user(), account.name(), account.agent());
  }

  private CompletionStage<Answer> listen(Request request) {
    Body body = request.body();
    SignedIn who = request.signedIn();
    AgentId agent = Request.id("agent", body.text("agent", 1, 32), AgentId::new);
    ListeningMode mode = body.oneOf("mode", ListeningMode.class).orElse(ListeningMode.LISTEN);
    Optional<Extension> given =
        body.optionalText("extension", 1, Extension.LONGEST)
            .map(text -> Request.id("extension", text, Extension::new));
    if (!views.within(who.account().limits(), agent)) {
      throw new Fault(
          Problem.forbidden(
              "agent " + agent + ", expected one with a seat at a desk that you are limited to"));
    }
    return feed.ask(who, (picture, scope) -> phone(picture, scope, who, agent, given))
        .thenCompose(
            phone ->
                commands.audited(
                    who.account(),
                    "listen",
                    "agent " + agent,
                    Map.of("extension", phone.value(), "mode", Words.of(mode)),
                    new SupervisorCommand.Listen(agent, phone, mode, by(who.account()))))
        .thenCompose(reply -> begun(reply, who));
  }

  /** The phone to listen at: the one that is named, or the supervisor's own as an agent. */
  private static Extension phone(
      LivePicture picture, Scope scope, SignedIn who, AgentId agent, Optional<Extension> given) {
    picture
        .agent(agent)
        .flatMap(AgentView::call)
        .filter(call -> picture.call(new CallId(call), scope).isEmpty())
        .ifPresent(
            call -> {
              throw new Fault(
                  Problem.forbidden(
                      "agent " + agent + " is in a call of a desk beyond your limits"));
            });
    return given
        .or(
            () ->
                who.account()
                    .agent()
                    .flatMap(picture::agent)
                    .flatMap(AgentView::extension)
                    .map(Extension::new))
        .orElseThrow(
            () ->
                new Fault(
                    Problem.invalid(
                        "extension is missing, expected the phone at which you listen")));
  }

  private CompletionStage<Answer> begun(Reply reply, SignedIn who) {
    return switch (reply) {
      case Refusal _ -> CompletableFuture.completedFuture(AgentsResource.answer(reply));
      case Accepted _ ->
          feed.ask(
              who,
              (picture, scope) ->
                  picture.listenings(scope).stream()
                      .filter(listening -> listening.user().equals(who.account().user()))
                      .findFirst()
                      .map(listening -> Answer.json(201, listening))
                      .orElseGet(
                          () ->
                              Answer.problem(
                                  Problem.of(
                                      409,
                                      "not-answered",
                                      "The command was refused",
                                      "the phone was given up at once"))));
    };
  }

  private CompletionStage<Answer> listenAs(Request request) {
    ListeningId id = request.path("id", ListeningId::new);
    Body body = request.body();
    ListeningMode mode =
        body.oneOf("mode", ListeningMode.class)
            .orElseThrow(
                () ->
                    new Fault(
                        Problem.invalid(
                            "mode is missing, expected one of " + Words.all(ListeningMode.class))));
    return own(
        request,
        id,
        "listen-as",
        Map.of("mode", Words.of(mode)),
        new SupervisorCommand.ListenAs(id, mode, by(request.signedIn().account())));
  }

  private CompletionStage<Answer> stop(Request request) {
    ListeningId id = request.path("id", ListeningId::new);
    return own(
        request,
        id,
        "stop-listening",
        Map.of(),
        new SupervisorCommand.StopListening(id, by(request.signedIn().account())));
  }

  /** One's own listening; administrators may end, and change, those of others. */
  private CompletionStage<Answer> own(
      Request request,
      ListeningId id,
      String action,
      Map<String, String> facts,
      SupervisorCommand command) {
    Account account = request.signedIn().account();
    return feed.ask(
            request.signedIn(),
            (picture, scope) ->
                picture.listenings(scope).stream()
                    .filter(listening -> listening.id().equals(id.value()))
                    .findFirst()
                    .orElseThrow(
                        () ->
                            new Fault(
                                Problem.notFound(
                                    "no-such-listening",
                                    "listening " + id + ", expected one under way"))))
        .thenCompose(
            listening -> {
              if (!listening.user().equals(account.user()) && !account.role().mayDo(Role.ADMIN)) {
                throw new Fault(
                    Problem.forbidden(
                        "listening "
                            + id
                            + " is that of "
                            + listening.user()
                            + ", expected yours"));
              }
              return commands.audited(
                  account, action, "agent " + listening.agent(), facts, command);
            })
        .thenApply(AgentsResource::answer);
  }

  private CompletionStage<Answer> move(Request request) {
    CallId call = request.path("id", CallId::new);
    Body body = request.body();
    Account account = request.signedIn().account();
    Destination to = destination(body, account);
    String reason = body.text("reason", 1, SupervisorCommand.MoveCaller.LONGEST_REASON);
    return feed.ask(request.signedIn(), (picture, scope) -> picture.call(call, scope))
        .thenCompose(
            seen -> {
              CallView view =
                  seen.orElseThrow(
                      () ->
                          new Fault(
                              Problem.notFound(
                                  "no-such-call",
                                  "call " + call + ", expected one under way that you see")));
              view.desk().map(DeskId::new).ifPresent(desk -> Within.desk(account, desk, views));
              return commands.audited(
                  account,
                  "move-caller",
                  subject(call),
                  facts(body, reason),
                  new SupervisorCommand.MoveCaller(call, to, reason, by(account)));
            })
        .thenApply(AgentsResource::answer);
  }

  /** The audit log's subjects are short; ids of calls may be long. */
  private static String subject(CallId call) {
    String text = "call " + call;
    return text.length() > 80 ? text.substring(0, 80) : text;
  }

  /** Where to, in the words of the request. */
  private static Map<String, Object> facts(Body body, String reason) {
    Map<String, Object> facts = new LinkedHashMap<>();
    body.optionalText("toDesk", 1, 32).ifPresent(desk -> facts.put("toDesk", desk));
    body.optionalText("toAgent", 1, 32).ifPresent(agent -> facts.put("toAgent", agent));
    for (String place : List.of("first", "last")) {
      if (body.flag(place)) {
        facts.put(place, true);
      }
    }
    facts.put("reason", reason);
    return facts;
  }

  private Destination destination(Body body, Account account) {
    Optional<DeskId> desk =
        body.optionalText("toDesk", 1, 32).map(text -> Request.id("toDesk", text, DeskId::new));
    Optional<AgentId> agent =
        body.optionalText("toAgent", 1, 32).map(text -> Request.id("toAgent", text, AgentId::new));
    if (desk.isPresent() == agent.isPresent()) {
      throw new Fault(
          Problem.invalid("toDesk and toAgent: expected exactly one of them, and a reason"));
    }
    desk.ifPresent(id -> Within.desk(account, id, views));
    if (agent.isPresent()) {
      Within.agent(account, agent.get(), views);
      return new Destination.ToAgent(agent.get());
    }
    boolean first = body.flag("first");
    boolean last = body.flag("last");
    if (first && last) {
      throw new Fault(Problem.invalid("first and last are both true, expected at most one"));
    }
    return last ? new Destination.ToBack(desk.get()) : new Destination.ToDesk(desk.get(), first);
  }
}
