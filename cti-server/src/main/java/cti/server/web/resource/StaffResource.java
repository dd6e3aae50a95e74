package cti.server.web.resource;

import cti.core.account.Role;
import cti.core.directory.StaffField;
import cti.core.directory.StaffReading.FieldFault;
import cti.core.directory.StaffRecord;
import cti.core.id.StaffId;
import cti.core.port.AuditTrail;
import cti.core.port.DirectoryEditing;
import cti.core.port.DirectoryEditing.Edited;
import cti.server.web.http.Answer;
import cti.server.web.http.Body;
import cti.server.web.http.Problem;
import cti.server.web.http.Request;
import cti.server.web.http.Route;
import cti.server.web.view.PersonView;
import cti.server.web.view.Views;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** People of the directory one by one: supervisors read, administrators change. */
public final class StaffResource {
  private static final Logger log = LoggerFactory.getLogger(StaffResource.class);
  private static final String STAFF = "/api/v1/directory/staff";
  private static final String ONE = STAFF + "/{id}";
  private static final int MOST_NUMBERS = 20;
  private static final List<String> FACTS =
      List.of(
          "name",
          "department",
          "site",
          "address",
          "office",
          "mobile",
          "email",
          "status",
          "vip",
          "remark");

  private final DirectoryEditing staff;
  private final AuditTrail audit;
  private final Views views;

  public StaffResource(DirectoryEditing staff, AuditTrail audit, Views views) {
    this.staff = staff;
    this.audit = audit;
    this.views = views;
  }

  /** A person on record; {@code source} says who keeps them where that is not us. */
  record StaffRecordView(PersonView person, String version, Optional<String> source) {}

  public List<Route> routes() {
    return List.of(
        Route.of(Role.ADMIN, "POST", STAFF)
            .body(with("id", FACTS))
            .answers(StaffRecordView.class)
            .stored(this::create),
        Route.of(Role.SUPERVISOR, "GET", ONE).answers(StaffRecordView.class).stored(this::read),
        Route.of(Role.ADMIN, "PUT", ONE)
            .body(with("version", FACTS))
            .answers(StaffRecordView.class)
            .stored(this::change),
        Route.of(Role.ADMIN, "DELETE", ONE).query("version").stored(this::remove),
        Route.of(Role.ADMIN, "POST", ONE + "/retire")
            .body(List.of("version"))
            .answers(StaffRecordView.class)
            .stored(this::retire),
        Route.of(Role.ADMIN, "POST", ONE + "/reinstate")
            .body(List.of("version"))
            .answers(StaffRecordView.class)
            .stored(this::reinstate),
        Route.of(Role.SUPERVISOR, "GET", ONE + "/history")
            .query("before", "limit")
            .answers(AuditResource.AuditView.class)
            .stored(this::history));
  }

  private static List<String> with(String first, List<String> rest) {
    List<String> all = new ArrayList<>(List.of(first));
    all.addAll(rest);
    return all;
  }

  private Answer create(Request request) {
    Body body = request.body();
    Map<StaffField, String> texts = texts(body);
    texts.put(StaffField.ID, body.text("id", 1, 32));
    return answer(staff.create(texts, by(request)), 201, by(request));
  }

  private Answer read(Request request) {
    StaffId id = request.path("id", StaffId::new);
    return staff
        .find(id)
        .map(found -> Answer.json(view(found)))
        .orElseGet(() -> Answer.problem(noSuchPerson(id)));
  }

  private Answer change(Request request) {
    Body body = request.body();
    return answer(
        staff.change(
            request.path("id", StaffId::new),
            texts(body),
            body.text("version", 1, 64),
            by(request)),
        200,
        by(request));
  }

  private Answer retire(Request request) {
    String version = request.body().text("version", 1, 64);
    return answer(
        staff.retire(request.path("id", StaffId::new), version, by(request)), 200, by(request));
  }

  private Answer reinstate(Request request) {
    String version = request.body().text("version", 1, 64);
    return answer(
        staff.reinstate(request.path("id", StaffId::new), version, by(request)), 200, by(request));
  }

  private Answer remove(Request request) {
    return answer(
        staff.remove(request.path("id", StaffId::new), MasterAnswers.version(request), by(request)),
        204,
        by(request));
  }

  private Answer history(Request request) {
    StaffId id = request.path("id", StaffId::new);
    return AuditResource.answer(audit, request, Optional.of("staff " + id), Optional.empty());
  }

  private static Map<StaffField, String> texts(Body body) {
    Map<StaffField, String> texts = new EnumMap<>(StaffField.class);
    texts.put(StaffField.NAME, body.text("name", 1, StaffField.NAME.longest()));
    texts.put(StaffField.SITE, body.text("site", 1, StaffField.SITE.longest()));
    for (StaffField field :
        List.of(StaffField.DEPARTMENT, StaffField.ADDRESS, StaffField.EMAIL, StaffField.REMARK)) {
      texts.put(field, body.optionalText(field.column(), 0, field.longest()).orElse(""));
    }
    texts.put(StaffField.OFFICE, String.join(";", body.texts("office", MOST_NUMBERS, 64)));
    texts.put(StaffField.MOBILE, String.join(";", body.texts("mobile", MOST_NUMBERS, 64)));
    texts.put(
        StaffField.STATUS,
        body.optionalText("status", 1, StaffField.STATUS.longest()).orElse("active"));
    texts.put(StaffField.VIP, body.flag("vip") ? "yes" : "");
    return texts;
  }

  private Answer answer(Edited edited, int status, String by) {
    return switch (edited) {
      case Edited.Done(StaffRecord now) -> {
        log.info("web: staff={} is as user={} wants it", now.member().id(), by);
        yield Answer.json(status, view(now));
      }
      case Edited.Removed() -> Answer.noContent();
      case Edited.Faulty(List<FieldFault> faults) ->
          Answer.problem(
              Problem.invalid(
                      faults.stream()
                          .map(fault -> fault.field().column() + " " + fault.message())
                          .collect(Collectors.joining("; ")))
                  .saying(
                      faults.stream()
                          .map(fault -> Problem.FaultSaid.of(fault.field().column(), fault.what()))
                          .toList()));
      case Edited.NoSuchPerson(StaffId id) -> Answer.problem(noSuchPerson(id));
      case Edited.AlreadyThere(StaffId id) ->
          Answer.problem(
              Problem.of(
                  409,
                  "already-there",
                  "There is one already",
                  "employee number " + id + " is that of somebody, expected a new one"));
      case Edited.Outdated(StaffRecord now) ->
          Answer.problem(
              MasterAnswers.outdated(
                  "person " + now.member().id() + " is version " + now.version()));
      case Edited.Refused(String id, String reason) ->
          Answer.problem(Problem.of(409, id, "It cannot be done", reason));
    };
  }

  private StaffRecordView view(StaffRecord staffRecord) {
    return new StaffRecordView(
        views.person(staffRecord.member()),
        staffRecord.version(),
        Optional.of(staffRecord.source()).filter(source -> !source.isEmpty()));
  }

  private static Problem noSuchPerson(StaffId id) {
    return Problem.notFound(
        "no-such-person", "employee number " + id + ", expected one of the directory");
  }

  private static String by(Request request) {
    return request.signedIn().account().user();
  }
}
