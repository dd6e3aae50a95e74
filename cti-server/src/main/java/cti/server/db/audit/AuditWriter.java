package cti.server.db.audit;

import cti.server.db.audit.AuditMapper.AuditRow;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * The one writer of the audit log. It writes within the transaction of the change itself, so that
 * there is no change without a line and no line without a change.
 */
public final class AuditWriter {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int LONGEST_SUBJECT = 80;

  private final InstantSource clock;

  public AuditWriter(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * What was changed.
   *
   * @param subject its kind, a blank, its id; at most 80 characters
   * @param before facts of texts, numbers, flags, lists and maps; empty for something new
   * @param after empty for something that was removed
   */
  public record Line(
      String account,
      String action,
      String subject,
      Optional<? extends Map<String, ?>> before,
      Optional<? extends Map<String, ?>> after) {
    public Line {
      if (subject.length() > LONGEST_SUBJECT) {
        throw new IllegalArgumentException(
            "subject has " + subject.length() + " characters, expected at most " + LONGEST_SUBJECT);
      }
    }
  }

  /** Within the transaction that {@code mapper} belongs to. */
  public void write(AuditMapper mapper, Line line) {
    mapper.addAudit(
        new AuditRow(
            0,
            clock.instant().truncatedTo(ChronoUnit.MICROS),
            line.account(),
            line.action(),
            line.subject(),
            line.before().map(JSON::writeValueAsString).orElse(null),
            line.after().map(JSON::writeValueAsString).orElse(null)));
  }
}
