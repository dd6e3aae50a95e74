package cti.server.web.resource;

import cti.core.account.Role;
import cti.core.id.CallId;
import cti.core.port.CallHistory;
import cti.core.port.RoutedCalls;
import cti.server.web.http.Answer;
import cti.server.web.http.Fault;
import cti.server.web.http.Problem;
import cti.server.web.http.Request;
import cti.server.web.http.Route;
import cti.server.web.http.SignedIn;
import cti.server.web.http.StoreThreads;
import cti.server.web.resource.RoutingViews.CallRoutingView;
import cti.server.web.resource.RoutingViews.RouteDetailsView;
import cti.server.web.stream.LiveFeed;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Why a call went where it went; for supervisors, of the calls that they may see. */
public final class CallRoutingResource {
  private final LiveFeed feed;
  private final CallHistory history;
  private final RoutedCalls calls;
  private final StoreThreads stores;

  public CallRoutingResource(
      LiveFeed feed, CallHistory history, RoutedCalls calls, StoreThreads stores) {
    this.feed = feed;
    this.history = history;
    this.calls = calls;
    this.stores = stores;
  }

  public List<Route> routes() {
    return List.of(
        Route.of(Role.SUPERVISOR, "GET", "/api/v1/calls/{id}/routing")
            .answers(CallRoutingView.class)
            .live(this::ofCall));
  }

  private CompletionStage<Answer> ofCall(Request request) {
    CallId call = request.path("id", CallId::new);
    SignedIn who = request.signedIn();
    return feed.ask(who, (picture, scope) -> picture.call(call, scope).isPresent())
        .thenCombine(
            DeskSight.of(who, feed),
            (underWay, sight) ->
                stores.run(
                    () -> {
                      if (!underWay && sight.isPresent() && history.call(call, sight).isEmpty()) {
                        throw new Fault(
                            Problem.notFound(
                                "no-such-call",
                                "call " + call + ", expected one that you may see"));
                      }
                      return Answer.json(
                          new CallRoutingView(
                              calls.details(call).stream().map(RouteDetailsView::of).toList()));
                    }))
        .thenCompose(answer -> answer);
  }
}
