package cti.server.web.resource;

import cti.core.account.Account;
import cti.core.account.Role;
import cti.core.engine.CallbackCommand;
import cti.core.engine.Reply;
import cti.core.id.CallId;
import cti.core.id.CallbackId;
import cti.core.id.DeskId;
import cti.core.port.Callbacks;
import cti.core.port.Callbacks.Filter;
import cti.core.port.Callbacks.StoredCallback;
import cti.core.port.Page;
import cti.server.web.http.Answer;
import cti.server.web.http.Fault;
import cti.server.web.http.Problem;
import cti.server.web.http.Request;
import cti.server.web.http.Route;
import cti.server.web.http.StoreThreads;
import cti.server.web.stream.AgentCommands;
import cti.server.web.view.CallerView;
import cti.server.web.view.Views;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Who is to be called back. Agents and supervisors see those of their desks. */
public final class CallbacksResource {
  private static final String PATH = "/api/v1/callbacks";

  private final Callbacks callbacks;
  private final AgentCommands commands;
  private final LeftSight sight;
  private final Views views;
  private final StoreThreads stores;
  private final InstantSource clock;

  public CallbacksResource(
      Callbacks callbacks,
      AgentCommands commands,
      Views views,
      StoreThreads stores,
      InstantSource clock) {
    this.callbacks = callbacks;
    this.commands = commands;
    this.sight = new LeftSight(views);
    this.views = views;
    this.stores = stores;
    this.clock = clock;
  }

  /** Part of a list; {@code next} is to be handed back as {@code after}. */
  record CallbackPageView(List<CallbackView> items, Optional<String> next) {}

  /**
   * A callback.
   *
   * @param state waiting, dialling, reached, ended
   * @param outcome of an ended one: talked, settled, left, not_reached, expired, cancelled
   * @param since the place in the queue
   * @param until when it expires
   * @param call in which it was asked for
   * @param made the last call that was made for it
   */
  record CallbackView(
      String id,
      String call,
      String desk,
      Optional<String> deskName,
      String number,
      List<CallerView> callers,
      Instant since,
      Instant requestedAt,
      Instant until,
      String state,
      Optional<String> outcome,
      int attempts,
      Optional<String> made,
      Optional<String> lastReason,
      Optional<Instant> notBefore,
      Optional<Instant> endedAt,
      Optional<String> endedBy) {}

  public List<Route> routes() {
    return List.of(
        Route.of(Role.AGENT, "GET", PATH)
            .query("desk", "open", "from", "to", "limit", "after")
            .answers(CallbackPageView.class)
            .stored(this::list),
        Route.of(Role.SUPERVISOR, "DELETE", PATH + "/{id}").live(this::cancel));
  }

  private Answer list(Request request) {
    Account account = request.signedIn().account();
    Page<StoredCallback> page =
        callbacks.list(
            new Filter(
                AskedPeriod.of(request, clock.instant().plusSeconds(1), AskedPeriod.USUAL),
                request.queryId("desk", DeskId::new),
                request.query().text("open", 5).map(CallbacksResource::open),
                sight.desks(account)),
            Cursor.after(request),
            Cursor.limit(request));
    return Answer.json(
        new CallbackPageView(
            page.items().stream().map(this::view).toList(), page.next().map(Cursor::text)));
  }

  private static boolean open(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new Fault(Problem.invalid("open is '" + text + "', expected true or false"));
    };
  }

  private CallbackView view(StoredCallback one) {
    return new CallbackView(
        one.id().value(),
        one.call().value(),
        one.desk().value(),
        views.deskName(Optional.of(one.desk())),
        one.number(),
        views.callersAt(one.number()),
        one.times().since(),
        one.times().requestedAt(),
        one.times().until(),
        one.state().toLowerCase(Locale.ROOT),
        one.outcome().map(outcome -> outcome.toLowerCase(Locale.ROOT)),
        one.progress().attempts(),
        one.progress().made().map(CallId::value),
        one.progress().lastReason(),
        one.progress().notBefore(),
        one.times().endedAt(),
        one.progress().endedBy());
  }

  private CompletionStage<Answer> cancel(Request request) {
    CallbackId id = request.path("id", CallbackId::new);
    Account account = request.signedIn().account();
    // Whoever sees every desk needs no database to cancel.
    return sight.desks(account).isEmpty()
        ? cancel(id, account)
        : stores
            .run(() -> callbacks.find(id).filter(one -> sight.sees(account, one.desk())))
            .thenCompose(
                seen ->
                    seen.isPresent()
                        ? cancel(id, account)
                        : CompletableFuture.completedFuture(
                            Answer.problem(
                                Problem.notFound(
                                    "no-such-callback",
                                    "callback " + id + ", expected one that you may see"))));
  }

  private CompletionStage<Answer> cancel(CallbackId id, Account account) {
    return commands
        .give(new CallbackCommand.Cancel(id, account.user()))
        .thenApply(
            reply ->
                switch (reply) {
                  case Reply.Accepted _ -> Answer.noContent();
                  case Reply.Refusal(String reason, String message) ->
                      switch (reason) {
                        case "no-such-callback" ->
                            Answer.problem(Problem.notFound(reason, message));
                        case "overloaded", "stopping", "no-reply", "failed" ->
                            Answer.problem(
                                    Problem.of(
                                        503, reason, "The command was not carried out", message))
                                .with("Retry-After", "1");
                        default ->
                            Answer.problem(
                                Problem.of(409, reason, "The command was refused", message));
                      };
                });
  }
}
