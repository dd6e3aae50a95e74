package cti.server.web.resource;

import cti.core.account.Role;
import cti.core.engine.AgentCommand;
import cti.core.engine.Reply;
import cti.core.engine.Reply.Accepted;
import cti.core.engine.Reply.Refusal;
import cti.core.id.AgentId;
import cti.server.web.http.Answer;
import cti.server.web.http.Body;
import cti.server.web.http.Fault;
import cti.server.web.http.Problem;
import cti.server.web.http.Request;
import cti.server.web.http.Route;
import cti.server.web.http.SignedIn;
import cti.server.web.session.SessionResource;
import cti.server.web.stream.AgentCommands;
import cti.server.web.stream.CommandsFor;
import cti.server.web.stream.LiveFeed;
import cti.server.web.view.AgentView;
import cti.server.web.view.Views;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Agents with what they do now, and their commands. */
public final class AgentsResource {
  private static final String PATH = "/api/v1/agents";

  private final LiveFeed feed;
  private final CommandsFor commands;
  private final Views views;

  public AgentsResource(LiveFeed feed, CommandsFor commands, Views views) {
    this.feed = feed;
    this.commands = commands;
    this.views = views;
  }

  /** All agents; the picture is that of record {@code seq}. */
  record AgentsView(long seq, List<AgentView> items) {}

  /**
   * Whoever is signed in.
   *
   * @param agent as they stand now, where they are one
   */
  record MeView(String user, String name, List<String> roles, Optional<AgentView> agent) {}

  public List<Route> routes() {
    return List.of(
        Route.of(Role.AGENT, "GET", "/api/v1/me").answers(MeView.class).live(this::me),
        Route.of(Role.AGENT, "GET", PATH).answers(AgentsView.class).live(this::list),
        Route.of(Role.AGENT, "GET", PATH + "/{id}").answers(AgentView.class).live(this::one),
        Route.of(Role.AGENT, "PUT", PATH + "/{id}/state")
            .body(List.of("state", "reason", "desks", "note"))
            .live(this::state),
        Route.of(Role.AGENT, "POST", PATH + "/{id}/logon")
            .body(List.of("extension", "desks", "takeOver"))
            .live(this::logOn),
        Route.of(Role.AGENT, "POST", PATH + "/{id}/logoff")
            .body(List.of("reason", "note"))
            .live(this::logOff),
        Route.of(Role.AGENT, "POST", PATH + "/{id}/wrap-up/extension").live(this::extendWrapUp));
  }

  private CompletionStage<Answer> me(Request request) {
    SignedIn who = request.signedIn();
    return feed.ask(
        picture ->
            Answer.json(
                new MeView(
                    who.account().user(),
                    who.account().name(),
                    SessionResource.roles(who.account().role()),
                    who.account().agent().flatMap(picture::agent))));
  }

  private CompletionStage<Answer> list(Request request) {
    return feed.ask(picture -> Answer.json(new AgentsView(picture.seq(), picture.agents())));
  }

  private CompletionStage<Answer> one(Request request) {
    AgentId id = request.path("id", AgentId::new);
    return feed.ask(
        picture ->
            picture
                .agent(id)
                .map(Answer::json)
                .orElseThrow(
                    () ->
                        new Fault(
                            Problem.notFound(
                                "no-such-agent", "agent " + id + ", expected a known number"))));
  }

  private CompletionStage<Answer> state(Request request) {
    AgentId agent = target(request);
    Body body = request.body();
    AgentCommand command =
        switch (body.oneOf("state", Wanted.class).orElseThrow(AgentsResource::noState)) {
          case READY -> AgentCommands.ready(agent, body);
          case NOT_READY -> AgentCommands.notReady(agent, body);
        };
    return give(request, command, note(body));
  }

  /** The states that can be asked for; the others come about by calls. */
  enum Wanted {
    READY,
    NOT_READY
  }

  private static Fault noState() {
    return new Fault(Problem.invalid("state is missing, expected ready or not-ready"));
  }

  private CompletionStage<Answer> logOn(Request request) {
    return give(request, AgentCommands.logOn(target(request), request.body()), Optional.empty());
  }

  private CompletionStage<Answer> logOff(Request request) {
    Body body = request.body();
    return give(request, AgentCommands.logOff(target(request), body), note(body));
  }

  private CompletionStage<Answer> extendWrapUp(Request request) {
    return give(request, new AgentCommand.ExtendWrapUp(target(request)), Optional.empty());
  }

  private AgentId target(Request request) {
    AgentId named = request.path("id", AgentId::new);
    return AgentCommands.agent(request.signedIn().account(), Optional.of(named), views);
  }

  /** What a supervisor has to say to the agent about it. */
  private static Optional<String> note(Body body) {
    return body.optionalText("note", 0, 200).filter(text -> !text.isEmpty());
  }

  private CompletionStage<Answer> give(
      Request request, AgentCommand command, Optional<String> note) {
    return commands
        .give(request.signedIn().account(), command, note)
        .thenApply(AgentsResource::answer);
  }

  static Answer answer(Reply reply) {
    return switch (reply) {
      case Accepted() -> Answer.noContent();
      case Refusal(String id, String message) ->
          switch (id) {
            case "no-such-agent" -> Answer.problem(Problem.notFound(id, message));
            case "overloaded", "stopping", "no-reply", "failed", "database-away" ->
                Answer.problem(Problem.of(503, id, "The command was not carried out", message))
                    .with("Retry-After", "1");
            default -> Answer.problem(Problem.of(409, id, "The command was refused", message));
          };
    };
  }
}
