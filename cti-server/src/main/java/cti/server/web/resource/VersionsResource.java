package cti.server.web.resource;

import cti.core.account.Role;
import cti.core.port.VersionedTexts;
import cti.core.port.VersionedTexts.Draft;
import cti.core.port.VersionedTexts.Published;
import cti.core.port.VersionedTexts.Saved;
import cti.core.port.VersionedTexts.Version;
import cti.server.routing.LineDiff;
import cti.server.web.http.Answer;
import cti.server.web.http.Body;
import cti.server.web.http.Fault;
import cti.server.web.http.Problem;
import cti.server.web.http.Request;
import cti.server.web.http.Route;
import cti.server.web.resource.RoutingViews.DiffView;
import cti.server.web.resource.RoutingViews.DraftTextView;
import cti.server.web.resource.RoutingViews.DraftView;
import cti.server.web.resource.RoutingViews.DraftsView;
import cti.server.web.resource.RoutingViews.PublishedView;
import cti.server.web.resource.RoutingViews.SaidView;
import cti.server.web.resource.RoutingViews.SavedDraftView;
import cti.server.web.resource.RoutingViews.VersionTextView;
import cti.server.web.resource.RoutingViews.VersionView;
import cti.server.web.resource.RoutingViews.VersionsView;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Versions and drafts of a text that leads calls: supervisors read, administrators change. */
public final class VersionsResource {
  private static final String NAME = "[a-z0-9-]{1,40}";

  private final VersionedTexts texts;
  private final Of of;

  public VersionsResource(VersionedTexts texts, Of of) {
    this.texts = texts;
    this.of = of;
  }

  /** Which text. */
  public enum Of {
    RULES("/api/v1/routing", "the rules", "faulty-rules", "The rules have faults"),
    FLOW("/api/v1/ivr", "the flow", "faulty-flow", "The flow has faults");

    private final String path;
    private final String name;
    private final String problem;
    private final String title;

    Of(String path, String name, String problem, String title) {
      this.path = path;
      this.name = name;
      this.problem = problem;
      this.title = title;
    }

    /** A text of this kind cannot be used. */
    Problem faulty(List<String> faults) {
      return new Problem(
          problem, title, 422, faults.size() + " faults: " + String.join(" | ", faults), faults);
    }
  }

  public List<Route> routes() {
    String versions = of.path + "/versions";
    String drafts = of.path + "/drafts";
    return List.of(
        Route.of(Role.SUPERVISOR, "GET", versions)
            .answers(VersionsView.class)
            .stored(this::versions),
        Route.of(Role.SUPERVISOR, "GET", versions + "/{id}")
            .answers(VersionTextView.class)
            .stored(this::version),
        Route.of(Role.ADMIN, "POST", versions + "/{id}/rollback")
            .body(List.of("comment"))
            .answers(PublishedView.class)
            .stored(this::rollBack),
        Route.of(Role.ADMIN, "POST", versions + "/{id}/withdraw")
            .answers(PublishedView.class)
            .stored(this::withdraw),
        Route.of(Role.SUPERVISOR, "GET", of.path + "/diff")
            .query("from", "to")
            .answers(DiffView.class)
            .stored(this::diff),
        Route.of(Role.SUPERVISOR, "GET", drafts).answers(DraftsView.class).stored(this::drafts),
        Route.of(Role.SUPERVISOR, "GET", drafts + "/{id}")
            .answers(DraftTextView.class)
            .stored(this::draft),
        Route.of(Role.ADMIN, "PUT", drafts + "/{id}")
            .body(List.of("yaml", "revision"))
            .answers(SavedDraftView.class)
            .stored(this::save),
        Route.of(Role.ADMIN, "DELETE", drafts + "/{id}").stored(this::drop),
        Route.of(Role.ADMIN, "POST", drafts + "/{id}/publish")
            .body(List.of("comment", "at"))
            .answers(PublishedView.class)
            .stored(this::publish));
  }

  private Answer versions(Request request) {
    int inForce = texts.inForce();
    return Answer.json(
        new VersionsView(
            inForce,
            texts.versions().stream().map(version -> VersionView.of(version, inForce)).toList()));
  }

  private Answer version(Request request) {
    Version version = found(number(request));
    return Answer.json(
        new VersionTextView(VersionView.of(version, texts.inForce()), version.yaml()));
  }

  private Version found(int number) {
    return texts
        .version(number)
        .orElseThrow(
            () ->
                new Fault(
                    Problem.notFound(
                        "no-such-version", "there is no version " + number + " of " + of.name)));
  }

  private static int number(Request request) {
    return request.path(
        "id",
        text -> {
          if (!text.matches("[0-9]{1,9}")) {
            throw new IllegalArgumentException("expected the number of a version");
          }
          return Integer.parseInt(text);
        });
  }

  private static String name(Request request) {
    return request.path("id", VersionsResource::checkedName);
  }

  private static String checkedName(String text) {
    if (!text.matches(NAME)) {
      throw new IllegalArgumentException("expected 1 to 40 of a-z 0-9 -");
    }
    return text;
  }

  private Answer rollBack(Request request) {
    int number = number(request);
    String comment = request.body().text("comment", 1, 500);
    return published(texts.rollBack(number, comment, user(request)));
  }

  private Answer withdraw(Request request) {
    return published(texts.withdraw(number(request), user(request)));
  }

  private Answer publish(Request request) {
    Body body = request.body();
    String comment = body.text("comment", 1, 500);
    Optional<Instant> at = body.optionalText("at", 1, 40).map(text -> instant("at", text));
    return published(texts.publish(name(request), comment, at, user(request)));
  }

  static Instant instant(String field, String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new Fault(
          Problem.invalid(
              field + " is \"" + text + "\", expected a time like 2026-01-31T08:30:00Z"));
    }
  }

  private static String user(Request request) {
    return request.signedIn().account().user();
  }

  private Answer published(Published published) {
    return switch (published) {
      case Published.Done done ->
          Answer.json(
              new PublishedView(VersionView.of(done.version(), texts.inForce()), done.warnings()));
      case Published.NoSuchDraft no -> Answer.problem(noDraft(no.name()));
      case Published.NoSuchVersion no ->
          Answer.problem(
              Problem.notFound(
                  "no-such-version", "there is no version " + no.number() + " of " + of.name));
      case Published.Faulty faulty -> Answer.problem(of.faulty(faulty.faults()));
      case Published.Outdated outdated ->
          Answer.problem(
              Problem.of(
                  409,
                  "outdated-draft",
                  "Another version was published since",
                  "the draft was begun from version "
                      + outdated.basedOn()
                      + ", the last one is "
                      + outdated.last()
                      + "; begin a new draft from that"));
      case Published.Refused refused ->
          Answer.problem(Problem.of(409, "not-possible", "That is not possible", refused.why()));
    };
  }

  private static Problem noDraft(String name) {
    return Problem.notFound("no-such-draft", "there is no draft " + name);
  }

  private Answer diff(Request request) {
    String from = request.query().text("from", 60).orElseGet(() -> inForce());
    String to =
        request
            .query()
            .text("to", 60)
            .orElseThrow(
                () ->
                    new Fault(
                        Problem.invalid(
                            "to is missing, expected the number of a version or the name of a"
                                + " draft")));
    return Answer.json(new DiffView(from, to, LineDiff.of(from, text(from), to, text(to))));
  }

  private String inForce() {
    return Integer.toString(texts.inForce());
  }

  /** Of a version, where it is a number, else of a draft. */
  private String text(String which) {
    if (which.matches("[0-9]{1,9}")) {
      return found(Integer.parseInt(which)).yaml();
    }
    return draft(Request.id("name", which, VersionsResource::checkedName)).yaml();
  }

  private Draft draft(String name) {
    return texts.draft(name).orElseThrow(() -> new Fault(noDraft(name)));
  }

  private Answer drafts(Request request) {
    return Answer.json(new DraftsView(texts.drafts().stream().map(DraftView::of).toList()));
  }

  private Answer draft(Request request) {
    Draft draft = draft(name(request));
    return Answer.json(new DraftTextView(DraftView.of(draft), draft.yaml()));
  }

  private Answer save(Request request) {
    Body body = request.body();
    String yaml = body.secret("yaml", VersionedTexts.LONGEST);
    int revision = (int) Math.min(body.number("revision", 0), Integer.MAX_VALUE);
    return switch (texts.saveDraft(name(request), yaml, revision, user(request))) {
      case Saved.Done done ->
          Answer.json(
              new SavedDraftView(
                  DraftView.of(done.draft()),
                  done.checked().faults(),
                  done.checked().warnings(),
                  SaidView.of(done.checked().faults(), done.checked().warnings())));
      case Saved.Changed changed ->
          Answer.problem(
              Problem.of(
                  409,
                  "draft-changed",
                  "Somebody else changed it",
                  "revision is "
                      + revision
                      + ", expected "
                      + changed.now().revision()
                      + ", changed by "
                      + changed.now().author()
                      + " at "
                      + changed.now().changedAt()));
    };
  }

  private Answer drop(Request request) {
    String name = name(request);
    return texts.dropDraft(name, user(request))
        ? Answer.noContent()
        : Answer.problem(noDraft(name));
  }
}
