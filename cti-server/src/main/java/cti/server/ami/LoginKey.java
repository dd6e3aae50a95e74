package cti.server.ami;

import cti.server.config.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Answer to the gateway's challenge: MD5 of challenge and secret (main/manager.c, authenticate).
 */
final class LoginKey {
  private LoginKey() {}

  static String of(String challenge, Secret secret) {
    try {
      MessageDigest md5 = MessageDigest.getInstance("MD5");
      md5.update(challenge.getBytes(StandardCharsets.UTF_8));
      md5.update(secret.reveal().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(md5.digest());
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("this Java runtime has no MD5, which AMI needs", missing);
    }
  }
}
