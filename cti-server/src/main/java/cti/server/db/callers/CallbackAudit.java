package cti.server.db.callers;

import cti.core.event.CallerEvent;
import cti.core.event.CallerEvent.CallbackEnded;
import cti.core.event.CallerEvent.CallbackRequested;
import cti.server.db.audit.AuditWriter.Line;
import cti.server.db.audit.AuditWriter.Told;
import cti.server.db.callers.CallerEventMapper.StandingRow;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What the audit log says of callbacks: asked for, cancelled, ended. Attempts are in their record.
 */
public final class CallbackAudit {
  /** Who asks; no user name has a colon. */
  static final String CALLER = "caller:";

  /** Who ends one that nobody cancelled. */
  static final String ITSELF = "system:callbacks";

  private CallbackAudit() {}

  /** The line of an event; to be asked for before the event is applied. */
  public static Optional<Told> line(CallerEventMapper mapper, CallerEvent event) {
    return switch (event) {
      case CallbackRequested e -> {
        SequencedMap<String, Object> facts = new LinkedHashMap<>();
        facts.put("desk", e.wish().desk().value());
        facts.put("callerNumber", e.wish().number());
        facts.put("state", "WAITING");
        facts.put("since", e.wish().since().toString());
        facts.put("until", e.wish().until().toString());
        yield Optional.of(
            new Told(
                e.at(),
                new Line(
                    CALLER + e.wish().number(),
                    "create",
                    subject(e),
                    Optional.empty(),
                    Optional.of(facts))));
      }
      case CallbackEnded e -> {
        Optional<StandingRow> before = Optional.ofNullable(mapper.standing(e.callback().value()));
        yield Optional.of(
            new Told(
                e.at(),
                new Line(
                    e.by().isEmpty() ? ITSELF : e.by(),
                    e.by().isEmpty() ? "end" : "cancel",
                    subject(e),
                    before.map(row -> facts(row, row.state())),
                    Optional.of(ended(before, e)))));
      }
      case CallerEvent _ -> Optional.empty();
    };
  }

  private static String subject(CallerEvent.CallbackEvent event) {
    return "callback " + event.callback();
  }

  private static SequencedMap<String, Object> ended(Optional<StandingRow> row, CallbackEnded end) {
    SequencedMap<String, Object> facts =
        row.map(standing -> facts(standing, "ENDED")).orElseGet(LinkedHashMap::new);
    facts.put("outcome", end.outcome().name());
    return facts;
  }

  private static SequencedMap<String, Object> facts(StandingRow row, String state) {
    SequencedMap<String, Object> facts = new LinkedHashMap<>();
    facts.put("desk", row.deskId());
    facts.put("callerNumber", row.number());
    facts.put("state", state);
    facts.put("attempts", row.attempts());
    return facts;
  }
}
