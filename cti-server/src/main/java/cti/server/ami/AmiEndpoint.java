package cti.server.ami;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the gateway's manager interface listens.
 *
 * @param host name or address
 * @param port 1..65535; Asterisk's defaults are 5038, and 5039 for TLS
 * @param tls set where the connection is encrypted
 */
public record AmiEndpoint(String host, int port, Optional<Tls> tls) {
  /**
   * @param trustFile PEM certificates that are trusted; none: those of the Java runtime
   * @param checkHostname whether the certificate must carry the endpoint's host
   */
  public record Tls(Optional<Path> trustFile, boolean checkHostname) {
    public Tls {
      trustFile.ifPresent(
          file -> {
            if (!Files.isReadable(file)) {
              throw new IllegalArgumentException(
                  "trust file " + file + " cannot be read: expected a file of PEM certificates");
            }
          });
    }
  }

  public AmiEndpoint {
    Checks.line("host", host);
    Checks.between("port", port, 1, 65_535);
  }

  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host)
        + ":"
        + port
        + (tls.isPresent() ? " (TLS)" : "");
  }
}
