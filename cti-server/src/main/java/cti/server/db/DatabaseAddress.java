package cti.server.db;

import cti.server.config.DatabaseConfig;
import cti.server.config.Secret;

/**
 * Where a database is and who we are there.
 *
 * @param name of the database on its server
 * @param requireTls false where TLS is used if the server offers it and is on another machine
 */
public record DatabaseAddress(
    String host, int port, String name, String user, Secret password, boolean requireTls) {
  /** The address that the configuration gives. */
  public static DatabaseAddress of(DatabaseConfig.MySql config) {
    return new DatabaseAddress(
        config.host(),
        config.port(),
        config.name(),
        config.user(),
        config.password(),
        config.requireTls());
  }

  /** The same server and user, another database on it. */
  public DatabaseAddress withName(String other) {
    return new DatabaseAddress(host, port, other, user, password, requireTls);
  }

  /** For people: no password. */
  @Override
  public String toString() {
    return user + "@" + host + ":" + port + "/" + name;
  }
}
