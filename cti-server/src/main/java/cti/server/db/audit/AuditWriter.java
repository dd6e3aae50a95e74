package cti.server.db.audit;

import cti.server.db.Database;
import cti.server.db.audit.AuditMapper.AuditRow;
import cti.server.db.audit.AuditMapper.ChainRow;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * The one writer of the audit log. It writes within the transaction of the change itself, so that
 * there is no change without a line and no line without a change.
 */
public final class AuditWriter {
  /** A logger of its own: its lines are shown whatever else is not, of the command line too. */
  private static final Logger log = LoggerFactory.getLogger("cti.audit");

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int LONGEST_SUBJECT = 230;

  private final InstantSource clock;

  public AuditWriter(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * What was changed.
   *
   * @param subject its kind, a blank, its id; at most 230 characters
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

  /**
   * The line of something that somebody did and that changed nothing: a playback.
   *
   * @param call that it is of; empty where it is of none
   * @param address where they are; may be empty
   * @param detail for people
   */
  public static Line act(
      String account,
      String action,
      String subject,
      Optional<String> call,
      String address,
      String detail) {
    SequencedMap<String, Object> facts = new LinkedHashMap<>();
    call.ifPresent(id -> facts.put("call", id));
    facts.put("detail", detail);
    facts.put("address", address);
    return new Line(account, action, subject, Optional.empty(), Optional.of(facts));
  }

  /**
   * A line of something that an event of the journal tells.
   *
   * @param at the event's time
   */
  public record Told(Instant at, Line line) {}

  /** Within the transaction that {@code mapper} belongs to. */
  public void write(AuditMapper mapper, Line line) {
    write(mapper, List.of(line));
  }

  /** The same of many lines, in their order. */
  public void write(AuditMapper mapper, List<Line> lines) {
    Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
    append(mapper, lines.stream().map(line -> new Told(at, line)).toList());
  }

  /**
   * Lines of events, each with the time of its own. To be the last thing of a transaction, for the
   * chain's end is locked from here on.
   */
  public static void append(AuditMapper mapper, List<Told> lines) {
    if (lines.isEmpty()) {
      return;
    }
    ChainRow end = mapper.lockedChain();
    if (end == null) {
      mapper.beginChain(AuditChain.BEGIN);
      end = mapper.lockedChain();
    }
    String last = end.lastHash();
    for (Told told : lines) {
      Instant at = told.at().truncatedTo(ChronoUnit.MICROS);
      AuditRow row = row(told.line(), at, null);
      last = AuditChain.hash(last, row);
      mapper.addAudit(row(told.line(), at, last));
    }
    mapper.moveChain(last, end.lineCount() + lines.size());
    // Beside the database too: there it cannot be written anew together with the lines.
    long count = end.lineCount() + lines.size();
    String hash = last;
    Database.afterCommit(() -> log.info("audit: {} lines, chain {}", count, hash));
  }

  private static AuditRow row(Line line, Instant at, String hash) {
    return new AuditRow(
        0,
        at,
        line.account(),
        line.action(),
        line.subject(),
        line.before().map(JSON::writeValueAsString).orElse(null),
        line.after().map(JSON::writeValueAsString).orElse(null),
        hash);
  }
}
