package cti.testbed.client;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A call on the stream and in /api/v1/calls (docs/api/stream.md). */
public record CallView(
    String id,
    String direction,
    Instant startedAt,
    String callingNumber,
    String dialledNumber,
    List<CallerView> callers,
    String phase,
    List<KeyView> keys,
    Optional<String> desk,
    Optional<String> queue,
    Optional<String> agent,
    Optional<String> extension,
    List<VisitView> visits,
    List<PartView> parts,
    TimesView times,
    boolean missed,
    String quality,
    boolean stale,
    Optional<EndView> end) {

  public record CallerView(String staff, String name, String department, boolean vip) {}

  public record EndView(Instant at, String outcome, String by) {}

  /** The Linkedid on the gateway: an identifier is the gateway's name, a colon, the Linkedid. */
  public String onGateway() {
    return id.substring(id.indexOf(':') + 1);
  }
}
