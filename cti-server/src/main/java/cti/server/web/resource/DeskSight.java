package cti.server.web.resource;

import cti.core.account.Account;
import cti.core.account.Role;
import cti.core.port.CallHistory.Sight;
import cti.server.web.http.Fault;
import cti.server.web.http.Problem;
import cti.server.web.http.SignedIn;
import cti.server.web.stream.LiveFeed;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What somebody may see of what is on record: agents see their desks, supervisors and auditors all,
 * or what they are limited to. It is the desks of their {@link cti.server.web.stream.Scope}, so
 * that records and what is pushed follow one rule.
 */
final class DeskSight {
  private DeskSight() {}

  /** Empty for those who see all. */
  static CompletableFuture<Optional<Sight>> of(SignedIn who, LiveFeed feed) {
    Account account = who.account();
    if (account.role().maySee(Role.SUPERVISOR) && account.limits().none()) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    if (!account.role().maySee(Role.SUPERVISOR) && account.agent().isEmpty()) {
      throw new Fault(Problem.forbidden("user " + account.user() + " is no agent, expected one"));
    }
    return feed.ask(
        who, (picture, scope) -> Optional.of(new Sight(account.agent(), scope.desks())));
  }
}
