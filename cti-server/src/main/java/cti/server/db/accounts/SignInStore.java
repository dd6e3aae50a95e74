package cti.server.db.accounts;

import cti.core.port.SignInTrail;
import cti.server.db.Database;
import cti.server.db.audit.AuditMapper;
import cti.server.db.audit.AuditWriter;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/** Lines of the audit log about sign-ins. */
public final class SignInStore implements SignInTrail {
  /** Who wrote a line that is of nobody. */
  private static final String SYSTEM = "system:sign-in";

  private final Database database;
  private final AuditWriter audit;

  public SignInStore(Database database, AuditWriter audit) {
    this.database = database;
    this.audit = audit;
  }

  @Override
  public void write(Line line) {
    database.run(AuditMapper.class, mapper -> audit.write(mapper, line(line)));
  }

  private static AuditWriter.Line line(Line line) {
    SequencedMap<String, Object> facts = new LinkedHashMap<>();
    if (!line.address().isEmpty()) {
      facts.put("address", line.address());
    }
    line.until().ifPresent(until -> facts.put("until", until.toString()));
    if (line.leftOut() > 0) {
      facts.put("leftOut", line.leftOut());
    }
    boolean nobody = line.user().isEmpty();
    return new AuditWriter.Line(
        nobody ? SYSTEM : line.user(),
        action(line.what()),
        "sign-in " + (nobody ? "*" : line.user()),
        Optional.empty(),
        Optional.of(facts));
  }

  private static String action(What what) {
    return switch (what) {
      case SIGNED_IN -> "sign-in";
      case REFUSED -> "sign-in-refused";
      case LOCKED -> "sign-in-locked";
      case SIGNED_OUT -> "sign-out";
      case EXPIRED -> "session-expired";
      case LEFT_OUT -> "sign-in-left-out";
    };
  }
}
