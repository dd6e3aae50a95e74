package cti.server.web.resource;

import cti.core.account.Account;
import cti.core.account.Role;
import cti.core.id.DeskId;
import cti.server.web.http.Answer;
import cti.server.web.http.Body;
import cti.server.web.http.Problem;
import cti.server.web.http.Request;
import cti.server.web.http.Route;
import cti.server.web.stream.LiveFeed;
import cti.server.web.view.Views;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What supervisors say to the desks: shown to whoever is there, kept nowhere but in the log. A
 * limited supervisor reaches the desks that they are limited to.
 */
public final class NotesResource {
  private static final Logger log = LoggerFactory.getLogger(NotesResource.class);
  private static final int LONGEST = 300;
  private static final int MOST_DESKS = 200;

  private final LiveFeed feed;
  private final Views views;

  public NotesResource(LiveFeed feed, Views views) {
    this.feed = feed;
    this.views = views;
  }

  public List<Route> routes() {
    return List.of(
        Route.of(Role.SUPERVISOR, "POST", "/api/v1/notes")
            .body(List.of("text", "desks"))
            .live(this::note));
  }

  private CompletionStage<Answer> note(Request request) {
    Body body = request.body();
    String text = body.text("text", 1, LONGEST).strip();
    Account by = request.signedIn().account();
    Set<DeskId> desks =
        body.texts("desks", MOST_DESKS, 32).stream()
            .map(id -> Request.id("desks", id, DeskId::new))
            .collect(Collectors.toSet());
    return CompletableFuture.completedFuture(tell(by, text, desks));
  }

  private Answer tell(Account by, String text, Set<DeskId> desks) {
    if (text.isEmpty()) {
      return Answer.problem(Problem.invalid("text is blank, expected 1 to 300 characters"));
    }
    Set<DeskId> reached = views.within(by.limits());
    Optional<DeskId> beyond = desks.stream().filter(desk -> !reached.contains(desk)).findFirst();
    if (beyond.isPresent()) {
      return Answer.problem(
          Problem.invalid("desks has " + beyond.get() + ", expected desks that you see"));
    }
    Set<DeskId> to = desks.isEmpty() && !by.limits().none() ? reached : desks;
    log.info("audit: user={} notes to desks={}: {}", by.user(), to.isEmpty() ? "all" : to, text);
    return feed.note(by.name(), text, to)
        ? Answer.noContent()
        : Answer.problem(Problem.of(503, "overloaded", "Nobody was told", "try again shortly"))
            .with("Retry-After", "1");
  }
}
