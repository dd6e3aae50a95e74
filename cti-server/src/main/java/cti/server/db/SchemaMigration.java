package cti.server.db;

import cti.server.db.DatabaseStartException.DatabaseUnavailableException;
import cti.server.db.DatabaseStartException.SchemaFaultException;
import cti.server.db.DatabaseStartException.SchemaTooNewException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;

/** Brings a database up to the schema of this version: the files of schema/, run by Flyway. */
final class SchemaMigration {
  private SchemaMigration() {}

  static void run(DatabaseAddress address) {
    Flyway flyway =
        Flyway.configure(SchemaMigration.class.getClassLoader())
            .dataSource(Connecting.dataSource(address))
            .locations("classpath:schema")
            .table("schema_history")
            .validateMigrationNaming(true)
            .failOnMissingLocations(true)
            .connectRetries(0)
            .load();
    try {
      refuseNewer(address, flyway);
      flyway.migrate();
    } catch (FlywayException refused) {
      if (connectionLost(refused)) {
        throw new DatabaseUnavailableException(
            "the database " + address + " went away while its schema was looked at", refused);
      }
      throw new SchemaFaultException(
          "the schema of "
              + address
              + " is not as its history says, or a migration failed ("
              + oneLine(refused.getMessage())
              + "), expected one made by cti-server alone; restore the last backup",
          refused);
    }
  }

  private static void refuseNewer(DatabaseAddress address, Flyway flyway) {
    MigrationInfo[] all = flyway.info().all();
    Optional<MigrationVersion> newest =
        Arrays.stream(all)
            .filter(migration -> migration.getState().isApplied())
            .map(MigrationInfo::getVersion)
            .max(Comparator.naturalOrder());
    MigrationVersion known =
        Arrays.stream(all)
            .filter(migration -> migration.getState().isResolved())
            .map(MigrationInfo::getVersion)
            .max(Comparator.naturalOrder())
            .orElseThrow(
                () -> new IllegalStateException("no migration in schema/ on the class path"));
    if (newest.isPresent() && newest.get().isNewerThan(known)) {
      throw new SchemaTooNewException(
          "the schema of "
              + address
              + " has version "
              + newest.get()
              + ", expected at most "
              + known
              + "; run the newer cti-server that made it");
    }
  }

  /** SQL state 08: the connection failed. */
  private static boolean connectionLost(Throwable failed) {
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql
          && sql.getSQLState() != null
          && sql.getSQLState().startsWith("08")) {
        return true;
      }
    }
    return false;
  }

  private static String oneLine(String message) {
    return message.strip().replaceAll("\\s*\\R\\s*", "; ");
  }
}
