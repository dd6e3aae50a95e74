package cti.server.app;

import cti.server.config.DatabaseConfig;
import cti.server.db.Database;
import cti.server.db.DatabaseAddress;
import cti.server.db.EmbeddedMariaDb;

/** The database that the configuration names. */
final class ConfiguredDatabase {
  private ConfiguredDatabase() {}

  /**
   * Opens it, starting the embedded server where it is that one.
   *
   * @param poolSize most connections at a time, 2 to 100
   * @param lifecycle notes what is to be stopped, also where opening fails half-way
   * @throws cti.server.db.DatabaseStartException with a message for the administrator
   */
  static Database open(DatabaseConfig config, int poolSize, Lifecycle lifecycle) {
    Database database = Database.open(address(config, lifecycle), poolSize);
    lifecycle.started("database", database::close);
    return database;
  }

  /** Where it is; starts the embedded server where it is that one. */
  static DatabaseAddress address(DatabaseConfig config, Lifecycle lifecycle) {
    return switch (config) {
      case DatabaseConfig.Embedded embedded -> {
        EmbeddedMariaDb server = EmbeddedMariaDb.start(embedded.folder(), embedded.port());
        lifecycle.started("embedded database", server::close);
        yield server.address();
      }
      case DatabaseConfig.MySql mysql ->
          new DatabaseAddress(
              mysql.host(),
              mysql.port(),
              mysql.name(),
              mysql.user(),
              mysql.password(),
              mysql.requireTls());
    };
  }
}
