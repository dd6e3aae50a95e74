package cti.server.db.supervision;

import cti.core.event.SupervisorEvent;
import cti.core.id.CallId;
import cti.core.port.SupervisorActs;
import cti.server.db.Database;
import cti.server.db.audit.AuditWriter;
import cti.server.db.audit.AuditWriter.Line;
import cti.server.event.EventCodec;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What supervisors did. Blocks; throws StoreUnavailableException. */
public final class SupervisorActStore implements SupervisorActs {
  private final Database database;
  private final AuditWriter audit;
  private final EventCodec codec;

  public SupervisorActStore(Database database, AuditWriter audit, EventCodec codec) {
    this.database = database;
    this.audit = audit;
    this.codec = codec;
  }

  @Override
  public void note(String user, String action, String subject, Map<String, ?> facts) {
    database.run(
        SupervisionMapper.class,
        mapper ->
            audit.write(
                mapper, new Line(user, action, subject, Optional.empty(), Optional.of(facts))));
  }

  @Override
  public List<SupervisorEvent> inCall(CallId call) {
    return database.with(
        SupervisionMapper.class,
        mapper ->
            mapper.supervision(call.value()).stream()
                .map(text -> (SupervisorEvent) codec.decode(text))
                .toList());
  }
}
