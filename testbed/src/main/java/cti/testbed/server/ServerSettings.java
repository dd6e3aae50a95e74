package cti.testbed.server;

import cti.testbed.gateway.TestbedEnvironment;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;

/**
 * What a server of ours is told in its cti.yaml; everything else is the shipped default.
 *
 * @param folder keeps journal, embedded database, sample accounts, configuration and log
 * @param amiSecretFile holds the secret of the AMI user in its first line
 */
public record ServerSettings(
    Path folder,
    int webPort,
    int agiPort,
    int amiPort,
    String amiUser,
    Path amiSecretFile,
    DatabaseChoice database,
    GatewayLogs logs) {
  /** What the gateway writes: its own logs, which the server checks its records by, recordings. */
  public record GatewayLogs(Path queueLog, Path callDetailRecords, Path recordings) {}

  private static final String GATEWAY = "gw1";
  private static final int USUAL_WEB_PORT = 8080;

  /** A server beside the testbed, on a free web port. */
  public static ServerSettings beside(
      TestbedEnvironment testbed, Path folder, DatabaseChoice database) throws IOException {
    return new ServerSettings(
        folder,
        freePort(),
        testbed.agiPort(),
        testbed.amiPort(),
        testbed.amiUser(),
        testbed.amiSecretFile(),
        database,
        new GatewayLogs(testbed.queueLog(), testbed.callDetailRecords(), testbed.recordings()));
  }

  /** The same with a FastAGI port that no gateway calls. */
  public ServerSettings withFreeAgiPort() throws IOException {
    return new ServerSettings(
        folder, webPort, freePort(), amiPort, amiUser, amiSecretFile, database, logs);
  }

  /** The same with the manager interface of the gateway at this port. */
  public ServerSettings withAmiPort(int port) {
    return new ServerSettings(
        folder, webPort, agiPort, port, amiUser, amiSecretFile, database, logs);
  }

  /** The same with its page on this port. */
  public ServerSettings withWebPort(int port) {
    return new ServerSettings(
        folder, port, agiPort, amiPort, amiUser, amiSecretFile, database, logs);
  }

  /** The same with its page on port 8080, unless somebody has it. */
  public ServerSettings withUsualWebPort() {
    return PortCheck.isFree(USUAL_WEB_PORT) ? withWebPort(USUAL_WEB_PORT) : this;
  }

  /** The gateway's name, which begins every call's identifier. */
  public String gatewayId() {
    return GATEWAY;
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + webPort);
  }

  public Path file() {
    return folder.resolve("cti.yaml");
  }

  public Path journal() {
    return folder.resolve("journal");
  }

  /** Written by the server beside its journal when it makes the sample accounts. */
  public Path accounts() {
    return folder.resolve("sample-accounts.tsv");
  }

  public Path log() {
    return folder.resolve("server.log");
  }

  /** The text of cti.yaml. */
  public String yaml() {
    return """
    zone: Asia/Shanghai
    gateway:
      id: %s
      ami:
        host: 127.0.0.1
        port: %d
        user: %s
        secret: file:%s
      logs:
        queue-log: %s
        cdr: %s
      softphone:
        address: ws://127.0.0.1:8088/ws
        demo-callers: true
    agi:
      bind-address: 127.0.0.1
      port: %d
    web:
      bind-address: 127.0.0.1
      port: %d
    database:
    %sjournal:
      folder: %s
      # How full this machine's disk is says nothing about the server.
      disk:
        warn: {free-mib: 16, percent: 0, full-within: 0s}
        critical: {free-mib: 8, percent: 0, full-within: 0s}
    recordings:
      folder: %s
      least-free-mib: 1
      longest-pause: 5s
    sample-data: true
    """
        .formatted(
            GATEWAY,
            amiPort,
            amiUser,
            amiSecretFile,
            logs.queueLog(),
            logs.callDetailRecords(),
            agiPort,
            webPort,
            database.yaml(folder),
            journal(),
            logs.recordings());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
