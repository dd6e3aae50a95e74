package cti.server.web.resource;

import cti.core.account.Account;
import cti.core.id.DeskId;
import cti.server.web.view.Views;
import java.util.Optional;
import java.util.Set;

/**
 * Whose desks somebody sees of what callers left: whoever is limited those within the limits; else
 * agents and supervisors those at which they have a seat, a supervisor without a seat, an auditor
 * and an administrator every one.
 */
record LeftSight(Views views) {
  /** Empty for those who see every desk. */
  Optional<Set<DeskId>> desks(Account account) {
    if (!account.limits().none()) {
      return Optional.of(views.within(account.limits()));
    }
    return switch (account.role()) {
      case ADMIN, AUDITOR -> Optional.empty();
      case SUPERVISOR -> account.agent().map(views::seats).filter(seats -> !seats.isEmpty());
      case AGENT -> Optional.of(account.agent().map(views::seats).orElse(Set.of()));
    };
  }

  boolean sees(Account account, DeskId desk) {
    return desks(account).map(desks -> desks.contains(desk)).orElse(true);
  }
}
