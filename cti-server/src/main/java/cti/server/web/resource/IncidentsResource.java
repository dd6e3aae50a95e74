package cti.server.web.resource;

import cti.core.account.Account;
import cti.core.account.Role;
import cti.core.id.AgentId;
import cti.core.id.CallId;
import cti.core.id.DeskId;
import cti.core.id.IncidentId;
import cti.core.id.SiteId;
import cti.core.id.StaffId;
import cti.core.incident.CallRole;
import cti.core.incident.Incident;
import cti.core.incident.Incident.LinkedCall;
import cti.core.incident.IncidentLevel;
import cti.core.incident.IncidentSight;
import cti.core.incident.IncidentState;
import cti.core.port.Incidents;
import cti.core.port.Incidents.Change;
import cti.core.port.Incidents.Changed;
import cti.core.port.Incidents.Draft;
import cti.core.port.Incidents.IncidentFilter;
import cti.core.port.Incidents.Saved;
import cti.core.port.Page;
import cti.server.web.http.Answer;
import cti.server.web.http.Body;
import cti.server.web.http.Fault;
import cti.server.web.http.Problem;
import cti.server.web.http.Request;
import cti.server.web.http.Route;
import cti.server.web.http.Words;
import cti.server.web.view.IncidentView;
import cti.server.web.view.Views;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Incident tickets. Agents see all, for a caller's earlier ones may be of any desk; an account that
 * is limited sees and changes what its limits cover, and its own.
 */
public final class IncidentsResource {
  private static final Logger log = LoggerFactory.getLogger(IncidentsResource.class);
  private static final String PATH = "/api/v1/incidents";
  private static final String KEY = "Idempotency-Key";

  private final Incidents incidents;
  private final Views views;

  public IncidentsResource(Incidents incidents, Views views) {
    this.incidents = incidents;
    this.views = views;
  }

  /** Part of a list; {@code next} is to be handed back as {@code after}. */
  record IncidentPageView(List<IncidentView> items, Optional<String> next) {}

  public List<Route> routes() {
    return List.of(
        Route.of(Role.AGENT, "GET", PATH)
            .query("state", "owner", "desk", "call", "number", "q", "limit", "after")
            .answers(IncidentPageView.class)
            .stored(this::list),
        Route.of(Role.AGENT, "POST", PATH)
            .body(
                List.of(
                    "title",
                    "description",
                    "callerStaff",
                    "callerName",
                    "callerNumber",
                    "department",
                    "site",
                    "desk",
                    "source",
                    "service",
                    "category",
                    "kind",
                    "level",
                    "calls",
                    "solution",
                    "solved"))
            .answers(IncidentView.class)
            .stored(this::open),
        Route.of(Role.AGENT, "GET", PATH + "/{id}").answers(IncidentView.class).stored(this::one),
        Route.of(Role.AGENT, "PATCH", PATH + "/{id}")
            .body(List.of("state", "solution"))
            .answers(IncidentView.class)
            .stored(this::change),
        Route.of(Role.AGENT, "POST", PATH + "/{id}/calls")
            .body(List.of("call", "role"))
            .answers(IncidentView.class)
            .stored(this::link));
  }

  private Answer list(Request request) {
    IncidentFilter filter =
        new IncidentFilter(
            request.query().oneOf("state", IncidentState.class),
            request.queryId("owner", AgentId::new),
            request.queryId("desk", DeskId::new),
            request.queryId("call", CallId::new),
            request.query().text("number", 32),
            request.query().text("q", 100),
            sight(request));
    Page<Incident> page = incidents.list(filter, Cursor.after(request), Cursor.limit(request));
    return Answer.json(
        new IncidentPageView(
            page.items().stream().map(IncidentView::of).toList(), page.next().map(Cursor::text)));
  }

  private Answer open(Request request) {
    Account by = request.signedIn().account();
    String key = request.headers().get(KEY, "").strip();
    if (!key.matches("[!-~]{1,64}")) {
      throw new Fault(
          Problem.of(
              400,
              "idempotency-key-missing",
              "A header is missing",
              "header "
                  + KEY
                  + " has "
                  + key.length()
                  + " characters, expected 1 to 64 visible ones without blanks; the same key"
                  + " never makes a second incident"));
    }
    Draft draft = draft(request.body(), by);
    checkWithin(draft, request);
    return switch (incidents.open(draft, key, by.user())) {
      case Saved.Opened(Incident incident) -> {
        log.info("web: incident={} opened by user={}", incident.id(), by.user());
        yield Answer.json(201, IncidentView.of(incident))
            .with("Location", PATH + "/" + incident.id());
      }
      case Saved.Repeated(Incident incident) -> Answer.json(IncidentView.of(incident));
      case Saved.KeyReused(IncidentId first) ->
          Answer.problem(
              Problem.of(
                  409,
                  "idempotency-key-reused",
                  "The key was used before",
                  "key "
                      + key
                      + " made incident "
                      + first
                      + " of other content, expected a new key"));
    };
  }

  /** Empty for those who see all. */
  private Optional<IncidentSight> sight(Request request) {
    return views.incidentSight(request.signedIn().account());
  }

  /** An incident beyond one's limits would be out of one's sight once it is saved. */
  private void checkWithin(Draft draft, Request request) {
    Optional<IncidentSight> sight = sight(request);
    boolean nowhere = draft.desk().isEmpty() && draft.site().isEmpty();
    boolean own = nowhere && draft.owner().isPresent();
    if (sight.isPresent() && !own && !sight.get().covers(draft.desk(), draft.site())) {
      throw new Fault(
          Problem.forbidden(
              "desk "
                  + draft.desk().map(DeskId::value).orElse("none")
                  + ", site "
                  + draft.site().map(SiteId::value).orElse("none")
                  + ", expected a desk, or a site without a desk, that you are limited to"));
    }
  }

  private static Draft draft(Body body, Account by) {
    List<LinkedCall> calls = new ArrayList<>();
    for (Body link : body.objects("calls", 20, List.of("call", "role"))) {
      calls.add(
          new LinkedCall(
              Request.id("calls", link.text("call", 1, 128), CallId::new),
              link.oneOf("role", CallRole.class).orElse(CallRole.OPENED_FROM)));
    }
    String solution = body.optionalText("solution", 0, 8_000).orElse("");
    boolean solved = body.flag("solved");
    if (solved && solution.isBlank()) {
      throw new Fault(
          Problem.invalid("solution is empty, expected how it was solved on first contact"));
    }
    return new Draft(
        body.text("title", 1, 200),
        body.optionalText("description", 0, 8_000).orElse(""),
        body.optionalText("callerStaff", 1, 32)
            .map(text -> Request.id("callerStaff", text, StaffId::new)),
        body.optionalText("callerName", 0, 100).orElse(""),
        body.optionalText("callerNumber", 0, 64).orElse(""),
        body.optionalText("department", 0, 500).orElse(""),
        body.optionalText("site", 1, 32).map(text -> Request.id("site", text, SiteId::new)),
        body.optionalText("desk", 1, 32).map(text -> Request.id("desk", text, DeskId::new)),
        body.text("source", 1, 32),
        body.optionalText("service", 0, 200).orElse(""),
        body.optionalText("category", 0, 200).orElse(""),
        body.optionalText("kind", 0, 32).orElse(""),
        level(body),
        by.agent(),
        calls,
        solution,
        solved);
  }

  private static IncidentLevel level(Body body) {
    String text = body.text("level", 1, 4);
    for (IncidentLevel level : IncidentLevel.values()) {
      if (level.name().equals(text)) {
        return level;
      }
    }
    throw new Fault(Problem.invalid("level is \"" + text + "\", expected I, II, III or IV"));
  }

  private Answer one(Request request) {
    IncidentId id = request.path("id", IncidentId::new);
    return Answer.json(IncidentView.of(seen(id, request)));
  }

  private Incident seen(IncidentId id, Request request) {
    Optional<IncidentSight> sight = sight(request);
    return incidents
        .find(id)
        .filter(incident -> sight.isEmpty() || sight.get().sees(incident))
        .orElseThrow(() -> noSuch(id));
  }

  private Answer change(Request request) {
    IncidentId id = request.path("id", IncidentId::new);
    Body body = request.body();
    Change change =
        new Change(
            body.oneOf("state", IncidentState.class), body.optionalText("solution", 0, 8_000));
    if (change.state().isEmpty() && change.solution().isEmpty()) {
      throw new Fault(Problem.invalid("nothing to change, expected state or solution or both"));
    }
    String by = request.signedIn().account().user();
    if (sight(request).isPresent()) {
      seen(id, request);
    }
    return switch (incidents.change(id, change, by)) {
      case Changed.Done(Incident incident) -> {
        log.info("web: incident={} state={} by user={}", id, incident.state(), by);
        yield Answer.json(IncidentView.of(incident));
      }
      case Changed.NoSuchIncident() -> throw noSuch(id);
      case Changed.NotAllowed(IncidentState from, IncidentState to) ->
          Answer.problem(
              Problem.of(
                  409,
                  "state-not-allowed",
                  "The incident's state does not allow it",
                  "incident " + id + " is " + Words.of(from) + ", not allowed to " + Words.of(to)));
    };
  }

  /** A caller asks after what is on record already: their call goes with it, and no second one. */
  private Answer link(Request request) {
    IncidentId id = request.path("id", IncidentId::new);
    Body body = request.body();
    LinkedCall call =
        new LinkedCall(
            Request.id("call", body.text("call", 1, 128), CallId::new),
            body.oneOf("role", CallRole.class).orElse(CallRole.RELATED));
    String by = request.signedIn().account().user();
    seen(id, request);
    Incident incident = incidents.link(id, call, by).orElseThrow(() -> noSuch(id));
    log.info("web: incident={} has call={} by user={}", id, call.call(), by);
    return Answer.json(IncidentView.of(incident));
  }

  private static Fault noSuch(IncidentId id) {
    return new Fault(
        Problem.notFound("no-such-incident", "incident " + id + ", expected a known number"));
  }
}
