package cti.core.incident;

import cti.core.id.AgentId;
import cti.core.id.CallId;
import cti.core.id.DeskId;
import cti.core.id.IncidentId;
import cti.core.id.SiteId;
import cti.core.id.StaffId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An incident ticket (事件工单). Texts that are not known are empty, never null.
 *
 * @param callerStaff the directory entry, where the caller was matched to one
 * @param source 电话, 办公协同, QQ, …
 * @param kind consultation (咨询) or defect (系统缺陷)
 */
public record Incident(
    IncidentId id,
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
    IncidentState state,
    Optional<AgentId> owner,
    String solution,
    Instant createdAt,
    Instant changedAt,
    List<LinkedCall> calls) {
  public Incident {
    calls = List.copyOf(calls);
  }

  /** A call of the incident and what it is to it. */
  public record LinkedCall(CallId call, CallRole role) {}
}
