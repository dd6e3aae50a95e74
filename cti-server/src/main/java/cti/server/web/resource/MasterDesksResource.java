package cti.server.web.resource;

import cti.core.account.Role;
import cti.core.desk.Desk;
import cti.core.desk.MasterFacts;
import cti.core.id.DeskId;
import cti.core.id.QueueName;
import cti.core.id.SiteId;
import cti.core.port.MasterEditing;
import cti.core.port.MasterRecords;
import cti.core.port.MasterRecords.Placed;
import cti.server.web.http.Answer;
import cti.server.web.http.Body;
import cti.server.web.http.Request;
import cti.server.web.http.Route;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Desks and their queues: supervisors read, administrators change. */
public final class MasterDesksResource {
  private static final String DESKS = "/api/v1/master/desks";

  private final MasterEditing master;

  public MasterDesksResource(MasterEditing master) {
    this.master = master;
  }

  record DeskRecordView(
      String id,
      String name,
      String site,
      String businessLine,
      String queue,
      long wrapUpSeconds,
      long longestWaitSeconds,
      int ordinal,
      String version) {
    static DeskRecordView of(Placed<Desk> placed) {
      Desk desk = placed.it();
      return new DeskRecordView(
          desk.id().value(),
          desk.name(),
          desk.site().value(),
          desk.businessLine(),
          desk.queue().value(),
          desk.wrapUp().toSeconds(),
          desk.longestWait().toSeconds(),
          placed.ordinal(),
          MasterRecords.version(MasterFacts.of(desk, placed.ordinal())));
    }
  }

  record DeskRecordsView(List<DeskRecordView> items) {}

  public List<Route> routes() {
    return List.of(
        Route.of(Role.SUPERVISOR, "GET", DESKS)
            .answers(DeskRecordsView.class)
            .stored(
                request ->
                    Answer.json(
                        new DeskRecordsView(
                            master.read().desks().stream().map(DeskRecordView::of).toList()))),
        Route.of(Role.ADMIN, "POST", DESKS)
            .body(fields("id"))
            .answers(DeskRecordView.class)
            .stored(this::add),
        Route.of(Role.ADMIN, "PUT", DESKS + "/{id}")
            .body(fields("version"))
            .answers(DeskRecordView.class)
            .stored(this::change),
        Route.of(Role.ADMIN, "DELETE", DESKS + "/{id}").query("version").stored(this::remove));
  }

  private static List<String> fields(String first) {
    return List.of(
        first,
        "name",
        "site",
        "businessLine",
        "queue",
        "wrapUpSeconds",
        "longestWaitSeconds",
        "ordinal");
  }

  private Answer add(Request request) {
    Body body = request.body();
    DeskId id = Request.id("id", body.text("id", 1, 32), DeskId::new);
    return saved(request, read(id, body), Optional.empty(), 201);
  }

  private Answer change(Request request) {
    Body body = request.body();
    String version = body.text("version", 1, MasterAnswers.LONGEST_VERSION);
    DeskId id = request.path("id", DeskId::new);
    return saved(request, read(id, body), Optional.of(version), 200);
  }

  private Answer saved(Request request, Placed<Desk> desk, Optional<String> version, int status) {
    return MasterAnswers.of(
        master.saveDesk(desk, version, request.signedIn().account().user()),
        "desk " + desk.it().id(),
        () -> Answer.json(status, DeskRecordView.of(desk)));
  }

  private static Placed<Desk> read(DeskId id, Body body) {
    String name = body.text("name", 1, 100);
    SiteId site = Request.id("site", body.text("site", 1, 32), SiteId::new);
    String line = body.text("businessLine", 1, 100);
    QueueName queue = Request.id("queue", body.text("queue", 1, QueueName.LONGEST), QueueName::new);
    Duration wrapUp = Duration.ofSeconds(Math.min(body.number("wrapUpSeconds", 0), 1_000_000));
    Duration wait = Duration.ofSeconds(Math.min(body.number("longestWaitSeconds", 0), 1_000_000));
    int ordinal = (int) Math.min(body.number("ordinal", 0), Integer.MAX_VALUE);
    return new Placed<>(
        MasterAnswers.valid(() -> new Desk(id, name, site, line, queue, wrapUp, wait)), ordinal);
  }

  private Answer remove(Request request) {
    DeskId id = request.path("id", DeskId::new);
    return MasterAnswers.of(
        master.remove(id, MasterAnswers.version(request), request.signedIn().account().user()),
        "desk " + id,
        Answer::noContent);
  }
}
