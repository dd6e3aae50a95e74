package cti.testbed.client;

import java.util.List;
import java.util.Optional;

/** An incident ticket (/api/v1/incidents). */
public record IncidentView(
    String id,
    String title,
    Optional<String> callerStaff,
    String callerNumber,
    Optional<String> desk,
    String state,
    Optional<String> owner,
    List<LinkView> calls) {

  public record LinkView(String call, String role) {}
}
