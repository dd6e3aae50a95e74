package cti.server.web.stream;

import cti.server.web.http.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/**
 * Writes snapshots. What is the same for everybody (agents by the thousand, desks, links) is made
 * once until the next change: after a broken network everybody comes at once. One owner.
 */
final class Snapshots {
  private static final byte[] NONE = {'[', ']'};

  private final LivePicture picture;
  private final MissedCaseWatch missed;
  private final String epoch;
  private byte[] agents;
  private byte[] desks;

  Snapshots(LivePicture picture, MissedCaseWatch missed, String epoch) {
    this.picture = picture;
    this.missed = missed;
    this.epoch = epoch;
  }

  /** Something changed: what was made does not hold any more. */
  void forget() {
    agents = null;
    desks = null;
  }

  /** The frame {@link ServerFrame.Snapshot} for somebody. */
  byte[] json(Interest interest, Instant at) {
    if (agents == null) {
      agents = Json.bytes(picture.agents());
      desks = Json.bytes(picture.views().desks());
    }
    Scope scope = interest.scope();
    ByteArrayOutputStream out = new ByteArrayOutputStream(agents.length + desks.length + 4_096);
    text(out, "{\"type\":\"snapshot\",\"epoch\":");
    out.writeBytes(Json.bytes(epoch));
    text(out, ",\"seq\":" + picture.seq() + ",\"at\":");
    out.writeBytes(Json.bytes(at));
    text(out, ",\"calls\":");
    out.writeBytes(interest.wants(Topic.CALLS) ? Json.bytes(picture.calls(scope)) : NONE);
    text(out, ",\"agents\":");
    out.writeBytes(interest.wants(Topic.AGENTS) ? agents : NONE);
    text(out, ",\"desks\":");
    out.writeBytes(desks);
    text(out, ",\"gateways\":");
    List<?> gateways = interest.wants(Topic.GATEWAY) ? picture.gateways() : List.of();
    out.writeBytes(Json.bytes(gateways));
    text(out, ",\"pops\":");
    out.writeBytes(interest.wants(Topic.POPS) ? Json.bytes(picture.pops(scope)) : NONE);
    text(out, ",\"listenings\":");
    out.writeBytes(interest.wants(Topic.LISTENINGS) ? Json.bytes(picture.listenings(scope)) : NONE);
    if (interest.wants(Topic.MISSED_CASES)) {
      missed
          .open(scope)
          .ifPresent(
              open -> {
                text(out, ",\"missedCases\":");
                out.writeBytes(Json.bytes(open));
              });
    }
    text(out, "}");
    return out.toByteArray();
  }

  private static void text(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }
}
