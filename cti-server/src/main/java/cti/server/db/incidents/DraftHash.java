package cti.server.db.incidents;

import cti.core.id.AgentId;
import cti.core.id.DeskId;
import cti.core.id.SiteId;
import cti.core.id.StaffId;
import cti.core.incident.Incident.LinkedCall;
import cti.core.port.Incidents.Draft;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What a draft says as one SHA-256, so that a repeated save is known from a key used twice although
 * the incident went on changing. Each part goes in with its length: no two drafts read alike.
 */
final class DraftHash {
  private final MessageDigest digest;

  private DraftHash(MessageDigest digest) {
    this.digest = digest;
  }

  /** 64 characters of lower-case hexadecimal. */
  static String of(Draft draft) {
    try {
      DraftHash hash = new DraftHash(MessageDigest.getInstance("SHA-256"));
      hash.take(draft);
      return HexFormat.of().formatHex(hash.digest.digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  private void take(Draft draft) {
    take(draft.title());
    take(draft.description());
    take(draft.callerStaff().map(StaffId::value));
    take(draft.callerName());
    take(draft.callerNumber());
    take(draft.department());
    take(draft.site().map(SiteId::value));
    take(draft.desk().map(DeskId::value));
    take(draft.source());
    take(draft.service());
    take(draft.category());
    take(draft.kind());
    take(draft.level().name());
    take(draft.owner().map(AgentId::value));
    for (LinkedCall call : draft.calls()) {
      take(call.call().value());
      take(call.role().name());
    }
    // Drafts from before there was a solution have the hash that they had.
    if (!draft.solution().isEmpty() || draft.solved()) {
      take(draft.solution());
      take(Boolean.toString(draft.solved()));
    }
  }

  /** Identifiers are never empty, so an absent one reads unlike any that is there. */
  private void take(Optional<String> identifier) {
    take(identifier.orElse(""));
  }

  private void take(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
    digest.update(bytes);
  }
}
