package cti.server.db;

import cti.server.config.Secret;
import cti.server.db.DatabaseStartException.DatabaseUnavailableException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes an embedded server's data, and starts its process. */
final class EmbeddedLaunch {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedLaunch.class);
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

  private EmbeddedLaunch() {}

  static void makeData(Path home, EmbeddedProgram program) throws IOException {
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

  /** Starts the server and waits, at most a minute, until it answers. */
  static Process launch(Path home, EmbeddedProgram program, int port, Secret password)
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
    Path file = home.resolve("mariadbd.log");
    if (Files.exists(file)) {
      Files.move(file, home.resolve("mariadbd.log.1"), StandardCopyOption.REPLACE_EXISTING);
    }
    Writer log = Files.newBufferedWriter(file);
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
}
