package cti.server.web.softphone;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Relays (TURN, RFC 8656) that take a name with an end in it, and as its password a code of that
 * name (draft-uberti-behave-turn-rest, 2.2; coturn's {@code use-auth-secret}): nothing is stored at
 * either end, and what leaks is soon worth nothing. Shows no secret as text.
 */
public final class TurnRelays {
  private static final String CODE = "HmacSHA1";
  private final List<String> servers;
  private final SecretKeySpec key;
  private final Duration lifetime;

  /**
   * @param servers such as turn:turn.example:3478?transport=udp
   * @param secret that the relays have as {@code static-auth-secret}; not empty
   * @param lifetime of what {@link #forBrowser} makes
   */
  public TurnRelays(List<String> servers, String secret, Duration lifetime) {
    this.servers = List.copyOf(servers);
    this.key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), CODE);
    this.lifetime = lifetime;
  }

  /**
   * What a browser asks the relays with.
   *
   * @param account whose it is, so that the relays' logs tell it
   */
  IceServerView forBrowser(String account, Instant now) {
    String user = now.plus(lifetime).getEpochSecond() + ":" + account;
    return new IceServerView(servers, user, code(user));
  }

  private String code(String user) {
    try {
      Mac mac = Mac.getInstance(CODE);
      mac.init(key);
      return Base64.getEncoder().encodeToString(mac.doFinal(user.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException impossible) {
      // Every Java platform has it (java.base, Mac).
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public String toString() {
    return servers + " [REDACTED]";
  }
}
