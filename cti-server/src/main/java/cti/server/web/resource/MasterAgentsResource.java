package cti.server.web.resource;

import cti.core.account.Role;
import cti.core.agent.Agent;
import cti.core.agent.SeatRole;
import cti.core.desk.MasterFacts;
import cti.core.id.AgentId;
import cti.core.id.DeskId;
import cti.core.port.MasterEditing;
import cti.core.port.MasterRecords;
import cti.server.web.http.Answer;
import cti.server.web.http.Body;
import cti.server.web.http.Fault;
import cti.server.web.http.Problem;
import cti.server.web.http.Request;
import cti.server.web.http.Route;
import cti.server.web.http.Words;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Agents and their seats (A角/B角): supervisors read, administrators change. */
public final class MasterAgentsResource {
  private static final String AGENTS = "/api/v1/master/agents";
  private static final int MOST_SEATS = 200;

  private final MasterEditing master;

  public MasterAgentsResource(MasterEditing master) {
    this.master = master;
  }

  record SeatRecordView(String desk, String role) {}

  record AgentRecordView(String id, String name, List<SeatRecordView> seats, String version) {
    static AgentRecordView of(Agent agent) {
      return new AgentRecordView(
          agent.id().value(),
          agent.name(),
          agent.seats().entrySet().stream()
              .sorted(Map.Entry.comparingByKey())
              .map(seat -> new SeatRecordView(seat.getKey().value(), Words.of(seat.getValue())))
              .toList(),
          MasterRecords.version(MasterFacts.of(agent)));
    }
  }

  record AgentRecordsView(List<AgentRecordView> items) {}

  public List<Route> routes() {
    return List.of(
        Route.of(Role.SUPERVISOR, "GET", AGENTS)
            .answers(AgentRecordsView.class)
            .stored(
                request ->
                    Answer.json(
                        new AgentRecordsView(
                            master.read().agents().stream().map(AgentRecordView::of).toList()))),
        Route.of(Role.ADMIN, "POST", AGENTS)
            .body(List.of("id", "name", "seats"))
            .answers(AgentRecordView.class)
            .stored(this::add),
        Route.of(Role.ADMIN, "PUT", AGENTS + "/{id}")
            .body(List.of("version", "name", "seats"))
            .answers(AgentRecordView.class)
            .stored(this::change),
        Route.of(Role.ADMIN, "DELETE", AGENTS + "/{id}").query("version").stored(this::remove));
  }

  private Answer add(Request request) {
    Body body = request.body();
    AgentId id = Request.id("id", body.text("id", 1, 32), AgentId::new);
    return saved(request, read(id, body), Optional.empty(), 201);
  }

  private Answer change(Request request) {
    Body body = request.body();
    String version = body.text("version", 1, MasterAnswers.LONGEST_VERSION);
    AgentId id = request.path("id", AgentId::new);
    return saved(request, read(id, body), Optional.of(version), 200);
  }

  private Answer saved(Request request, Agent agent, Optional<String> version, int status) {
    return MasterAnswers.of(
        master.saveAgent(agent, version, request.signedIn().account().user()),
        "agent " + agent.id(),
        () -> Answer.json(status, AgentRecordView.of(agent)));
  }

  private static Agent read(AgentId id, Body body) {
    String name = body.text("name", 1, 100);
    Map<DeskId, SeatRole> seats = new LinkedHashMap<>();
    for (Body seat : body.objects("seats", MOST_SEATS, List.of("desk", "role"))) {
      DeskId desk = Request.id("desk", seat.text("desk", 1, 32), DeskId::new);
      SeatRole role =
          seat.oneOf("role", SeatRole.class)
              .orElseThrow(
                  () ->
                      new Fault(
                          Problem.invalid(
                              "role is missing at desk " + desk + ", expected a or b")));
      if (seats.put(desk, role) != null) {
        throw new Fault(
            Problem.invalid("seats has desk " + desk + " twice, expected each desk once"));
      }
    }
    return new Agent(id, name, seats);
  }

  private Answer remove(Request request) {
    AgentId id = request.path("id", AgentId::new);
    return MasterAnswers.of(
        master.remove(id, MasterAnswers.version(request), request.signedIn().account().user()),
        "agent " + id,
        Answer::noContent);
  }
}
