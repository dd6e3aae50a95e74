package cti.server.web.screen;

import cti.core.account.Account;
import cti.core.account.Role;
import cti.core.id.DeskId;
import cti.core.port.BigScreens;
import cti.core.port.BigScreens.Screen;
import cti.core.port.BigScreens.Shows;
import cti.core.port.DeskFigures;
import cti.server.web.http.Answer;
import cti.server.web.http.Body;
import cti.server.web.http.Fault;
import cti.server.web.http.Problem;
import cti.server.web.http.Request;
import cti.server.web.http.Route;
import cti.server.web.http.StoreThreads;
import cti.server.web.stream.LiveFeed;
import cti.server.web.view.Views;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Links for big screens: made, listed, revoked by supervisors of all the desks that they show. */
public final class BigScreensResource {
  private static final String SCREENS = "/api/v1/big-screens";
  private static final int MOST_DESKS = 100;
  private static final int USUAL_DAYS = 90;
  private static final int MOST_DAYS = 366;

  private final BigScreens store;
  private final ScreenLinks links;
  private final Views views;
  private final InstantSource clock;

  public BigScreensResource(BigScreens store, ScreenLinks links, Views views, InstantSource clock) {
    this.store = store;
    this.links = links;
    this.views = views;
    this.clock = clock;
  }

  /** The screens behind these links. */
  public static ScreenLinks links(
      LiveFeed feed,
      BigScreens store,
      DeskFigures figures,
      StoreThreads stores,
      Views views,
      InstantSource clock) {
    return new ScreenLinks(
        store, stores, clock, new ScreenBoards(feed, figures, stores, views, clock));
  }

  /**
   * A link, without its token.
   *
   * @param state in-force, expired, revoked
   * @param open screens that show it now
   */
  record BigScreenView(
      String id,
      String title,
      List<String> desks,
      boolean agentNames,
      boolean callerNames,
      boolean numbers,
      String by,
      Instant createdAt,
      Instant expiresAt,
      String state,
      Optional<Instant> revokedAt,
      Optional<String> revokedBy,
      Optional<Instant> lastSeen,
      long open) {}

  record BigScreensView(List<BigScreenView> items) {}

  /** The only time that the token is told. */
  record NewBigScreenView(BigScreenView screen, String token) {}

  public List<Route> routes() {
    return List.of(
        Route.open("GET", SCREENS + "/stream"),
        Route.of(Role.SUPERVISOR, "GET", SCREENS).answers(BigScreensView.class).stored(this::list),
        Route.of(Role.SUPERVISOR, "POST", SCREENS)
            .body(List.of("title", "desks", "agentNames", "callerNames", "numbers", "days"))
            .answers(NewBigScreenView.class)
            .stored(this::create),
        Route.of(Role.SUPERVISOR, "DELETE", SCREENS + "/{id}").stored(this::revoke));
  }

  private boolean mayHave(Account account, Set<DeskId> desks) {
    return account.limits().none() || views.within(account.limits()).containsAll(desks);
  }

  private Answer list(Request request) {
    Account account = request.signedIn().account();
    return Answer.json(
        new BigScreensView(
            store.all().stream()
                .filter(screen -> mayHave(account, screen.shows().desks()))
                .map(this::view)
                .toList()));
  }

  private Answer create(Request request) {
    Body body = request.body();
    Account by = request.signedIn().account();
    String title = body.text("title", 1, 60);
    Set<DeskId> desks =
        body.texts("desks", MOST_DESKS, 32).stream()
            .map(id -> Request.id("desks", id, DeskId::new))
            .collect(Collectors.toSet());
    if (desks.isEmpty()) {
      throw new Fault(Problem.invalid("desks is empty, expected at least one desk to show"));
    }
    Optional<DeskId> unknown =
        desks.stream().filter(desk -> views.desk(desk).isEmpty()).findFirst();
    if (unknown.isPresent()) {
      throw new Fault(Problem.invalid("desks has " + unknown.get() + ", expected desks on file"));
    }
    if (!mayHave(by, desks)) {
      throw new Fault(
          Problem.forbidden("desks " + desks + ", expected only desks that you are limited to"));
    }
    long days = body.has("days") ? body.number("days", 1) : USUAL_DAYS;
    if (days > MOST_DAYS) {
      throw new Fault(Problem.invalid("days is " + days + ", expected 1 to " + MOST_DAYS));
    }
    String token = links.newToken();
    Screen screen =
        store.add(
            title,
            new Shows(
                desks, body.flag("agentNames"), body.flag("callerNames"), body.flag("numbers")),
            ScreenLinks.hash(token),
            clock.instant().plus(Duration.ofDays(days)),
            by.user());
    return Answer.json(201, new NewBigScreenView(view(screen), token));
  }

  private Answer revoke(Request request) {
    Account by = request.signedIn().account();
    String id = request.path("id", text -> text);
    Optional<Screen> screen =
        id.matches("[0-9]{1,18}") ? store.one(Long.parseLong(id)) : Optional.empty();
    if (screen.isPresent() && !mayHave(by, screen.get().shows().desks())) {
      return Answer.problem(
          Problem.forbidden("link " + id + ", expected one of desks that you are limited to"));
    }
    if (screen.flatMap(found -> store.revoke(found.id(), by.user())).isEmpty()) {
      return Answer.problem(
          Problem.notFound("no-such-screen", "link " + id + ", expected one in force"));
    }
    links.revoked(screen.get().id());
    return Answer.noContent();
  }

  private BigScreenView view(Screen screen) {
    String state =
        screen.revokedAt().isPresent()
            ? "revoked"
            : screen.lasts(clock.instant()) ? "in-force" : "expired";
    return new BigScreenView(
        Long.toString(screen.id()),
        screen.title(),
        screen.shows().desks().stream().map(DeskId::value).sorted().toList(),
        screen.shows().agentNames(),
        screen.shows().callerNames(),
        screen.shows().numbers(),
        screen.by(),
        screen.createdAt(),
        screen.expiresAt(),
        state,
        screen.revokedAt(),
        screen.revokedBy(),
        screen.lastSeen(),
        links.openOf(screen.id()));
  }
}
