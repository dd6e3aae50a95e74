package cti.server.db.incidents;

import cti.core.id.AgentId;
import cti.core.id.DeskId;
import cti.core.id.SiteId;
import cti.core.id.StaffId;
import cti.core.incident.Incident.LinkedCall;
import cti.core.incident.IncidentLevel;
import java.util.List;
import java.util.Optional;

/**
 * An incident to be saved. Texts that are not known are empty, never null.
 *
 * @param clientKey made by who saves, 1 to 100 characters: saving again with the same key gives the
 *     incident that is there
 * @param title 1 to 200 characters
 */
public record NewIncident(
    String clientKey,
    String title,
    String description,
    Optional<StaffId> callerStaff,
    String callerName,
    String callerNumber,
    String department,
    Optional<SiteId> site,
    Optional<DeskId> desk,
    String source,
    String service,
    String category,
    String kind,
    IncidentLevel level,
    Optional<AgentId> owner,
    List<LinkedCall> calls) {
  public NewIncident {
    calls = List.copyOf(calls);
    IncidentTexts.check("client key", clientKey, 1, 100);
    IncidentTexts.check("title", title, 1, 200);
    IncidentTexts.check("description", description, 0, IncidentTexts.LONGEST);
    IncidentTexts.check("caller name", callerName, 0, 100);
    IncidentTexts.check("caller number", callerNumber, 0, 64);
    IncidentTexts.check("department", department, 0, 500);
    IncidentTexts.check("source", source, 0, 32);
    IncidentTexts.check("service", service, 0, 200);
    IncidentTexts.check("category", category, 0, 200);
    IncidentTexts.check("kind", kind, 0, 32);
  }
}
