package cti.server.web.resource;

import cti.core.account.Role;
import cti.core.desk.MasterFacts;
import cti.core.desk.Site;
import cti.core.desk.Site.ExtensionRange;
import cti.core.desk.SiteKind;
import cti.core.desk.SiteRules;
import cti.core.id.SiteId;
import cti.core.port.DirectoryPreviews;
import cti.core.port.MasterEditing;
import cti.core.port.MasterRecords;
import cti.core.port.MasterRecords.Placed;
import cti.server.web.http.Answer;
import cti.server.web.http.Body;
import cti.server.web.http.Fault;
import cti.server.web.http.Problem;
import cti.server.web.http.Request;
import cti.server.web.http.Route;
import cti.server.web.http.Words;
import java.util.List;
import java.util.Optional;

/** Sites and their dial plans: supervisors read, administrators change. */
public final class MasterSitesResource {
  private static final String SITES = "/api/v1/master/sites";
  private static final int MOST_RANGES = 100;

  private final MasterEditing master;
  private final DirectoryPreviews previews;

  public MasterSitesResource(MasterEditing master, DirectoryPreviews previews) {
    this.master = master;
    this.previews = previews;
  }

  record SiteRecordView(
      String id,
      String name,
      String kind,
      String areaCode,
      List<String> extensions,
      String directPrefix,
      String outsidePrefix,
      int ordinal,
      String version) {
    static SiteRecordView of(Placed<Site> placed) {
      Site site = placed.it();
      return new SiteRecordView(
          site.id().value(),
          site.name(),
          Words.of(site.kind()),
          site.areaCode(),
          site.extensions().stream().map(ExtensionRange::toString).toList(),
          site.directPrefix(),
          site.outsidePrefix(),
          placed.ordinal(),
          MasterRecords.version(MasterFacts.of(site, placed.ordinal())));
    }
  }

  record SiteRecordsView(List<SiteRecordView> items) {}

  public List<Route> routes() {
    return List.of(
        Route.of(Role.SUPERVISOR, "GET", SITES)
            .answers(SiteRecordsView.class)
            .stored(
                request ->
                    Answer.json(
                        new SiteRecordsView(
                            master.read().sites().stream().map(SiteRecordView::of).toList()))),
        Route.of(Role.ADMIN, "POST", SITES)
            .body(fields("id"))
            .answers(SiteRecordView.class)
            .stored(this::add),
        Route.of(Role.ADMIN, "PUT", SITES + "/{id}")
            .body(fields("version"))
            .answers(SiteRecordView.class)
            .stored(this::change),
        Route.of(Role.ADMIN, "DELETE", SITES + "/{id}").query("version").stored(this::remove),
        Route.of(Role.ADMIN, "POST", SITES + "/{id}/dial-plan")
            .body(List.of("version", "areaCode", "extensions", "directPrefix", "outsidePrefix"))
            .answers(PreviewView.class)
            .stored(this::dialPlan));
  }

  private static List<String> fields(String first) {
    return List.of(
        first,
        "name",
        "kind",
        "areaCode",
        "extensions",
        "directPrefix",
        "outsidePrefix",
        "ordinal");
  }

  private Answer add(Request request) {
    Body body = request.body();
    SiteId id = Request.id("id", body.text("id", 1, 32), SiteId::new);
    return saved(request, read(id, body), Optional.empty(), 201);
  }

  private Answer change(Request request) {
    Body body = request.body();
    String version = body.text("version", 1, MasterAnswers.LONGEST_VERSION);
    SiteId id = request.path("id", SiteId::new);
    return saved(request, read(id, body), Optional.of(version), 200);
  }

  private Answer saved(Request request, Placed<Site> site, Optional<String> version, int status) {
    return MasterAnswers.of(
        master.saveSite(site, version, request.signedIn().account().user()),
        "site " + site.it().id(),
        () -> Answer.json(status, SiteRecordView.of(site)));
  }

  private static Placed<Site> read(SiteId id, Body body) {
    SiteKind kind =
        body.oneOf("kind", SiteKind.class)
            .orElseThrow(
                () ->
                    new Fault(
                        Problem.invalid(
                            "kind is missing, expected one of " + Words.all(SiteKind.class))));
    String name = body.text("name", 1, 100);
    int ordinal = (int) Math.min(body.number("ordinal", 0), Integer.MAX_VALUE);
    return new Placed<>(site(id, name, kind, body), ordinal);
  }

  private static Site site(SiteId id, String name, SiteKind kind, Body body) {
    return new Site(
        id,
        name,
        kind,
        body.text("areaCode", 1, 8),
        body.texts("extensions", MOST_RANGES, 20).stream()
            .map(range -> MasterAnswers.valid(() -> ExtensionRange.parse(range)))
            .toList(),
        body.optionalText("directPrefix", 0, 16).orElse(""),
        body.optionalText("outsidePrefix", 0, 8).orElse(""));
  }

  private Answer remove(Request request) {
    SiteId id = request.path("id", SiteId::new);
    return MasterAnswers.of(
        master.remove(id, MasterAnswers.version(request), request.signedIn().account().user()),
        "site " + id,
        Answer::noContent);
  }

  private Answer dialPlan(Request request) {
    Body body = request.body();
    String version = body.text("version", 1, MasterAnswers.LONGEST_VERSION);
    SiteId id = request.path("id", SiteId::new);
    List<Placed<Site>> sites = master.read().sites();
    Optional<Placed<Site>> now =
        sites.stream().filter(site -> site.it().id().equals(id)).findFirst();
    if (now.isEmpty()) {
      return Answer.problem(
          Problem.notFound("no-such-site", "site " + id + ", expected one that is on file"));
    }
    if (!SiteRecordView.of(now.get()).version().equals(version)) {
      return Answer.problem(MasterAnswers.outdated("site " + id + " is another one now"));
    }
    Site next = site(id, now.get().it().name(), now.get().it().kind(), body);
    List<String> faults = SiteRules.faults(next, sites.stream().map(Placed::it).toList());
    if (!faults.isEmpty()) {
      return Answer.problem(Problem.invalid(String.join("; ", faults)));
    }
    return PreviewView.begun(previews.dialPlan(id, next, request.signedIn().account().user()));
  }
}
