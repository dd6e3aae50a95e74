package cti.server.db.audit;

import cti.core.port.AuditTrail;
import cti.core.port.Page;
import cti.server.db.Database;
import cti.server.db.audit.AuditMapper.AuditRow;
import cti.server.db.audit.AuditMapper.ChainRow;
import java.util.List;
import java.util.Optional;

/** Reads the audit log. */
public final class AuditStore implements AuditTrail {
  private static final int PART = 1_000;
  private static final String CHANGED =
      "the line is not as it was written, or one before it was taken out or put in";

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
                .audit(
                    subject.filter(text -> !isKind(text)).orElse(null),
                    subject.filter(AuditStore::isKind).orElse(null),
                    account.orElse(null),
                    before.orElse(null),
                    limit)
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

  private static boolean isKind(String subject) {
    return subject.matches("[a-z-]+");
  }

  /** What the chain says of its end, null where there is none yet, and the newest line then. */
  private record End(ChainRow chain, long newest) {}

  @Override
  public Check check() {
    // The end first, while nobody writes: every line up to it is of the chain or should not be.
    End bounds =
        database.with(AuditMapper.class, mapper -> new End(mapper.lockedChain(), mapper.newest()));
    ChainRow end = bounds.chain();
    long expected = end == null ? 0 : end.lineCount();
    String last = AuditChain.BEGIN;
    long lines = 0;
    long before = 0;
    long after = 0;
    while (true) {
      long from = after;
      List<AuditRow> part =
          database.with(AuditMapper.class, mapper -> mapper.auditFrom(from, bounds.newest(), PART));
      for (AuditRow row : part) {
        after = row.entryId();
        if (row.chainHash() == null && lines == 0) {
          before++;
          continue;
        }
        String hash = AuditChain.hash(last, row);
        if (!hash.equals(row.chainHash())) {
          return new Check(lines, before, last, Optional.of(new Break(row.entryId(), CHANGED)));
        }
        last = hash;
        lines++;
      }
      if (part.size() < PART) {
        break;
      }
    }
    boolean whole =
        lines == expected && last.equals(end == null ? AuditChain.BEGIN : end.lastHash());
    return new Check(
        lines,
        before,
        last,
        whole
            ? Optional.empty()
            : Optional.of(
                new Break(
                    after,
                    "the chain ends after "
                        + lines
                        + " lines, expected "
                        + expected
                        + ": lines after this one were taken out or put in")));
  }
}
