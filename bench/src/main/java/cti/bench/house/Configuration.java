package cti.bench.house;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a server beside a synthetic gateway is told in its cti.yaml; the rest is the shipped
 * default.
 *
 * @param folder keeps journal, database and configuration
 * @param secretFile holds the manager secret
 * @param sampleData whether it fills an empty database with the sample
 */
public record Configuration(
    Path folder, int amiPort, int agiPort, int webPort, Path secretFile, boolean sampleData) {

  /** On free ports, with a secret of its own. */
  public static Configuration in(Path folder, boolean sampleData) throws IOException {
    Path secretFile = Files.writeString(folder.resolve("ami.secret"), House.random() + "\n");
    return new Configuration(folder, freePort(), freePort(), freePort(), secretFile, sampleData);
  }

  /** The same with its page on this port. */
  public Configuration withWebPort(int port) {
    return new Configuration(folder, amiPort, agiPort, port, secretFile, sampleData);
  }

  /** Written by a server with the sample: user, password, role, agent, between tabs. */
  public Path sampleAccounts() {
    return folder.resolve("sample-accounts.tsv");
  }

  /** Writes cti.yaml. */
  Path write() throws IOException {
    return Files.writeString(
        folder.resolve("cti.yaml"),
        """
        zone: Asia/Shanghai
        gateway:
          id: gw1
          ami:
            host: 127.0.0.1
            port: %d
            user: cti
            secret: file:%s
        agi:
          bind-address: 127.0.0.1
          port: %d
        web:
          bind-address: 127.0.0.1
          port: %d
          # One session gives the commands of all agents.
          rate-limits:
            session: { per-second: 10000, burst: 100000 }
            address: { per-second: 10000, burst: 100000 }
        database:
          kind: embedded
          embedded:
            folder: %s
        journal:
          folder: %s
        sample-data: %b
        """
            .formatted(
                amiPort,
                secretFile,
                agiPort,
                webPort,
                folder.resolve("database"),
                folder.resolve("journal"),
                sampleData));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
