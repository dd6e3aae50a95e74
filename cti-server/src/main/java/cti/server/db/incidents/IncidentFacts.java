package cti.server.db.incidents;

import cti.core.incident.Incident;
import cti.core.incident.Incident.LinkedCall;
import cti.server.db.audit.AuditWriter.Line;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** What the audit log says of incidents. */
final class IncidentFacts {
  private IncidentFacts() {}

  /** All that it was opened with. */
  static Line opened(Incident incident, String by) {
    SequencedMap<String, Object> facts = new LinkedHashMap<>();
    facts.put("title", incident.title());
    facts.put("description", incident.description());
    incident.callerStaff().ifPresent(staff -> facts.put("callerStaff", staff.value()));
    facts.put("callerName", incident.callerName());
    facts.put("callerNumber", incident.callerNumber());
    facts.put("department", incident.department());
    incident.site().ifPresent(site -> facts.put("site", site.value()));
    incident.desk().ifPresent(desk -> facts.put("desk", desk.value()));
    facts.put("source", incident.source());
    facts.put("service", incident.service());
    facts.put("category", incident.category());
    facts.put("kind", incident.kind());
    facts.put("level", incident.level().name());
    facts.putAll(changing(incident));
    return line("create", incident, by, Optional.empty(), Optional.of(facts));
  }

  /**
   * What was changed; a line of it stands even where nothing but a note came.
   *
   * @param note may be empty
   */
  static Line changed(Incident before, Incident after, String note, String by) {
    SequencedMap<String, Object> facts = changing(after);
    if (!note.isEmpty()) {
      facts.put("note", note);
    }
    return line("change", after, by, Optional.of(changing(before)), Optional.of(facts));
  }

  private static Line line(
      String action,
      Incident incident,
      String by,
      Optional<SequencedMap<String, Object>> before,
      Optional<SequencedMap<String, Object>> after) {
    return new Line(by, action, "incident " + incident.id(), before, after);
  }

  private static SequencedMap<String, Object> changing(Incident incident) {
    SequencedMap<String, Object> facts = new LinkedHashMap<>();
    facts.put("state", incident.state().name());
    incident.owner().ifPresent(owner -> facts.put("owner", owner.value()));
    facts.put("solution", incident.solution());
    facts.put("calls", calls(incident.calls()));
    return facts;
  }

  private static List<String> calls(List<LinkedCall> calls) {
    return calls.stream().map(call -> call.call() + " " + call.role()).toList();
  }
}
