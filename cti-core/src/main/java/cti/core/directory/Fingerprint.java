package cti.core.directory;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** A short name of exactly these facts, by which a change made meanwhile is noticed. */
public final class Fingerprint {
  private static final int CHARACTERS = 16;

  private Fingerprint() {}

  /** Sixteen hexadecimal digits; the same facts in another order are others. */
  public static String of(Map<String, ?> facts) {
    return HexFormat.of()
        .formatHex(sha256(facts.toString().getBytes(StandardCharsets.UTF_8)))
        .substring(0, CHARACTERS);
  }

  /** The whole SHA-256 of some bytes. */
  public static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
