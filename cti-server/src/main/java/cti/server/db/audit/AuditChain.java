package cti.server.db.audit;

import cti.server.db.audit.AuditMapper.AuditRow;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The hash of an audit line: SHA-256 of the hash before it and of every field, each with its length
 * before it, so that no two lines give the same bytes.
 */
final class AuditChain {
  /** Before the first line. */
  static final String BEGIN = "0".repeat(64);

  private AuditChain() {}

  static String hash(String previous, AuditRow row) {
    MessageDigest digest = sha256();
    add(digest, previous);
    add(digest, row.at().toString());
    add(digest, row.account());
    add(digest, row.action());
    add(digest, row.subject());
    add(digest, row.beforeJson());
    add(digest, row.afterJson());
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void add(MessageDigest digest, String text) {
    // Nothing is not the empty text.
    byte[] bytes = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
    int length = text == null ? -1 : bytes.length;
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(length).array());
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
