package cti.bridge.local;

import cti.bridge.pairing.PrivateFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * What programs on this computer show to use the local API: made once, in a file that only the user
 * reads.
 */
public final class LocalToken {
  private final String token;

  private LocalToken(String token) {
    this.token = token;
  }

  /** Reads it; makes it where there is none. */
  public static LocalToken of(Path folder) throws IOException {
    Path file = folder.resolve("local.token");
    try {
      String known = Files.readString(file).strip();
      if (!known.isEmpty()) {
        return new LocalToken(known);
      }
    } catch (NoSuchFileException first) {
      // Made below.
    }
    byte[] secret = new byte[24];
    new SecureRandom().nextBytes(secret);
    String fresh = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    PrivateFile.write(file, fresh + "\n");
    return new LocalToken(fresh);
  }

  public String value() {
    return token;
  }

  boolean fits(String authorization) {
    return authorization != null
        && MessageDigest.isEqual(
            authorization.getBytes(StandardCharsets.UTF_8),
            ("Bearer " + token).getBytes(StandardCharsets.UTF_8));
  }

  /** Never shows it. */
  @Override
  public String toString() {
    return "[REDACTED]";
  }
}
