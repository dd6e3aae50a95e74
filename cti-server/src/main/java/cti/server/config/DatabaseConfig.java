package cti.server.config;

import java.nio.file.Path;

/** Which database keeps the records. */
public sealed interface DatabaseConfig {
  /** Most connections at a time; also the most queries that run at once. */
  int poolSize();

  /**
   * A MariaDB server of our own.
   *
   * @param folder keeps data, program and log
   * @param port of 127.0.0.1; 0 for a free one
   */
  record Embedded(Path folder, int port, int poolSize) implements DatabaseConfig {}

  /**
   * A MySQL or MariaDB server of yours.
   *
   * @param requireTls false where TLS is used if the server offers it and is on another machine
   */
  record MySql(
      String host,
      int port,
      String name,
      String user,
      Secret password,
      boolean requireTls,
      int poolSize)
      implements DatabaseConfig {}
}
