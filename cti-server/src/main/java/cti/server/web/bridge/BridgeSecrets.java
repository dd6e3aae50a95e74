package cti.server.web.bridge;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;

/** Codes to type and tokens to keep: how they are made, and how they are known again. */
final class BridgeSecrets {
  /** Without the signs that are taken for another one. 31 signs: 8 of them have 39.6 bits. */
  private static final String SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

  private static final int CODE_LENGTH = 8;

  /** Tells a bridge's token from a session's. */
  private static final String TOKEN_MARK = "ctib.";

  private static final int TOKEN_LENGTH = TOKEN_MARK.length() + 43;

  private final SecureRandom random = new SecureRandom();

  /** Such as K7QM-3XWA. */
  String code() {
    StringBuilder code = new StringBuilder();
    for (int i = 0; i < CODE_LENGTH; i++) {
      if (i == CODE_LENGTH / 2) {
        code.append('-');
      }
      code.append(SIGNS.charAt(random.nextInt(SIGNS.length())));
    }
    return code.toString();
  }

  String token() {
    byte[] secret = new byte[32];
    random.nextBytes(secret);
    return TOKEN_MARK + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
  }

  static boolean isToken(String text) {
    return text.length() == TOKEN_LENGTH && text.startsWith(TOKEN_MARK);
  }

  /** Of a code as somebody typed it: small letters, blanks and dashes make no difference. */
  static String hashOfCode(String typed) {
    return hash("pairing " + typed.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT));
  }

  static String hash(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
