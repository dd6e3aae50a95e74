package cti.server.web.resource;

import cti.core.account.Account;
import cti.core.account.Role;
import cti.core.id.DeskId;
import cti.core.port.DeskNotes;
import cti.core.port.DeskNotes.Note;
import cti.server.web.http.Answer;
import cti.server.web.http.Body;
import cti.server.web.http.Fault;
import cti.server.web.http.Problem;
import cti.server.web.http.Request;
import cti.server.web.http.Route;
import cti.server.web.http.StoreThreads;
import cti.server.web.stream.LiveFeed;
import cti.server.web.view.NoteView;
import cti.server.web.view.Views;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/**
 * What supervisors say to the desks, until it expires: told to whoever is there, and to whoever
 * comes later. A limited supervisor reaches the desks that they are limited to.
 */
public final class NotesResource {
  private static final String NOTES = "/api/v1/notes";
  private static final int LONGEST = 300;
  private static final int MOST_DESKS = 200;
  private static final int USUAL_MINUTES = 480;
  private static final int MOST_MINUTES = 10_080;

  private final LiveFeed feed;
  private final DeskNotes notes;
  private final StoreThreads stores;
  private final Views views;
  private final InstantSource clock;

  public NotesResource(
      LiveFeed feed, DeskNotes notes, StoreThreads stores, Views views, InstantSource clock) {
    this.feed = feed;
    this.notes = notes;
    this.stores = stores;
    this.views = views;
    this.clock = clock;
  }

  record NotesView(List<NoteView> items) {}

  public List<Route> routes() {
    return List.of(
        Route.of(Role.AGENT, "GET", NOTES).answers(NotesView.class).live(this::list),
        Route.of(Role.SUPERVISOR, "POST", NOTES)
            .body(List.of("text", "desks", "minutes"))
            .answers(NoteView.class)
            .stored(this::note),
        Route.of(Role.SUPERVISOR, "DELETE", NOTES + "/{id}").stored(this::withdraw));
  }

  /** Those that somebody would have been told, and what they wrote themselves. */
  private CompletionStage<Answer> list(Request request) {
    String user = request.signedIn().account().user();
    return feed.ask(request.signedIn(), (picture, scope) -> scope)
        .thenCompose(
            scope ->
                stores.run(
                    () ->
                        Answer.json(
                            new NotesView(
                                notes.now().stream()
                                    .filter(
                                        note ->
                                            scope.everything()
                                                || note.desks().isEmpty()
                                                || note.by().equals(user)
                                                || !Collections.disjoint(
                                                    note.desks(), scope.desks()))
                                    .map(NoteView::of)
                                    .toList()))));
  }

  private Answer note(Request request) {
    Body body = request.body();
    String text = body.text("text", 1, LONGEST);
    long minutes = body.has("minutes") ? body.number("minutes", 1) : USUAL_MINUTES;
    if (minutes > MOST_MINUTES) {
      throw new Fault(Problem.invalid("minutes is " + minutes + ", expected 1 to " + MOST_MINUTES));
    }
    Account by = request.signedIn().account();
    Set<DeskId> desks =
        body.texts("desks", MOST_DESKS, 32).stream()
            .map(id -> Request.id("desks", id, DeskId::new))
            .collect(Collectors.toSet());
    Set<DeskId> reached = views.within(by.limits());
    Optional<DeskId> beyond = desks.stream().filter(desk -> !reached.contains(desk)).findFirst();
    if (beyond.isPresent()) {
      return Answer.problem(
          Problem.invalid("desks has " + beyond.get() + ", expected desks that you see"));
    }
    Set<DeskId> to = desks.isEmpty() && !by.limits().none() ? reached : desks;
    Instant now = clock.instant();
    Note kept =
        notes.add(
            new Note(
                0, text, to, by.user(), by.name(), now, now.plus(Duration.ofMinutes(minutes))));
    NoteView view = NoteView.of(kept);
    feed.note(view, kept.desks(), false);
    return Answer.json(201, view);
  }

  private Answer withdraw(Request request) {
    Account by = request.signedIn().account();
    String id = request.path("id", text -> text);
    Optional<Note> note =
        id.matches("[0-9]{1,18}")
            ? notes.now().stream().filter(one -> Long.toString(one.id()).equals(id)).findFirst()
            : Optional.empty();
    if (note.isPresent() && !mayWithdraw(by, note.get())) {
      return Answer.problem(
          Problem.forbidden("note " + id + ", expected one for desks that you are limited to"));
    }
    Optional<Note> withdrawn = note.flatMap(one -> notes.withdraw(one.id(), by.user()));
    if (withdrawn.isEmpty()) {
      return Answer.problem(
          Problem.notFound("no-such-note", "note " + id + ", expected one that is in force"));
    }
    feed.note(NoteView.of(withdrawn.get()), withdrawn.get().desks(), true);
    return Answer.noContent();
  }

  private boolean mayWithdraw(Account by, Note note) {
    return by.limits().none()
        || note.by().equals(by.user())
        || !note.desks().isEmpty() && views.within(by.limits()).containsAll(note.desks());
  }
}
