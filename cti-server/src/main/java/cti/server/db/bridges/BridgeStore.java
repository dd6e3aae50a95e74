package cti.server.db.bridges;

import cti.core.bridge.Bridge;
import cti.core.bridge.Bridge.Computer;
import cti.core.id.AgentId;
import cti.core.id.BridgeId;
import cti.core.port.Bridges;
import cti.server.db.Database;
import cti.server.db.audit.AuditWriter;
import cti.server.db.audit.AuditWriter.Line;
import cti.server.db.bridges.BridgeMapper.BridgeRow;
import cti.server.db.bridges.BridgeMapper.CodeRow;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Bridges on record. An account that is removed takes its bridges along. */
public final class BridgeStore implements Bridges {
  private final Database database;
  private final AuditWriter audit;

  public BridgeStore(Database database, AuditWriter audit) {
    this.database = database;
    this.audit = audit;
  }

  /**
   * {@inheritDoc}
   *
   * @throws org.apache.ibatis.exceptions.PersistenceException where there is no such account
   */
  @Override
  public void offer(String codeHash, String user, AgentId agent, Instant until) {
    CodeRow row = new CodeRow(user, agent.value(), codeHash, micros(until));
    database.run(BridgeMapper.class, mapper -> mapper.putCode(row));
  }

  @Override
  public Optional<Bridge> pair(String codeHash, String tokenHash, Computer computer, Instant now) {
    return database.with(
        BridgeMapper.class,
        mapper -> {
          // Whoever else comes with the same code waits here, and finds it gone.
          CodeRow code = mapper.lockCode(codeHash);
          if (code == null || mapper.deleteCode(codeHash) == 0 || !code.expiresAt().isAfter(now)) {
            return Optional.<Bridge>empty();
          }
          BridgeRow row = new BridgeRow();
          row.userName = code.userName();
          row.agentId = code.agentId();
          row.tokenHash = tokenHash;
          row.computer = computer.name();
          row.systemName = computer.system();
          row.version = computer.version();
          row.pairedAt = micros(now);
          row.lastSeenAt = row.pairedAt;
          mapper.add(row);
          audit.write(
              mapper,
              new Line(
                  row.userName,
                  "pair",
                  "bridge " + row.bridgeId,
                  Optional.empty(),
                  Optional.of(facts(row))));
          return Optional.of(bridge(row));
        });
  }

  private static Map<String, String> facts(BridgeRow row) {
    return Map.of("user", row.userName, "agent", row.agentId, "computer", row.computer);
  }

  @Override
  public Optional<Bridge> find(String tokenHash) {
    return Optional.ofNullable(database.with(BridgeMapper.class, mapper -> mapper.find(tokenHash)))
        .map(BridgeStore::bridge);
  }

  @Override
  public boolean seen(BridgeId id, Instant at) {
    return database.with(BridgeMapper.class, mapper -> mapper.seen(id.number(), micros(at)) > 0);
  }

  @Override
  public List<Bridge> paired() {
    return database.with(
        BridgeMapper.class, mapper -> mapper.paired().stream().map(BridgeStore::bridge).toList());
  }

  @Override
  public boolean revoke(BridgeId id, String by, Instant at) {
    return database.with(
        BridgeMapper.class,
        mapper -> {
          BridgeRow row = mapper.lock(id.number());
          if (row == null) {
            return false;
          }
          mapper.revoke(row.bridgeId, micros(at));
          audit.write(
              mapper,
              new Line(by, "revoke", "bridge " + id, Optional.of(facts(row)), Optional.empty()));
          return true;
        });
  }

  private static Instant micros(Instant at) {
    return at.truncatedTo(ChronoUnit.MICROS);
  }

  private static Bridge bridge(BridgeRow row) {
    return new Bridge(
        new BridgeId(Long.toString(row.bridgeId)),
        row.userName,
        new AgentId(row.agentId),
        new Computer(row.computer, row.systemName, row.version),
        row.pairedAt,
        row.lastSeenAt,
        Optional.ofNullable(row.revokedAt));
  }
}
