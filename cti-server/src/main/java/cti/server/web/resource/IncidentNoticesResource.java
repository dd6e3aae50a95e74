package cti.server.web.resource;

import cti.core.account.Role;
import cti.core.id.CallId;
import cti.core.id.IncidentId;
import cti.core.id.SiteId;
import cti.core.port.IncidentNotices;
import cti.core.port.IncidentNotices.IncidentNotice;
import cti.server.web.http.Answer;
import cti.server.web.http.Body;
import cti.server.web.http.Fault;
import cti.server.web.http.Problem;
import cti.server.web.http.Request;
import cti.server.web.http.Route;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Major incidents that callers hear of in the flow, and who wants to be told. */
public final class IncidentNoticesResource {
  private static final Logger log = LoggerFactory.getLogger(IncidentNoticesResource.class);
  private static final String PATH = "/api/v1/incident-notices";
  private static final int MOST_AFFECTED = 10_000;
  private static final int MOST_ITEMS = 20;

  private final IncidentNotices notices;
  private final InstantSource clock;

  public IncidentNoticesResource(IncidentNotices notices, InstantSource clock) {
    this.notices = notices;
    this.clock = clock;
  }

  /** Those that have not ended, and those that ended within a day. */
  record IncidentNoticeListView(List<IncidentNoticeView> items) {}

  /**
   * A notice.
   *
   * @param prompt the announcement, an id of the manifest
   * @param sites whose callers hear of it; none for all
   * @param choices what was chosen in a menu; none for all
   */
  record IncidentNoticeView(
      String id,
      String prompt,
      Optional<String> incident,
      List<String> sites,
      List<String> choices,
      Instant beginsAt,
      Optional<Instant> endsAt,
      String author) {}

  /** Calls of those who want to be told, in order. */
  record AffectedListView(List<AffectedView> items) {}

  record AffectedView(String call, Instant at, String number) {}

  public List<Route> routes() {
    return List.of(
        Route.of(Role.AGENT, "GET", PATH).answers(IncidentNoticeListView.class).stored(this::list),
        Route.of(Role.SUPERVISOR, "PUT", PATH + "/{id}")
            .body(List.of("prompt", "incident", "sites", "choices"))
            .answers(IncidentNoticeView.class)
            .stored(this::put),
        Route.of(Role.SUPERVISOR, "DELETE", PATH + "/{id}").stored(this::end),
        Route.of(Role.AGENT, "GET", PATH + "/{id}/affected")
            .answers(AffectedListView.class)
            .stored(this::affected));
  }

  private Answer list(Request request) {
    return Answer.json(
        new IncidentNoticeListView(
            notices.all(clock.instant().minus(Duration.ofDays(1))).stream()
                .map(IncidentNoticesResource::view)
                .toList()));
  }

  /** Callers hear of it at once; of one that had ended, again. */
  private Answer put(Request request) {
    Body body = request.body();
    String prompt = body.text("prompt", 1, 60);
    Optional<String> incident = body.optionalText("incident", 1, 32);
    Set<SiteId> sites =
        body.texts("sites", MOST_ITEMS, 32).stream()
            .map(site -> Request.id("sites", site, SiteId::new))
            .collect(Collectors.toSet());
    Set<String> choices = new HashSet<>(body.texts("choices", MOST_ITEMS, 32));
    IncidentNotice notice =
        request.path(
            "id",
            id ->
                new IncidentNotice(
                    id,
                    prompt,
                    incident.map(IncidentId::new),
                    sites,
                    choices,
                    clock.instant(),
                    Optional.empty(),
                    request.signedIn().account().user()));
    notices.put(notice);
    log.info("web: incident notice {} by user={}", notice.id(), notice.author());
    return Answer.json(view(notice));
  }

  private Answer end(Request request) {
    String id = request.path().get("id");
    if (!notices.end(id, clock.instant())) {
      throw noSuch(id);
    }
    log.info("web: incident notice {} ended by user={}", id, request.signedIn().account().user());
    return Answer.noContent();
  }

  private Answer affected(Request request) {
    String id = request.path().get("id");
    if (notices.find(id).isEmpty()) {
      throw noSuch(id);
    }
    return Answer.json(
        new AffectedListView(
            notices.affected(id, MOST_AFFECTED).stream()
                .map(one -> new AffectedView(of(one.call()), one.at(), one.number()))
                .toList()));
  }

  private static String of(CallId call) {
    return call.value();
  }

  private static Fault noSuch(String id) {
    return new Fault(
        Problem.notFound(
            "no-such-notice", "no incident notice " + id + " is on, expected one that is"));
  }

  private static IncidentNoticeView view(IncidentNotice notice) {
    return new IncidentNoticeView(
        notice.id(),
        notice.prompt(),
        notice.incident().map(IncidentId::value),
        notice.sites().stream().map(SiteId::value).sorted().toList(),
        notice.choices().stream().sorted().toList(),
        notice.beginsAt(),
        notice.endsAt(),
        notice.author());
  }
}
