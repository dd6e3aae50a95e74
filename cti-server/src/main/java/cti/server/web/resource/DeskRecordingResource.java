package cti.server.web.resource;

import cti.core.account.Role;
import cti.core.id.DeskId;
import cti.core.port.DeskRecordings;
import cti.core.port.Recordings;
import cti.core.port.Recordings.Action;
import cti.core.port.Recordings.Audit;
import cti.core.recording.RecordingPolicy;
import cti.core.recording.RecordingRules;
import cti.server.web.http.Answer;
import cti.server.web.http.Body;
import cti.server.web.http.Fault;
import cti.server.web.http.Problem;
import cti.server.web.http.Request;
import cti.server.web.http.Route;
import cti.server.web.view.RecordingRulesView;
import cti.server.web.view.Views;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a desk records: read and changed by administrators; every change is an audit line. */
public final class DeskRecordingResource {
  private static final Logger log = LoggerFactory.getLogger(DeskRecordingResource.class);
  private static final String PATH = "/api/v1/desks/{id}/recording";
  private static final int CHANGES_AT_MOST = 100;

  private final DeskRecordings desks;
  private final Recordings recordings;
  private final Views views;
  private final InstantSource clock;

  public DeskRecordingResource(
      DeskRecordings desks, Recordings recordings, Views views, InstantSource clock) {
    this.desks = desks;
    this.recordings = recordings;
    this.views = views;
    this.clock = clock;
  }

  record DeskRecordingChangeView(Instant at, String user, String address, String change) {}

  /** The rules, and what was changed of them, newest first. */
  record DeskRecordingView(RecordingRulesView rules, List<DeskRecordingChangeView> changes) {}

  public List<Route> routes() {
    return List.of(
        Route.of(Role.SUPERVISOR, "GET", PATH).answers(DeskRecordingView.class).stored(this::read),
        Route.of(Role.ADMIN, "PUT", PATH)
            .body(
                List.of(
                    "policy",
                    "sharePercent",
                    "announcement",
                    "agentMayStart",
                    "agentMayPause",
                    "agentMayListen",
                    "retentionDays"))
            .answers(RecordingRulesView.class)
            .stored(this::change));
  }

  private Answer read(Request request) {
    DeskId id = request.path("id", DeskId::new);
    RecordingRules rules = rules(id);
    return Answer.json(
        new DeskRecordingView(
            RecordingRulesView.of(rules),
            recordings.auditOf(id.value(), CHANGES_AT_MOST).stream()
                .map(
                    line ->
                        new DeskRecordingChangeView(
                            line.at(), line.actor(), line.address(), line.detail()))
                .toList()));
  }

  private RecordingRules rules(DeskId id) {
    return views.desk(id).orElseThrow(() -> noSuch(id)).recording();
  }

  private Answer change(Request request) {
    DeskId id = request.path("id", DeskId::new);
    RecordingRules after = rules(request.body());
    RecordingRules before = rules(id);
    String user = request.signedIn().account().user();
    Audit line =
        new Audit(
            clock.instant(),
            Action.RULES_CHANGED,
            id.value(),
            user,
            request.address(),
            text(before) + " -> " + text(after));
    return switch (desks.save(id, after, line)) {
      case DeskRecordings.Saved.Done() -> {
        log.info("web: desk={} {} by user={}", id, after, user);
        yield Answer.json(RecordingRulesView.of(after));
      }
      case DeskRecordings.Saved.NoSuchDesk() -> throw noSuch(id);
      case DeskRecordings.Saved.NotPossible(String why) -> throw new Fault(Problem.invalid(why));
    };
  }

  private static RecordingRules rules(Body body) {
    RecordingPolicy policy =
        body.oneOf("policy", RecordingPolicy.class)
            .orElseThrow(
                () -> new Fault(Problem.invalid("policy is missing, expected none, all, …")));
    try {
      return new RecordingRules(
          policy,
          whole(body, "sharePercent"),
          body.text("announcement", 1, 64),
          body.flag("agentMayStart"),
          body.flag("agentMayPause"),
          body.flag("agentMayListen"),
          whole(body, "retentionDays"));
    } catch (IllegalArgumentException e) {
      throw new Fault(Problem.invalid(e.getMessage()));
    }
  }

  private static int whole(Body body, String name) {
    return (int) Math.min(Integer.MAX_VALUE, body.number(name, 0));
  }

  private static Fault noSuch(DeskId id) {
    return new Fault(Problem.notFound("no-such-desk", "desk " + id + " is not on file"));
  }

  private static String text(RecordingRules rules) {
    return rules.policy().name().toLowerCase(Locale.ROOT)
        + " share="
        + rules.sharePercent()
        + " announcement="
        + rules.announcement()
        + " start="
        + rules.agentMayStart()
        + " pause="
        + rules.agentMayPause()
        + " listen="
        + rules.agentMayListen()
        + " days="
        + rules.retentionDays();
  }
}
