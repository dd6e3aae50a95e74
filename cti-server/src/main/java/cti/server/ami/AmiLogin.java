package cti.server.ami;

import cti.server.config.Secret;
import java.util.regex.Pattern;

/**
 * Who logs in.
 *
 * @param user name of the section in the gateway's manager.conf; it needs {@code read = system}, or
 *     Asterisk does not announce FullyBooted to it
 * @param secret its password; only a digest of it crosses the wire
 * @param clientName distinguishes this server's actions from those of other clients: 1 to 32
 *     letters, digits, dots, underscores or hyphens, different on every node
 */
public record AmiLogin(String user, Secret secret, String clientName) {
  private static final Pattern CLIENT_NAME = Pattern.compile("[A-Za-z0-9._-]{1,32}");

  public AmiLogin {
    Checks.line("user", user);
    if (secret == null || secret.isEmpty()) {
      throw new IllegalArgumentException(
          "secret of user " + user + " is empty: expected its password");
    }
    if (clientName == null || !CLIENT_NAME.matcher(clientName).matches()) {
      throw new IllegalArgumentException(
          "clientName is " + clientName + ": expected 1 to 32 letters, digits or . _ -");
    }
  }
}
