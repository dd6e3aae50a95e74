package cti.server.web.view;

import cti.core.id.AgentId;
import cti.core.id.DeskId;
import cti.core.id.SiteId;
import cti.core.id.StaffId;
import cti.core.incident.Incident;
import cti.server.web.http.Words;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An incident ticket. Texts that are not known are empty.
 *
 * @param recordings where the recordings of its calls are listed
 */
public record IncidentView(
    String id,
    String title,
    String description,
    Optional<String> callerStaff,
    String callerName,
    String callerNumber,
    String department,
    Optional<String> site,
    Optional<String> desk,
    String source,
    String service,
    String category,
    String kind,
    String level,
    String state,
    Optional<String> owner,
    String solution,
    Instant createdAt,
    Instant changedAt,
    List<LinkView> calls,
    String recordings) {

  /** A call of the incident: opened-from, related, callback. */
  public record LinkView(String call, String role) {}

  public static IncidentView of(Incident incident) {
    return new IncidentView(
        incident.id().value(),
        incident.title(),
        incident.description(),
        incident.callerStaff().map(StaffId::value),
        incident.callerName(),
        incident.callerNumber(),
        incident.department(),
        incident.site().map(SiteId::value),
        incident.desk().map(DeskId::value),
        incident.source(),
        incident.service(),
        incident.category(),
        incident.kind(),
        incident.level().name(),
        Words.of(incident.state()),
        incident.owner().map(AgentId::value),
        incident.solution(),
        incident.createdAt(),
        incident.changedAt(),
        incident.calls().stream()
            .map(link -> new LinkView(link.call().value(), Words.of(link.role())))
            .toList(),
        "/api/v1/recordings?incident="
            + URLEncoder.encode(incident.id().value(), StandardCharsets.UTF_8));
  }
}
