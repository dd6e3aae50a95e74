package cti.server.db;

import cti.server.db.DatabaseStartException.DatabaseUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server of ours that outlived its owner. Known by its pid, its name and its data folder. */
final class LeftOverServer {
  private static final Logger LOG = LoggerFactory.getLogger(LeftOverServer.class);

  private LeftOverServer() {}

  /** Stops the server of the folder if one runs, and waits for its end. */
  static void stop(Path home, Duration limit) throws IOException {
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
        if (!ended(left, limit)) {
          left.destroyForcibly();
          if (!ended(left, limit)) {
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

  /** Waits for the end of a process; false where it still runs after the limit. */
  static boolean ended(ProcessHandle process, Duration limit) {
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
}
