package cti.server.app;

import cti.server.db.Database;
import cti.server.db.DatabaseAddress;
import cti.server.db.EmbeddedMariaDb;
import cti.server.db.ForkFolder;
import cti.server.db.accounts.AccountStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Comparator;
import java.util.stream.Stream;

/** A real embedded database for a test; its program is kept between runs, its data is not. */
final class EmbeddedServer implements AutoCloseable {
  static final Path FOLDER = ForkFolder.named("embedded-accounts");

  private final EmbeddedMariaDb server;
  private final Database database;
  private boolean running = true;

  private EmbeddedServer(EmbeddedMariaDb server, Database database) {
    this.server = server;
    this.database = database;
  }

  static EmbeddedServer withoutData() throws IOException {
    Path data = FOLDER.resolve("data");
    if (Files.exists(data)) {
      try (Stream<Path> inside = Files.walk(data)) {
        for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
    EmbeddedMariaDb server = EmbeddedMariaDb.start(FOLDER, 0);
    return new EmbeddedServer(server, Database.open(server.address(), 2));
  }

  DatabaseAddress address() {
    return server.address();
  }

  Database database() {
    return database;
  }

  AccountStore accounts() {
    return new AccountStore(database, Clock.systemUTC(), new SecureRandom());
  }

  /** Safe to call twice. */
  @Override
  public void close() {
    if (running) {
      running = false;
      database.close();
      server.close();
    }
  }
}
