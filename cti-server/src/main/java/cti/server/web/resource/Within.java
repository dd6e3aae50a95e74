package cti.server.web.resource;

import cti.core.account.Account;
import cti.core.account.Limits;
import cti.core.id.AgentId;
import cti.core.id.DeskId;
import cti.core.id.SiteId;
import cti.server.web.http.Fault;
import cti.server.web.http.Problem;
import cti.server.web.view.Views;
import java.util.Set;

/**
 * Refuses with 403 what lies beyond the sites and desks that an account is limited to; whoever is
 * not limited passes.
 */
final class Within {
  private Within() {}

  static void desk(Account account, DeskId desk, Views views) {
    if (!account.limits().none() && !views.within(account.limits()).contains(desk)) {
      throw new Fault(
          Problem.forbidden("desk " + desk + ", expected a desk that you are limited to"));
    }
  }

  /** Oneself, or an agent with a seat at a desk of theirs. */
  static void agent(Account account, AgentId agent, Views views) {
    boolean oneself = account.agent().filter(agent::equals).isPresent();
    if (!oneself && !views.within(account.limits(), agent)) {
      throw new Fault(
          Problem.forbidden(
              "agent " + agent + ", expected one with a seat at a desk that you are limited to"));
    }
  }

  /**
   * @param sites that something is of; none stands for every site
   */
  static void sites(Account account, Set<SiteId> sites) {
    Limits limits = account.limits();
    if (!limits.none() && (sites.isEmpty() || !limits.sites().containsAll(sites))) {
      throw new Fault(
          Problem.forbidden(
              "sites "
                  + sites.stream().sorted().toList()
                  + ", expected at least one, and only sites that you are limited to"));
    }
  }

  /**
   * @param what is of every desk, in words
   */
  static void everything(Account account, String what) {
    if (!account.limits().none()) {
      throw new Fault(
          Problem.forbidden(
              "you are limited to some sites and desks, " + what + ", expected no limits"));
    }
  }
}
