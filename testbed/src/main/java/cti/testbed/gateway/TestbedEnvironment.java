package cti.testbed.gateway;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Addresses, accounts and files of a testbed, as {@code testbed.sh up} wrote them into {@code
 * testbed.env} (a {@code KEY=value} a line).
 */
public record TestbedEnvironment(Map<String, String> values) {
  public TestbedEnvironment {
    values = Map.copyOf(values);
  }

  /**
   * Reads the lines of a testbed.env.
   *
   * @throws IllegalArgumentException for a line that is not {@code KEY=value}
   */
  public static TestbedEnvironment parse(List<String> lines) {
    Map<String, String> values = new HashMap<>();
    for (String line : lines) {
      if (line.isBlank()) {
        continue;
      }
      int equals = line.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException(
            "testbed.env holds the line '%s'; expected KEY=value".formatted(line));
      }
      values.put(line.substring(0, equals), line.substring(equals + 1));
    }
    return new TestbedEnvironment(values);
  }

  public String amiHost() {
    return value("CTI_AMI_HOST");
  }

  public int amiPort() {
    return Integer.parseInt(value("CTI_AMI_PORT"));
  }

  public String amiUser() {
    return value("CTI_AMI_USER");
  }

  /** Reads the file that holds the secret; only root may. */
  public String amiSecret() throws IOException {
    return Files.readString(amiSecretFile()).strip();
  }

  /** Its first line is the secret. */
  public Path amiSecretFile() {
    return path("CTI_AMI_SECRET_FILE");
  }

  /** The port at which the gateway's dialplan expects cti-server's FastAGI. */
  public int agiPort() {
    return Integer.parseInt(value("CTI_AGI_PORT"));
  }

  public String mysqlUrl() {
    return value("CTI_MYSQL_URL");
  }

  public String mysqlUser() {
    return value("CTI_MYSQL_USER");
  }

  public String mysqlPassword() throws IOException {
    return Files.readString(mysqlPasswordFile()).strip();
  }

  /** Its first line is the password. */
  public Path mysqlPasswordFile() {
    return path("CTI_MYSQL_PASSWORD_FILE");
  }

  /** The port of LDAP in the clear, where StartTLS is taken. */
  public int ldapPort() {
    return Integer.parseInt(value("CTI_LDAP_PORT"));
  }

  /** The port of LDAP within TLS. */
  public int ldapsPort() {
    return Integer.parseInt(value("CTI_LDAPS_PORT"));
  }

  public String ldapUser() {
    return value("CTI_LDAP_USER");
  }

  public String ldapBase() {
    return value("CTI_LDAP_BASE");
  }

  /** Its first line is the password; made when the part ldap is first started. */
  public Path ldapPasswordFile() {
    return path("CTI_LDAP_PASSWORD_FILE");
  }

  /** The server's certificate in PEM, which it signed itself for localhost. */
  public Path ldapCertificate() {
    return path("CTI_LDAP_CERTIFICATE");
  }

  /** Address and port of the relay for sound (TURN over UDP). */
  public String relay() {
    return value("CTI_RELAY");
  }

  /** What relay and server make credentials with; made when the part relay is first started. */
  public Path relaySecretFile() {
    return path("CTI_RELAY_SECRET_FILE");
  }

  /** Of the relay that no UDP reaches: by TCP. */
  public String relayByTcp() {
    return value("CTI_RELAY_WITHOUT_UDP");
  }

  /** The same by TLS. */
  public String relayByTls() {
    return value("CTI_RELAY_TLS");
  }

  /** Every request to that relay and what became of it. */
  public Path relayLog(Part relay) {
    return path("CTI_RELAY_LOGS").resolve(relay.word() + ".out");
  }

  /** Where the proxy takes HTTPS. */
  public URI proxy() {
    return URI.create(value("CTI_PROXY"));
  }

  /**
   * The proxy's certificate in PEM, which it signed itself; made when the part is first started.
   */
  public Path proxyCertificate() {
    return path("CTI_PROXY_CERTIFICATE");
  }

  /** The gateway's WebSocket for SIP, within TLS. */
  public String gatewayWebSocket() {
    return value("CTI_GATEWAY_WSS");
  }

  /** The gateway's certificate in PEM, which it signed itself. */
  public Path gatewayCertificate() {
    return path("CTI_GATEWAY_CERTIFICATE");
  }

  /** Address and port at which the switch takes calls from outside. */
  public String switchAddress() {
    return value("CTI_SWITCH_SIP");
  }

  /** The only address from which the switch takes callers. */
  public String callerAddress() {
    return value("CTI_CALLER_ADDRESS");
  }

  public String hotline() {
    return value("CTI_HOTLINE");
  }

  public Path queueLog() {
    return path("CTI_QUEUE_LOG");
  }

  public Path callDetailRecords() {
    return path("CTI_CDR_CSV");
  }

  /** The folder into which the gateway writes recordings. */
  public Path recordings() {
    return path("CTI_RECORDINGS");
  }

  /** What the gateway did, line by line. */
  public Path gatewayLog() {
    return path("CTI_GATEWAY_LOG");
  }

  /** The folder of prompts, below which {@code cti/zh/<id>.wav} lies. */
  public Path sounds() {
    return path("CTI_SOUNDS");
  }

  /** The folder that prompts are played from, as cti-server knows it. */
  public Path prompts() {
    return sounds().resolve("cti");
  }

  /** The folder of pid files and logs. */
  public Path run() {
    return path("CTI_TESTBED_RUN");
  }

  private Path path(String key) {
    return Path.of(value(key));
  }

  private String value(String key) {
    String value = values.get(key);
    if (value == null) {
      throw new IllegalArgumentException(
          "testbed.env lacks %s; it was written by another version: run testbed.sh up"
              .formatted(key));
    }
    return value;
  }
}
