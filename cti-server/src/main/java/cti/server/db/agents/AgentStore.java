package cti.server.db.agents;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import cti.core.agent.Agent;
import cti.core.agent.SeatRole;
import cti.core.id.AgentId;
import cti.core.id.DeskId;
import cti.server.db.Database;
import cti.server.db.agents.AgentMapper.AgentRow;
import cti.server.db.agents.AgentMapper.SeatRow;
import java.util.List;
import java.util.Map;

/** Agents and the desks that they may log on to. The desks must be on record before. */
public final class AgentStore {
  private final Database database;

  public AgentStore(Database database) {
    this.database = database;
  }

  /** All agents, by number. */
  public List<Agent> load() {
    return database.with(AgentMapper.class, AgentStore::agents);
  }

  /** All agents within somebody's transaction. */
  public static List<Agent> agents(AgentMapper mapper) {
    Map<String, List<SeatRow>> seats =
        mapper.seats().stream().collect(groupingBy(SeatRow::agentId));
    return mapper.agents().stream()
        .map(row -> agent(row, seats.getOrDefault(row.agentId(), List.of())))
        .toList();
  }

  /** Writes an agent within somebody's transaction. */
  public static void write(AgentMapper mapper, Agent agent, boolean isNew) {
    AgentRow row = new AgentRow(agent.id().value(), agent.name());
    if (isNew) {
      mapper.add(row);
    } else {
      mapper.change(row);
      mapper.deleteSeats(row.agentId());
    }
    addSeats(mapper, agent);
  }

  /** Puts these agents in the place of all that are there, all or nothing. */
  public void replace(List<Agent> agents) {
    database.runBatch(
        AgentMapper.class,
        mapper -> {
          mapper.deleteAll();
          agents.forEach(agent -> mapper.add(new AgentRow(agent.id().value(), agent.name())));
          agents.forEach(agent -> addSeats(mapper, agent));
        });
  }

  /** Adds an agent, or puts the new facts in the place of the old. */
  public void save(Agent agent) {
    database.run(
        AgentMapper.class,
        mapper -> {
          mapper.delete(agent.id().value());
          mapper.add(new AgentRow(agent.id().value(), agent.name()));
          addSeats(mapper, agent);
        });
  }

  /** False where there is no such agent. */
  public boolean remove(AgentId agent) {
    return database.with(AgentMapper.class, mapper -> mapper.delete(agent.value()) > 0);
  }

  private static void addSeats(AgentMapper mapper, Agent agent) {
    agent
        .seats()
        .forEach(
            (desk, role) ->
                mapper.addSeat(new SeatRow(agent.id().value(), desk.value(), role.name())));
  }

  private static Agent agent(AgentRow row, List<SeatRow> seats) {
    return new Agent(
        new AgentId(row.agentId()),
        row.name(),
        seats.stream()
            .collect(
                toMap(
                    seat -> new DeskId(seat.deskId()), seat -> SeatRole.valueOf(seat.seatRole()))));
  }
}
