package cti.testbed.demo;

import cti.testbed.gateway.Testbed;
import cti.testbed.server.DatabaseChoice;
import cti.testbed.server.OnTestbed;
import cti.testbed.server.ServerSettings;
import cti.testbed.server.UntilEnded;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./cti demo}: exit code 0 ended as asked, 1 a fault, 2 wrong use, 3 cannot run here. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = "The whole desk on this machine, with callers, until Ctrl-C.")
public final class DemoCommand implements Callable<Integer> {
  private static final Pattern TIME = Pattern.compile("([1-9][0-9]{0,4})([smh])");

  @Spec private CommandLine.Model.CommandSpec spec;

  @Option(
      names = "--for",
      paramLabel = "TIME",
      description = "Ends by itself after this time, such as 60s or 5m.")
  private Optional<String> lasts = Optional.empty();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Of the page; 8080 unless that is taken.")
  private Optional<Integer> port = Optional.empty();

  @Override
  public Integer call() throws Exception {
    Optional<Duration> limit = lasts.map(this::time);
    CountDownLatch asked = new CountDownLatch(1);
    try (UntilEnded _ = UntilEnded.onRequest(asked::countDown)) {
      return run(limit, asked);
    }
  }

  private int run(Optional<Duration> limit, CountDownLatch asked) throws Exception {
    Path project = Path.of("").toAbsolutePath();
    OnTestbed on = new OnTestbed(project);
    int code =
        on.run(
            "the demo's server",
            testbed -> {
              play(limit, asked, project, testbed);
              return 0;
            });
    if (code != 0) {
      return code;
    }
    System.out.println(
        on.wasUp()
            ? "The demo has ended; the testbed was up before and still is."
            : "The demo has ended; nothing of it runs any more.");
    return 0;
  }

  private void play(Optional<Duration> limit, CountDownLatch asked, Path project, Testbed testbed)
      throws Exception {
    Path folder = Files.createTempDirectory("cti-demo-");
    try (Demo demo = new Demo(project, testbed, settings(testbed, folder))) {
      demo.open();
      demo.begin();
      if (limit.isPresent()) {
        asked.await(limit.get().toMillis(), TimeUnit.MILLISECONDS);
      } else {
        asked.await();
      }
      System.out.println("ending …");
    }
  }

  private ServerSettings settings(Testbed testbed, Path folder) throws Exception {
    ServerSettings any =
        ServerSettings.beside(testbed.environment(), folder, new DatabaseChoice.Embedded());
    return port.map(any::withWebPort).orElseGet(any::withUsualWebPort);
  }

  private Duration time(String text) {
    Matcher matcher = TIME.matcher(text);
    if (!matcher.matches()) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "--for is '%s'; expected a time such as 60s, 5m or 1h".formatted(text));
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      default -> Duration.ofHours(number);
    };
  }
}
