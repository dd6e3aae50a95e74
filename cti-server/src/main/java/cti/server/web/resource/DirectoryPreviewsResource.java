package cti.server.web.resource;

import cti.core.account.Role;
import cti.core.directory.DepartmentPath;
import cti.core.directory.GoneRule;
import cti.core.directory.StaffChange;
import cti.core.port.DirectoryFiles;
import cti.core.port.DirectoryPreviews;
import cti.core.port.DirectoryPreviews.Format;
import cti.core.port.DirectoryPreviews.Preview;
import cti.core.port.DirectoryPreviews.Taken;
import cti.server.web.http.Answer;
import cti.server.web.http.Body;
import cti.server.web.http.Problem;
import cti.server.web.http.Request;
import cti.server.web.http.Route;
import cti.server.web.http.Words;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The directory as files, and changes of many people: supervisors read, administrators change. */
public final class DirectoryPreviewsResource {
  static final String PREVIEWS = "/api/v1/directory/previews";

  private static final Logger log = LoggerFactory.getLogger(DirectoryPreviewsResource.class);
  private static final String ONE = PREVIEWS + "/{id}";
  private static final String CSV = "text/csv";
  private static final String XLSX =
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

  /** Of a file: a hundred thousand people in CSV are about 20 MB. */
  private static final int MOST_BYTES = 32 << 20;

  private final DirectoryPreviews previews;
  private final DirectoryFiles files;

  public DirectoryPreviewsResource(DirectoryPreviews previews, DirectoryFiles files) {
    this.previews = previews;
    this.files = files;
  }

  record PreviewsView(List<PreviewView> items) {}

  record FieldChangeView(String field, String before, String after) {}

  record StaffChangeView(String kind, String staff, String name, List<FieldChangeView> fields) {
    static StaffChangeView of(StaffChange change) {
      return new StaffChangeView(
          Words.of(change.kind()),
          change.staff().value(),
          change.after().or(change::before).orElseThrow().name(),
          change.fields().stream()
              .map(
                  field ->
                      new FieldChangeView(field.field().column(), field.before(), field.after()))
              .toList());
    }
  }

  record StaffChangesView(List<StaffChangeView> items, int total) {}

  /** A fault by its place; row and column as in the file, or the person or entry it is about. */
  record RowFaultView(
      int row, String column, String place, String message, String code, List<String> values) {}

  record RowFaultsView(List<RowFaultView> items, int total) {}

  public List<Route> routes() {
    return List.of(
        Route.of(Role.SUPERVISOR, "GET", "/api/v1/directory/export")
            .query("format")
            .stored(request -> file("staff", format(request), files::export)),
        Route.of(Role.SUPERVISOR, "GET", "/api/v1/directory/template")
            .query("format")
            .stored(request -> file("staff-template", format(request), files::template)),
        Route.of(Role.ADMIN, "POST", "/api/v1/directory/imports")
            .query("gone")
            .answers(PreviewView.class)
            .uploaded(List.of(CSV, XLSX), MOST_BYTES, this::upload),
        Route.of(Role.ADMIN, "POST", "/api/v1/directory/departments/move")
            .body(List.of("from", "to"))
            .answers(PreviewView.class)
            .stored(this::moveDepartment),
        Route.of(Role.SUPERVISOR, "GET", PREVIEWS)
            .answers(PreviewsView.class)
            .stored(
                request ->
                    Answer.json(
                        new PreviewsView(previews.all().stream().map(PreviewView::of).toList()))),
        Route.of(Role.SUPERVISOR, "GET", ONE).answers(PreviewView.class).stored(this::one),
        Route.of(Role.SUPERVISOR, "GET", ONE + "/changes")
            .query("kind", "from", "limit")
            .answers(StaffChangesView.class)
            .stored(this::changes),
        Route.of(Role.SUPERVISOR, "GET", ONE + "/faults")
            .query("from", "limit")
            .answers(RowFaultsView.class)
            .stored(this::faults),
        Route.of(Role.ADMIN, "POST", ONE + "/apply")
            .body(List.of("token"))
            .answers(PreviewView.class)
            .stored(this::apply),
        Route.of(Role.ADMIN, "DELETE", ONE).stored(this::discard));
  }

  private static Format format(Request request) {
    return request.query().oneOf("format", Format.class).orElse(Format.CSV);
  }

  private interface Writing {
    byte[] write(Format format);
  }

  private static Answer file(String name, Format format, Writing writing) {
    return new Answer(
            200,
            format == Format.CSV ? CSV + "; charset=utf-8" : XLSX,
            writing.write(format),
            List.of())
        .with(
            "Content-Disposition",
            "attachment; filename=\"" + name + "." + Words.of(format) + "\"");
  }

  private Answer upload(Request request) {
    if (request.content().length == 0) {
      return Answer.problem(Problem.invalid("the file is empty, expected CSV or XLSX"));
    }
    boolean csv =
        request
            .headers()
            .get(HttpHeaderNames.CONTENT_TYPE, "")
            .toLowerCase(Locale.ROOT)
            .startsWith(CSV);
    return PreviewView.begun(
        previews.file(
            request.content(),
            csv ? Format.CSV : Format.XLSX,
            request.query().oneOf("gone", GoneRule.class).orElse(GoneRule.KEEP),
            by(request)));
  }

  private Answer moveDepartment(Request request) {
    Body body = request.body();
    DepartmentPath from = Request.id("from", body.text("from", 1, 500), DepartmentPath::parse);
    DepartmentPath to = Request.id("to", body.text("to", 1, 500), DepartmentPath::parse);
    return PreviewView.begun(previews.moveDepartment(from, to, by(request)));
  }

  private Answer one(Request request) {
    return previews
        .find(id(request))
        .map(preview -> Answer.json(PreviewView.of(preview)))
        .orElseGet(() -> noSuchPreview(request));
  }

  private Answer changes(Request request) {
    return previews
        .changes(
            id(request),
            request.query().oneOf("kind", StaffChange.Kind.class),
            from(request),
            Cursor.limit(request))
        .map(
            part ->
                Answer.json(
                    new StaffChangesView(
                        part.items().stream().map(StaffChangeView::of).toList(), part.total())))
        .orElseGet(() -> noSuchPreview(request));
  }

  private Answer faults(Request request) {
    return previews
        .faults(id(request), from(request), Cursor.limit(request))
        .map(
            part ->
                Answer.json(
                    new RowFaultsView(
                        part.items().stream()
                            .map(
                                fault ->
                                    new RowFaultView(
                                        fault.row(),
                                        fault.column(),
                                        fault.place(),
                                        fault.what().text(),
                                        fault.what().code(),
                                        fault.what().values()))
                            .toList(),
                        part.total())))
        .orElseGet(() -> noSuchPreview(request));
  }

  private Answer apply(Request request) {
    String token = request.body().text("token", 1, 128);
    Taken taken = previews.apply(id(request), token, by(request));
    log.info(
        "web: user={} applies preview {}: {}",
        by(request),
        id(request),
        taken.getClass().getSimpleName());
    return taken(taken, request, preview -> Answer.json(PreviewView.of(preview)));
  }

  private Answer discard(Request request) {
    return taken(previews.discard(id(request)), request, preview -> Answer.noContent());
  }

  private static Answer taken(Taken taken, Request request, Function<Preview, Answer> done) {
    return switch (taken) {
      case Taken.Done(Preview preview) -> done.apply(preview);
      case Taken.NoSuchPreview() -> noSuchPreview(request);
      case Taken.Refused(String id, String reason) ->
          Answer.problem(Problem.of(409, id, "It cannot be done", reason));
    };
  }

  private static String id(Request request) {
    return request.path("id", text -> text);
  }

  private static int from(Request request) {
    return request.query().number("from", 0, 1_000_000, 0);
  }

  private static Answer noSuchPreview(Request request) {
    return Answer.problem(
        Problem.notFound(
            "no-such-preview", "preview " + id(request) + ", expected one of GET " + PREVIEWS));
  }

  private static String by(Request request) {
    return request.signedIn().account().user();
  }
}
