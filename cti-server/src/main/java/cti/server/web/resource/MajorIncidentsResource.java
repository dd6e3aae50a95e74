package cti.server.web.resource;

import cti.core.account.Account;
import cti.core.account.Role;
import cti.core.id.IncidentId;
import cti.core.id.SiteId;
import cti.core.port.MajorIncidents;
import cti.core.port.MajorIncidents.Entry;
import cti.core.port.MajorIncidents.Saved;
import cti.core.routing.MajorIncident;
import cti.server.web.http.Answer;
import cti.server.web.http.Body;
import cti.server.web.http.Fault;
import cti.server.web.http.Problem;
import cti.server.web.http.Request;
import cti.server.web.http.Route;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Known major incidents, as callers hear of them; for supervisors. */
public final class MajorIncidentsResource {
  private static final String PATH = "/api/v1/major-incidents";
  private static final List<String> FIELDS =
      List.of("title", "prompt", "sites", "services", "incident", "begins", "ends");
  private static final int MOST_WORDS = 50;

  private final MajorIncidents incidents;
  private final InstantSource clock;

  public MajorIncidentsResource(MajorIncidents incidents, InstantSource clock) {
    this.incidents = incidents;
    this.clock = clock;
  }

  /** As callers hear of it. */
  record MajorIncidentView(
      String id,
      String title,
      String prompt,
      List<String> sites,
      List<String> services,
      Optional<String> incident,
      Instant begins,
      Optional<Instant> ends,
      boolean now,
      String author,
      Instant changedAt,
      Optional<String> endedBy) {}

  record MajorIncidentsView(List<MajorIncidentView> items) {}

  /** A caller who wants to be told. */
  record AffectedView(String call, Instant at, String number) {}

  record AffectedCallsView(List<AffectedView> items) {}

  public List<Route> routes() {
    return List.of(
        Route.of(Role.AGENT, "GET", PATH)
            .query("limit")
            .answers(MajorIncidentsView.class)
            .stored(this::list),
        Route.of(Role.AGENT, "GET", PATH + "/{id}/affected")
            .query("limit")
            .answers(AffectedCallsView.class)
            .stored(this::affected),
        Route.of(Role.SUPERVISOR, "POST", PATH)
            .body(FIELDS)
            .answers(MajorIncidentView.class)
            .stored(this::begin),
        Route.of(Role.SUPERVISOR, "PUT", PATH + "/{id}")
            .body(FIELDS)
            .answers(MajorIncidentView.class)
            .stored(this::change),
        Route.of(Role.SUPERVISOR, "POST", PATH + "/{id}/end")
            .answers(MajorIncidentView.class)
            .stored(this::end));
  }

  private Answer list(Request request) {
    int limit = request.query().number("limit", 1, 200, 50);
    return Answer.json(
        new MajorIncidentsView(incidents.list(limit).stream().map(this::view).toList()));
  }

  private Answer affected(Request request) {
    int limit = request.query().number("limit", 1, 5_000, 1_000);
    ofTheirSites(request);
    return incidents
        .affected(id(request), limit)
        .map(
            calls ->
                Answer.json(
                    new AffectedCallsView(
                        calls.stream()
                            .map(
                                one -> new AffectedView(one.call().value(), one.at(), one.number()))
                            .toList())))
        .orElseGet(() -> notThere(id(request)));
  }

  private Answer begin(Request request) {
    MajorIncident incident = read(request, "0");
    Within.sites(request.signedIn().account(), incident.sites());
    return saved(incidents.begin(incident, user(request)));
  }

  private Answer change(Request request) {
    MajorIncident incident = read(request, id(request));
    ofTheirSites(request);
    Within.sites(request.signedIn().account(), incident.sites());
    return saved(incidents.change(incident, user(request)));
  }

  private Answer end(Request request) {
    ofTheirSites(request);
    return saved(incidents.end(id(request), user(request)));
  }

  /** Whoever is limited looks after what is of their sites alone: its callers too are of those. */
  private void ofTheirSites(Request request) {
    Account account = request.signedIn().account();
    if (!account.limits().none()) {
      incidents
          .find(id(request))
          .ifPresent(entry -> Within.sites(account, entry.incident().sites()));
    }
  }

  private static String id(Request request) {
    return request.path("id", text -> text);
  }

  private static String user(Request request) {
    return request.signedIn().account().user();
  }

  private MajorIncident read(Request request, String id) {
    Body body = request.body();
    Set<SiteId> sites =
        body.texts("sites", MOST_WORDS, 32).stream()
            .map(site -> Request.id("sites", site, SiteId::new))
            .collect(Collectors.toSet());
    Optional<Instant> begins =
        body.optionalText("begins", 1, 40).map(text -> VersionsResource.instant("begins", text));
    try {
      return new MajorIncident(
          id,
          body.text("title", 1, 200),
          body.text("prompt", 1, 60),
          sites,
          Set.copyOf(body.texts("services", MOST_WORDS, 60)),
          body.optionalText("incident", 1, 64)
              .map(text -> Request.id("incident", text, IncidentId::new)),
          begins.orElseGet(clock::instant),
          body.optionalText("ends", 1, 40).map(text -> VersionsResource.instant("ends", text)));
    } catch (IllegalArgumentException e) {
      throw new Fault(Problem.invalid(e.getMessage()));
    }
  }

  private Answer saved(Saved saved) {
    return switch (saved) {
      case Saved.Done done -> Answer.json(view(done.entry()));
      case Saved.NoSuchIncident no -> notThere(no.id());
      case Saved.Faulty faulty ->
          Answer.problem(Problem.invalid(String.join("; ", faulty.faults())));
    };
  }

  private static Answer notThere(String id) {
    return Answer.problem(
        Problem.notFound("no-such-major-incident", "there is no major incident " + id));
  }

  private MajorIncidentView view(Entry entry) {
    MajorIncident incident = entry.incident();
    Instant now = clock.instant();
    return new MajorIncidentView(
        incident.id(),
        incident.title(),
        incident.prompt(),
        incident.sites().stream().map(SiteId::value).sorted().toList(),
        incident.services().stream().sorted().toList(),
        incident.incident().map(IncidentId::value),
        incident.begins(),
        incident.ends(),
        !now.isBefore(incident.begins()) && incident.ends().filter(e -> !now.isBefore(e)).isEmpty(),
        entry.author(),
        entry.changedAt(),
        entry.endedBy());
  }
}
