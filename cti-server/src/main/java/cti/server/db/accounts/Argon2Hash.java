package cti.server.db.accounts;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * An Argon2id hash (RFC 9106, version 1.3) as it is kept: {@code
 * $argon2id$v=19$m=19456,t=2,p=1$salt$hash}, the PHC string format, Base64 without padding. It says
 * what it took to make, so that hashes of other parameters stay good.
 *
 * @param memoryKib 8 or more for each lane
 * @param passes 1 or more
 * @param lanes 1 or more
 */
record Argon2Hash(int memoryKib, int passes, int lanes, byte[] salt, byte[] hash) {
  private static final Pattern KEPT =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,8}),t=(\\d{1,4}),p=(\\d{1,3})"
              + "\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{22,86})");

  /** The hash of a password. */
  static Argon2Hash of(
      String password, int memoryKib, int passes, int lanes, byte[] salt, int bytes) {
    byte[] hash = new byte[bytes];
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(memoryKib)
            .withIterations(passes)
            .withParallelism(lanes)
            .withSalt(salt)
            .build());
    generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
    return new Argon2Hash(memoryKib, passes, lanes, salt, hash);
  }

  /**
   * @throws IllegalStateException where what is kept is no such hash; the message does not have it
   */
  static Argon2Hash parse(String kept) {
    Matcher matcher = KEPT.matcher(kept);
    if (!matcher.matches()) {
      throw new IllegalStateException(
          "a password's hash of "
              + kept.length()
              + " characters is on record, expected $argon2id$v=19$m=…,t=…,p=…$salt$hash");
    }
    return new Argon2Hash(
        Integer.parseInt(matcher.group(1)),
        Integer.parseInt(matcher.group(2)),
        Integer.parseInt(matcher.group(3)),
        Base64.getDecoder().decode(matcher.group(4)),
        Base64.getDecoder().decode(matcher.group(5)));
  }

  /** Whether it is of this password, compared in constant time. */
  boolean isOf(String password) {
    return MessageDigest.isEqual(
        hash, of(password, memoryKib, passes, lanes, salt, hash.length).hash());
  }

  /** As it is kept. */
  String kept() {
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
        .formatted(
            memoryKib, passes, lanes, base64.encodeToString(salt), base64.encodeToString(hash));
  }
}
