package cti.server.web.resource;

import cti.core.account.Account;
import cti.core.id.DeskId;
import cti.server.web.view.Views;
import java.util.Optional;
import java.util.Set;

/**
 * Whose desks somebody sees of what callers left: agents and supervisors those at which they have a
 * seat, a supervisor without a seat and an administrator every one.
 */
record LeftSight(Views views) {
  /** Empty for those who see every desk. */
  Optional<Set<DeskId>> desks(Account account) {
    return switch (account.role()) {
      case ADMIN -> Optional.empty();
      case SUPERVISOR -> account.agent().map(views::seats).filter(seats -> !seats.isEmpty());
      case AGENT -> Optional.of(account.agent().map(views::seats).orElse(Set.of()));
    };
  }

  boolean sees(Account account, DeskId desk) {
    return desks(account).map(desks -> desks.contains(desk)).orElse(true);
  }
}
