package cti.server.db.audit;

import cti.core.port.AuditTrail;
import cti.core.port.Page;
import cti.server.db.Database;
import java.util.List;
import java.util.Optional;

/** Reads the audit log. */
public final class AuditStore implements AuditTrail {
  private final Database database;

  public AuditStore(Database database) {
    this.database = database;
  }

  @Override
  public List<Entry> entries(
      Optional<String> subject, Optional<String> account, Optional<Long> before, int limit) {
    Page.checkLimit(limit);
    return database.with(
        AuditMapper.class,
        mapper ->
            mapper
                .audit(subject.orElse(null), account.orElse(null), before.orElse(null), limit)
                .stream()
                .map(
                    row ->
                        new Entry(
                            row.entryId(),
                            row.at(),
                            row.account(),
                            row.action(),
                            row.subject(),
                            Optional.ofNullable(row.beforeJson()),
                            Optional.ofNullable(row.afterJson())))
                .toList());
  }
}
