package cti.server.db;

import cti.server.config.Secret;
import cti.server.db.DatabaseStartException.DatabaseUnavailableException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
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
  private final FileChannel lockChannel;
  private final Process process;
  private final DatabaseAddress address;

  private EmbeddedMariaDb(
      Path folder, FileChannel lockChannel, Process process, DatabaseAddress address) {
    this.folder = folder;
    this.lockChannel = lockChannel;
    this.process = process;
    this.address = address;
  }

  /**
   * Starts the server and waits, at most a minute, until it answers.
   *
   * @param folder made where it is missing; keeps data, program and log
   * @param port of 127.0.0.1; 0 for a free one
   * @throws DatabaseUnavailableException where it does not start; nothing runs then
   */
  public static EmbeddedMariaDb start(Path folder, int port) {
    Path home = folder.toAbsolutePath().normalize();
    FileChannel lock = null;
    try {
      Files.createDirectories(
          home, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      lock = lock(home);
      stopLeftOver(home);
      EmbeddedProgram program = EmbeddedProgram.in(home);
      makeData(home, program);
      int listen = port == 0 ? freePort() : port;
      Secret password = newPassword();
      Process process = launch(home, program, listen, password);
      FileChannel held = lock;
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
      closeQuietly(lock);
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
    if (!ended(process.toHandle(), STOP_LIMIT)) {
      LOG.warn("mariadbd {} did not stop within {}, killed", process.pid(), STOP_LIMIT);
      process.toHandle().destroyForcibly();
      ended(process.toHandle(), STOP_LIMIT);
    }
    closeQuietly(lockChannel);
    LOG.info("embedded database in {} stopped", folder);
  }

  private static FileChannel lock(Path home) throws IOException {
    FileChannel channel =
        FileChannel.open(home.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException ours) {
      lock = null;
    }
    if (lock == null) {
      channel.close();
      throw new DatabaseUnavailableException(
          "the data folder "
              + home
              + " is in use by another cti-server that runs, expected a folder of its own");
    }
    return channel;
  }

  private static void stopLeftOver(Path home) throws IOException {
    Path pidFile = home.resolve("mariadbd.pid");
    if (!Files.exists(pidFile)) {
      return;
    }
    String text = Files.readString(pidFile).strip();
    if (text.matches("[0-9]{1,10}")) {
      ProcessHandle left = ProcessHandle.of(Long.parseLong(text)).orElse(null);
      if (left != null && isServerOf(home, left.pid())) {
        LOG.warn("mariadbd {} was left over in {}, stopping it", left.pid(), home);
        left.destroy();
        if (!ended(left, STOP_LIMIT)) {
          left.destroyForcibly();
          if (!ended(left, STOP_LIMIT)) {
            throw new DatabaseUnavailableException(
                "mariadbd " + left.pid() + " was left over in " + home + " and does not end");
          }
        }
      }
    }
    Files.deleteIfExists(pidFile);
  }

  private static boolean isServerOf(Path home, long pid) {
    try {
      Path process = Path.of("/proc", Long.toString(pid));
      String name = Files.readString(process.resolve("comm")).strip();
      List<String> arguments = List.of(Files.readString(process.resolve("cmdline")).split("\0"));
      return name.equals("mariadbd") && arguments.contains("--datadir=" + home.resolve("data"));
    } catch (IOException gone) {
      return false;
    }
  }

  private static boolean ended(ProcessHandle process, Duration limit) {
    try {
      process.onExit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException late) {
      return false;
    } catch (ExecutionException broken) {
      throw new IllegalStateException("cannot wait for process " + process.pid(), broken);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return !process.isAlive();
    }
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
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .start();
    Deque<String> last = new ArrayDeque<>();
    try (BufferedReader lines = installer.inputReader()) {
      lines.lines().forEach(line -> keepLast(last, line));
    }
    if (!ended(installer.toHandle(), START_LIMIT) || installer.exitValue() != 0) {
      throw new DatabaseUnavailableException(
          "the embedded database cannot make its data folder "
              + data
              + "; it said: "
              + String.join(" / ", last));
    }
    Files.move(partial, data, StandardCopyOption.ATOMIC_MOVE);
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
    try {
      Process process =
          new ProcessBuilder(command(home, program, port, start)).redirectErrorStream(true).start();
      process.onExit().thenRun(() -> endSupervision(process));
      awaitReady(home, process, port);
      return process;
    } finally {
      Files.deleteIfExists(start);
    }
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
  private static void awaitReady(Path home, Process process, int port) throws IOException {
    Path log = home.resolve("mariadbd.log");
    Writer copy = Files.newBufferedWriter(log);
    CompletableFuture<Boolean> ready = new CompletableFuture<>();
    Deque<String> last = new ArrayDeque<>();
    Thread.ofPlatform()
        .daemon()
        .name("mariadbd-log")
        .start(
            () -> {
              try (copy;
                  BufferedReader lines = process.inputReader()) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                  copy.write(line + "\n");
                  copy.flush();
                  if (!ready.isDone()) {
                    keepLast(last, line);
                    if (line.contains("ready for connections")) {
                      ready.complete(true);
                    }
                  }
                }
              } catch (IOException broken) {
                LOG.warn("cannot keep the log of mariadbd {} in {}", process.pid(), log, broken);
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
      ended(process.toHandle(), STOP_LIMIT);
      String said;
      synchronized (last) {
        said = String.join(" / ", last);
      }
      throw new DatabaseUnavailableException(
          "the embedded database does not start on 127.0.0.1:"
              + port
              + " in "
              + home
              + " (whole log: "
              + log
              + "); it said: "
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

  private static void closeQuietly(FileChannel channel) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException broken) {
        LOG.warn("cannot release the lock of the embedded database", broken);
      }
    }
  }
}
