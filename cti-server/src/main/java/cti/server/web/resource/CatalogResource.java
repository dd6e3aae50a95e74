package cti.server.web.resource;

import cti.core.account.Role;
import cti.core.desk.Site;
import cti.core.directory.DepartmentPath;
import cti.core.directory.StaffQuery;
import cti.core.directory.StaffStatus;
import cti.core.id.SiteId;
import cti.core.id.StaffId;
import cti.core.incident.IncidentLevel;
import cti.core.port.DirectoryLookup;
import cti.server.web.http.Answer;
import cti.server.web.http.Fault;
import cti.server.web.http.Problem;
import cti.server.web.http.Query;
import cti.server.web.http.Request;
import cti.server.web.http.Route;
import cti.server.web.http.Words;
import cti.server.web.view.DeskView;
import cti.server.web.view.PersonView;
import cti.server.web.view.Views;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Master data: desks, sites, what an incident may name, staff. */
public final class CatalogResource {
  /** Where an incident may come from (DOMAIN: source). */
  static final List<String> SOURCES =
      List.of("电话", "办公协同", "QQ", "巡检", "工程师手机", "微信", "其他", "原有服务电话");

  /** Consultation and defect (DOMAIN: kind). */
  static final List<String> KINDS = List.of("咨询", "系统缺陷");

  private final Views views;
  private final DirectoryLookup directory;

  public CatalogResource(Views views, DirectoryLookup directory) {
    this.views = views;
    this.directory = directory;
  }

  record DesksView(List<DeskView> items) {}

  record SiteView(String id, String name, String kind) {
    static SiteView of(Site site) {
      return new SiteView(site.id().value(), site.name(), Words.of(site.kind()));
    }
  }

  /** What the form of an incident offers. */
  record CatalogView(
      List<SiteView> sites,
      List<String> services,
      List<String> categories,
      List<String> sources,
      List<String> kinds,
      List<String> levels) {}

  /** Part of the people that were found; {@code total} of all of them. */
  record StaffView(List<PersonView> items, int total, Optional<String> next) {}

  /** A department; {@code below} counts those in it and in departments below it. */
  record DepartmentView(String path, int people, int below) {}

  record DepartmentsView(List<DepartmentView> items) {}

  public List<Route> routes() {
    return List.of(
        Route.of(Role.AGENT, "GET", "/api/v1/desks").answers(DesksView.class).live(this::desks),
        Route.of(Role.AGENT, "GET", "/api/v1/catalog")
            .answers(CatalogView.class)
            .live(this::catalog),
        Route.of(Role.AGENT, "GET", "/api/v1/directory/staff")
            .query("number", "q", "department", "site", "status", "vip", "after", "limit")
            .answers(StaffView.class)
            .stored(this::staff),
        Route.of(Role.AGENT, "GET", "/api/v1/directory/departments")
            .answers(DepartmentsView.class)
            .stored(this::departments));
  }

  private CompletionStage<Answer> desks(Request request) {
    return now(Answer.json(new DesksView(views.desks())));
  }

  private CompletionStage<Answer> catalog(Request request) {
    return now(
        Answer.json(
            new CatalogView(
                views.catalog().sites().stream().map(SiteView::of).toList(),
                views.catalog().services(),
                views.catalog().categories(),
                SOURCES,
                KINDS,
                Arrays.stream(IncidentLevel.values()).map(Enum::name).toList())));
  }

  private Answer staff(Request request) {
    Query query = request.query();
    Optional<String> number = query.text("number", 40);
    Optional<String> text = query.text("q", 60);
    if (number.isPresent() && text.isPresent()) {
      throw new Fault(Problem.invalid("number and q are both there, expected one of them"));
    }
    StaffQuery.Found found =
        directory.find(
            new StaffQuery(
                text,
                number,
                request.queryId("department", DepartmentPath::parse),
                request.queryId("site", SiteId::new),
                query.oneOf("status", StaffStatus.class),
                query.oneOf("vip", YesOrNo.class).map(YesOrNo.YES::equals)),
            request.queryId("after", StaffId::new),
            query.number("limit", 1, Cursor.MOST, Cursor.USUAL));
    return Answer.json(
        new StaffView(
            found.items().stream().map(views::person).toList(),
            found.total(),
            found.next().map(StaffId::value)));
  }

  private enum YesOrNo {
    YES,
    NO
  }

  private Answer departments(Request request) {
    return Answer.json(
        new DepartmentsView(
            directory.departments().stream()
                .map(one -> new DepartmentView(one.path().toString(), one.people(), one.below()))
                .toList()));
  }

  private static CompletionStage<Answer> now(Answer answer) {
    return CompletableFuture.completedFuture(answer);
  }
}
