package cti.server.db;

import cti.server.config.Secret;
import cti.server.db.DatabaseStartException.DatabaseUnavailableException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A MariaDB server of our own, as a process beside ours, on 127.0.0.1 only.
 *
 * <p>The folder keeps the data between runs and belongs to one running cti-server at a time. The
 * password is made anew at every start and is nowhere on disk while the server runs. When our
 * process is gone, however it went, the server is told to stop; should one be left over all the
 * same, the next start in its folder stops it by its own pid, after checking that it is ours. A
 * server that ends by itself is started again.
 */
public final class EmbeddedMariaDb implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedMariaDb.class);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private final Path folder;
  private final EmbeddedFolderLock lock;
  private final EmbeddedProgram program;
  private final DatabaseAddress address;
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile Process process;
  private volatile Thread restarting;

  private EmbeddedMariaDb(
      Path folder,
      EmbeddedFolderLock lock,
      EmbeddedProgram program,
      Process process,
      DatabaseAddress address) {
    this.folder = folder;
    this.lock = lock;
    this.program = program;
    this.process = process;
    this.address = address;
    watch(process);
  }

  /**
   * Starts the server and waits, at most a minute, until it answers.
   *
   * @param folder made where it is missing; keeps data, program and log
   * @param port of 127.0.0.1; 0 for a free one
   * @throws DatabaseUnavailableException where it does not start; nothing runs then
   * @throws DatabaseStartException.DatabaseInUseException where another cti-server has the folder
   */
  public static EmbeddedMariaDb start(Path folder, int port) {
    Path home = folder.toAbsolutePath().normalize();
    EmbeddedFolderLock lock = null;
    try {
      Files.createDirectories(
          home, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      lock = EmbeddedFolderLock.take(home);
      LeftOverServer.stop(home, STOP_LIMIT);
      EmbeddedProgram program = EmbeddedProgram.in(home);
      EmbeddedLaunch.makeData(home, program);
      int listen = port == 0 ? freePort() : port;
      Secret password = newPassword();
      Process process = EmbeddedLaunch.launch(home, program, listen, password);
      EmbeddedFolderLock held = lock;
      lock = null;
      return new EmbeddedMariaDb(
          home,
          held,
          program,
          process,
          new DatabaseAddress("127.0.0.1", listen, "cti", "cti", password, false));
    } catch (IOException broken) {
      throw new DatabaseUnavailableException(
          "the embedded database does not start in " + home + ": " + broken, broken);
    } finally {
      if (lock != null) {
        lock.close();
      }
    }
  }

  /** The database {@code cti}; its user may also make databases whose names start with cti_. */
  public DatabaseAddress address() {
    return address;
  }

  /** The server's process. */
  public long pid() {
    return process.pid();
  }

  /** A server that ends while nobody asked it to is started again, on the same port. */
  private void watch(Process running) {
    running
        .onExit()
        .thenAccept(
            ended -> {
              if (closing.getCount() > 0) {
                restarting =
                    Thread.ofPlatform()
                        .daemon()
                        .name("mariadbd-restart")
                        .start(() -> startAgain(ended));
              }
            });
  }

  private void startAgain(Process ended) {
    LOG.error(
        "mariadbd {} ended with {}, its last words are in {}; it is started again",
        ended.pid(),
        ended.exitValue(),
        folder.resolve("mariadbd.log.1"));
    Duration pause = FIRST_PAUSE;
    try {
      while (closing.getCount() > 0) {
        try {
          process = EmbeddedLaunch.launch(folder, program, address.port(), address.password());
          LOG.warn("embedded database is up again: mariadbd {}", process.pid());
          watch(process);
          return;
        } catch (IOException | DatabaseUnavailableException e) {
          LOG.error("mariadbd does not start, tried again in {}: {}", pause, e.getMessage());
        }
        if (closing.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
        pause =
            pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
                ? pause.multipliedBy(2)
                : LONGEST_PAUSE;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void endRestart() {
    Thread thread = restarting;
    if (thread == null) {
      return;
    }
    thread.interrupt();
    try {
      thread.join(STOP_LIMIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Stops the server cleanly and waits for its end. */
  @Override
  public void close() {
    closing.countDown();
    endRestart();
    // By its handle: Process.destroy would also close the pipe that the log comes through.
    process.toHandle().destroy();
    if (!LeftOverServer.ended(process.toHandle(), STOP_LIMIT)) {
      LOG.warn("mariadbd {} did not stop within {}, killed", process.pid(), STOP_LIMIT);
      process.toHandle().destroyForcibly();
      LeftOverServer.ended(process.toHandle(), STOP_LIMIT);
    }
    lock.close();
    LOG.info("embedded database in {} stopped", folder);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
      return socket.getLocalPort();
    }
  }

  private static Secret newPassword() {
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    return new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(random));
  }
}
