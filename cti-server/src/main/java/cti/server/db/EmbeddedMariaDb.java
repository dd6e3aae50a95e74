package cti.server.db;

import cti.server.config.Secret;
import cti.server.db.DatabaseStartException.DatabaseUnavailableException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A MariaDB server of our own, as a process beside ours, on 127.0.0.1 only.
 *
 * <p>The folder keeps the data between runs and belongs to one running cti-server at a time. The
 * password is made anew at every start and is nowhere on disk while the server runs. When our
 * process is gone, however it went, the server is told to stop; should one be left over all the
 * same, the next start in its folder stops it by its own pid, after checking that it is ours.
 */
public final class EmbeddedMariaDb implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedMariaDb.class);
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
  private static final int LINES_SHOWN = 5;

  /**
   * Runs the server under the shell's own pid, deaf to the terminal's Ctrl-C. A second shell waits
   * for the end of its input, which comes when our process closes the pipe or dies.
   */
  private static final String SUPERVISED =
      """
      exec 3<&0
      ( read -r line <&3
        case "$(cat /proc/$$/comm 2>/dev/null)" in mariadbd) kill -TERM $$ ;; esac ) >/dev/null 2>&1 &
      exec "$@" </dev/null 3<&-
      """;

  private final Path folder;
  private final EmbeddedFolderLock lock;
  private final Process process;
  private final DatabaseAddress address;

  private EmbeddedMariaDb(
      Path folder, EmbeddedFolderLock lock, Process process, DatabaseAddress address) {
    this.folder = folder;
    this.lock = lock;
    this.process = process;
    this.address = address;
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
      makeData(home, program);
      int listen = port == 0 ? freePort() : port;
      Secret password = newPassword();
      Process process = launch(home, program, listen, password);
      EmbeddedFolderLock held = lock;
      lock = null;
      return new EmbeddedMariaDb(
          home,
          held,
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

  /** Stops the server cleanly and waits for its end. */
  @Override
  public void close() {
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

  private static void makeData(Path home, EmbeddedProgram program) throws IOException {
    Path data = home.resolve("data");
    if (Files.isDirectory(data)) {
      return;
    }
    Path partial = home.resolve("data.partial");
    EmbeddedProgram.delete(partial);
    List<String> command =
        new ArrayList<>(
            List.of(
                program.installer().toString(),
                "--no-defaults",
                "--basedir=" + program.root(),
                "--datadir=" + partial,
                "--skip-test-db",
                "--skip-name-resolve",
                "--auth-root-authentication-method=socket"));
    asRoot(command);
    Process installer =
        builder(home, command)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .start();
    Deque<String> last = new ArrayDeque<>();
    try (BufferedReader lines = installer.inputReader()) {
      lines.lines().forEach(line -> keepLast(last, line));
    }
    if (!succeeded(installer)) {
      throw new DatabaseUnavailableException(
          "the embedded database cannot make its data folder "
              + data
              + "; it said: "
              + String.join(" / ", last));
    }
    Files.move(partial, data, StandardCopyOption.ATOMIC_MOVE);
  }

  private static boolean succeeded(Process installer) {
    try {
      if (installer.waitFor(START_LIMIT)) {
        return installer.exitValue() == 0;
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    installer.destroyForcibly();
    return false;
  }

  private static Process launch(Path home, EmbeddedProgram program, int port, Secret password)
      throws IOException {
    Path start = home.resolve("start.sql");
    Files.deleteIfExists(start);
    Files.createFile(
        start, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(
        start,
        """
        CREATE DATABASE IF NOT EXISTS cti CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
        CREATE OR REPLACE USER 'cti'@'127.0.0.1' IDENTIFIED BY '%s';
        GRANT ALL ON cti.* TO 'cti'@'127.0.0.1';
        GRANT ALL ON `cti\\_%%`.* TO 'cti'@'127.0.0.1';
        """
            .formatted(password.reveal()));
    Writer log = Files.newBufferedWriter(home.resolve("mariadbd.log"));
    try {
      Process process = builder(home, command(home, program, port, start)).start();
      process.onExit().thenRun(() -> endSupervision(process));
      awaitReady(home, process, port, log);
      return process;
    } finally {
      Files.deleteIfExists(start);
    }
  }

  /**
   * A program of the server with a folder for temporary files of its own: each mariadbd that starts
   * deletes the temporary tables that it finds in its folder, those of other servers too.
   */
  private static ProcessBuilder builder(Path home, List<String> command) throws IOException {
    Path temporary = Files.createDirectories(home.resolve("tmp"));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("TMPDIR", temporary.toString());
    return builder;
  }

  private static void endSupervision(Process process) {
    try {
      process.getOutputStream().close();
    } catch (IOException broken) {
      LOG.warn(
          "cannot close the pipe to the shell that watched mariadbd {}", process.pid(), broken);
    }
  }

  private static List<String> command(Path home, EmbeddedProgram program, int port, Path start) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "setsid",
                "sh",
                "-c",
                SUPERVISED,
                "sh",
                program.server().toString(),
                "--no-defaults",
                "--basedir=" + program.root(),
                "--datadir=" + home.resolve("data"),
                "--pid-file=" + home.resolve("mariadbd.pid"),
                "--init-file=" + start,
                "--bind-address=127.0.0.1",
                "--port=" + port,
                // Inside the data folder: a path of its own could be longer than a socket's may be.
                "--socket=mariadbd.sock",
                "--skip-name-resolve",
                // It never leaves this machine; and making a certificate takes 10 s of one core.
                "--skip-ssl",
                "--character-set-server=utf8mb4",
                "--collation-server=utf8mb4_bin",
                "--default-time-zone=+00:00",
                "--max-connections=60",
                "--innodb-buffer-pool-size=64M"));
    asRoot(command);
    return command;
  }

  private static void asRoot(List<String> command) {
    if (System.getProperty("user.name").equals("root")) {
      command.add("--user=root");
    }
  }

  /** Copies what the server says into mariadbd.log for as long as it runs. */
  private static void awaitReady(Path home, Process process, int port, Writer log) {
    CompletableFuture<Boolean> ready = new CompletableFuture<>();
    Deque<String> last = new ArrayDeque<>();
    Thread.ofPlatform()
        .daemon()
        .name("mariadbd-log")
        .start(
            () -> {
              try (log;
                  BufferedReader lines = process.inputReader()) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                  log.write(line + "\n");
                  log.flush();
                  if (!ready.isDone()) {
                    keepLast(last, line);
                    if (line.contains("ready for connections")) {
                      ready.complete(true);
                    }
                  }
                }
              } catch (IOException broken) {
                LOG.warn("cannot keep the log of mariadbd {} in {}", process.pid(), home, broken);
              } finally {
                ready.complete(false);
              }
            });
    boolean up;
    try {
      up = ready.get(START_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      up = false;
    } catch (ExecutionException broken) {
      throw new IllegalStateException(broken);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      up = false;
    }
    if (!up) {
      process.toHandle().destroyForcibly();
      LeftOverServer.ended(process.toHandle(), STOP_LIMIT);
      String said;
      synchronized (last) {
        said = String.join(" / ", last);
      }
      throw new DatabaseUnavailableException(
          "the embedded database does not start on 127.0.0.1:"
              + port
              + " in "
              + home
              + " (whole log: mariadbd.log there); it said: "
              + said);
    }
  }

  private static void keepLast(Deque<String> last, String line) {
    synchronized (last) {
      if (!line.isBlank()) {
        last.addLast(line.strip());
      }
      if (last.size() > LINES_SHOWN) {
        last.removeFirst();
      }
    }
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
