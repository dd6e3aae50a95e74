package cti.server.web.resource;

import cti.core.account.Role;
import cti.core.id.AgentId;
import cti.core.port.CallHistory.Sight;
import cti.server.web.http.Fault;
import cti.server.web.http.Problem;
import cti.server.web.http.SignedIn;
import cti.server.web.stream.LiveFeed;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What somebody may see of what is on record: agents see their desks, supervisors see all. */
final class DeskSight {
  private DeskSight() {}

  /** Empty for those who see all. */
  static CompletableFuture<Optional<Sight>> of(SignedIn who, LiveFeed feed) {
    if (who.account().role().atLeast(Role.SUPERVISOR)) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    AgentId agent =
        who.account()
            .agent()
            .orElseThrow(
                () ->
                    new Fault(
                        Problem.forbidden(
                            "user " + who.account().user() + " is no agent, expected one")));
    return feed.ask(picture -> Optional.of(new Sight(agent, picture.desks(agent))));
  }
}
