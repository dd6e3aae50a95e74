package cti.server.app;

import ch.qos.logback.classic.LoggerContext;
import cti.server.config.ConfigurationException;
import cti.server.config.CtiConfig;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The program. Exit codes: 0 as asked, 1 stopped, but not cleanly, 2 the configuration or the
 * words, 3 could not start.
 */
@Command(
    name = "cti-server",
    description = "CTI server for corporate service desks.",
    mixinStandardHelpOptions = true,
    version = Main.VERSION,
    subcommands = {
      Main.Run.class,
      FlowCheck.class,
      IvrCommand.class,
      AccountCommand.class,
      RouteCommand.class
    })
public final class Main {
  /** Of the product, as in pom.xml. */
  static final String VERSION = "0.1.0";

  static final int NOT_CLEAN = 1;
  static final int BAD_INPUT = 2;
  static final int CANNOT_START = 3;

  private Main() {}

  public static void main(String[] arguments) {
    if (arguments.length > 0 && Set.of("account", "ivr", "route").contains(arguments[0])) {
      // What the command prints is its answer: the log, less of it, goes beside it. Before any
      // logger.
      System.setProperty("cti.log.target", "System.err");
      System.setProperty("cti.log.level", "ERROR");
    }
    System.exit(commandLine().execute(arguments));
  }

  /** The program's words. */
  static CommandLine commandLine() {
    return new CommandLine(new Main()).setCaseInsensitiveEnumValuesAllowed(true);
  }

  @Command(
      name = "run",
      description = "Runs the server until SIGTERM or Ctrl-C.",
      mixinStandardHelpOptions = true)
  static final class Run implements Callable<Integer> {
    private static final Logger log = LoggerFactory.getLogger(Main.class);

    @Mixin private ConfigurationFile config;

    @Option(names = "--check", description = "Only checks the configuration.")
    private boolean check;

    @Option(
        names = "--forget-picture",
        description =
            "Begins without agents and calls: for a journal whose checkpoints are all lost.")
    private boolean forgetPicture;

    @Override
    public Integer call() throws InterruptedException {
      CtiConfig read;
      try {
        read = config.read();
      } catch (ConfigurationException e) {
        System.err.println(e.getMessage());
        return BAD_INPUT;
      }
      if (check) {
        System.out.println(config.file() + " is fine");
        return 0;
      }
      return serve(read, forgetPicture);
    }

    private static int serve(CtiConfig config, boolean forgetPicture) throws InterruptedException {
      Lifecycle lifecycle = new Lifecycle();
      CountDownLatch asked = new CountDownLatch(1);
      CompletableFuture<Integer> ended = new CompletableFuture<>();
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    asked.countDown();
                    int code = ended.join();
                    flushLog();
                    // A signal would otherwise be the exit code, whatever became of the stop.
                    Runtime.getRuntime().halt(code);
                  },
                  "stop"));
      int exitCode = NOT_CLEAN;
      try {
        Wiring.start(config, forgetPicture, lifecycle);
        asked.await();
        log.info("stopping");
        exitCode = lifecycle.stop() ? 0 : NOT_CLEAN;
      } catch (StartException e) {
        lifecycle.stop();
        System.err.println("cti-server cannot start: " + e.getMessage());
        exitCode = CANNOT_START;
      } finally {
        lifecycle.stop();
        ended.complete(exitCode);
      }
      return exitCode;
    }

    /** Lines that still wait are written, or given up after the appender's own limit. */
    private static void flushLog() {
      if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
        context.stop();
      }
    }
  }
}
