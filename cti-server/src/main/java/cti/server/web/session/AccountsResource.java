package cti.server.web.session;

import cti.core.account.Account;
import cti.core.account.Limits;
import cti.core.account.Role;
import cti.core.id.AgentId;
import cti.core.id.DeskId;
import cti.core.id.SiteId;
import cti.core.port.AccountEditing;
import cti.core.port.AccountEditing.Edited;
import cti.core.port.AccountEditing.Listed;
import cti.core.port.Catalog;
import cti.server.web.http.Answer;
import cti.server.web.http.Body;
import cti.server.web.http.Fault;
import cti.server.web.http.Problem;
import cti.server.web.http.Request;
import cti.server.web.http.Route;
import cti.server.web.http.Words;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who may sign in, for administrators. */
public final class AccountsResource {
  private static final String ACCOUNTS = "/api/v1/accounts";
  private static final String ONE = ACCOUNTS + "/{id}";
  private static final int MOST_LIMITS = 200;
  private static final List<String> FACTS = List.of("name", "role", "agent", "sites", "desks");

  private final AccountEditing accounts;
  private final Sessions sessions;
  private final Catalog catalog;
  private final Consumer<String> changed;

  /**
   * @param changed is told the user of each account that was changed or removed; may block
   */
  public AccountsResource(
      AccountEditing accounts, Sessions sessions, Catalog catalog, Consumer<String> changed) {
    this.accounts = accounts;
    this.sessions = sessions;
    this.catalog = catalog;
    this.changed = changed;
  }

  /**
   * An account; {@code password} is there once, in the answer to what made it.
   *
   * @param oneTimePassword whether its owner has yet to choose a password
   */
  record AccountView(
      String user,
      String name,
      String role,
      Optional<String> agent,
      List<String> sites,
      List<String> desks,
      boolean oneTimePassword,
      int sessions,
      Optional<Instant> lastUsedAt,
      Optional<Instant> lockedUntil,
      Optional<String> password) {
    static AccountView of(Listed listed) {
      return of(
          listed.account(),
          listed.sessions(),
          listed.lastUsedAt(),
          listed.lockedUntil(),
          Optional.empty());
    }

    static AccountView of(Account account, Optional<String> password) {
      return of(account, 0, Optional.empty(), Optional.empty(), password);
    }

    private static AccountView of(
        Account account,
        int sessions,
        Optional<Instant> lastUsedAt,
        Optional<Instant> lockedUntil,
        Optional<String> password) {
      return new AccountView(
          account.user(),
          account.name(),
          Words.of(account.role()),
          account.agent().map(AgentId::value),
          account.limits().sites().stream().map(SiteId::value).sorted().toList(),
          account.limits().desks().stream().map(DeskId::value).sorted().toList(),
          account.mustChangePassword() || password.isPresent(),
          sessions,
          lastUsedAt,
          lockedUntil,
          password);
    }
  }

  record AccountsView(List<AccountView> items) {}

  public List<Route> routes() {
    return List.of(
        Route.of(Role.ADMIN, "GET", ACCOUNTS).answers(AccountsView.class).stored(this::list),
        Route.of(Role.ADMIN, "POST", ACCOUNTS)
            .body(Stream.concat(Stream.of("user"), FACTS.stream()).toList())
            .answers(AccountView.class)
            .stored(this::add),
        Route.of(Role.ADMIN, "PUT", ONE)
            .body(FACTS)
            .answers(AccountView.class)
            .stored(this::change),
        Route.of(Role.ADMIN, "POST", ONE + "/reset")
            .answers(AccountView.class)
            .stored(request -> answer(accounts.reset(user(request), by(request)), request)),
        Route.of(Role.ADMIN, "DELETE", ONE + "/sessions")
            .stored(
                request -> gone(answer(accounts.endSessions(user(request), by(request)), request))),
        Route.of(Role.ADMIN, "DELETE", ONE)
            .stored(request -> gone(answer(accounts.remove(user(request), by(request)), request))));
  }

  private Answer list(Request request) {
    return Answer.json(
        new AccountsView(accounts.accounts().stream().map(AccountView::of).toList()));
  }

  private Answer add(Request request) {
    String user = request.body().text("user", 1, 64);
    return answer(accounts.add(read(user, true, request.body()), by(request)), request);
  }

  private Answer change(Request request) {
    return answer(
        accounts.change(read(user(request), false, request.body()), by(request)), request);
  }

  private Account read(String user, boolean oneTime, Body body) {
    Role role =
        body.oneOf("role", Role.class)
            .orElseThrow(
                () ->
                    new Fault(
                        Problem.invalid(
                            "role is missing, expected one of " + Words.all(Role.class))));
    Optional<AgentId> agent =
        body.optionalText("agent", 0, 32)
            .filter(text -> !text.isBlank())
            .map(text -> Request.id("agent", text, AgentId::new));
    agent.ifPresent(this::checkAgent);
    if (role == Role.AUDITOR && agent.isPresent()) {
      throw new Fault(
          Problem.invalid("agent is " + agent.get() + ", expected none: auditors take no calls"));
    }
    if (role == Role.AGENT && agent.isEmpty()) {
      throw new Fault(Problem.invalid("agent is missing, expected the number of an agent"));
    }
    return new Account(user, body.text("name", 1, 100).strip(), role, agent, oneTime, limits(body));
  }

  private void checkAgent(AgentId agent) {
    if (catalog.agents().stream().noneMatch(one -> one.id().equals(agent))) {
      throw new Fault(Problem.invalid("agent is " + agent + ", expected one that is on file"));
    }
  }

  private Limits limits(Body body) {
    Set<SiteId> sites =
        body.texts("sites", MOST_LIMITS, 32).stream()
            .map(text -> Request.id("sites", text, SiteId::new))
            .collect(Collectors.toSet());
    Set<DeskId> desks =
        body.texts("desks", MOST_LIMITS, 32).stream()
            .map(text -> Request.id("desks", text, DeskId::new))
            .collect(Collectors.toSet());
    sites.forEach(
        id -> {
          if (catalog.sites().stream().noneMatch(site -> site.id().equals(id))) {
            throw new Fault(Problem.invalid("sites has " + id + ", expected one on file"));
          }
        });
    desks.forEach(
        id -> {
          if (catalog.desks().stream().noneMatch(desk -> desk.id().equals(id))) {
            throw new Fault(Problem.invalid("desks has " + id + ", expected one on file"));
          }
        });
    return new Limits(sites, desks);
  }

  /** Sessions that are in use end with those of the store, and so do their streams. */
  private Answer answer(Edited edited, Request request) {
    return switch (edited) {
      case Edited.Done(Account account) -> {
        sessions.endAllOf(account.user());
        changed.accept(account.user());
        yield Answer.json(AccountView.of(account, Optional.empty()));
      }
      case Edited.Made(Account account, AccountEditing.OneTimePassword password) -> {
        sessions.endAllOf(account.user());
        changed.accept(account.user());
        int status = request.path().containsKey("id") ? 200 : 201;
        yield Answer.json(status, AccountView.of(account, Optional.of(password.reveal())));
      }
      case Edited.NoSuchUser(String user) ->
          Answer.problem(
              Problem.notFound("no-such-user", "user " + user + ", expected one with an account"));
      case Edited.AlreadyThere(String user) ->
          Answer.problem(
              Problem.of(
                  409,
                  "already-there",
                  "There is one already",
                  "user " + user + " is taken, expected a new name"));
      case Edited.LastAdmin(String user) ->
          Answer.problem(
              Problem.of(
                  409,
                  "last-admin",
                  "It cannot be done",
                  "user " + user + " is the last administrator, expected another one first"));
      case Edited.Faulty(String reason) -> Answer.problem(Problem.invalid(reason));
    };
  }

  private static Answer gone(Answer answer) {
    return answer.status() == 200 ? Answer.noContent() : answer;
  }

  private static String user(Request request) {
    return request.path("id", text -> text);
  }

  private static String by(Request request) {
    return request.signedIn().account().user();
  }
}
