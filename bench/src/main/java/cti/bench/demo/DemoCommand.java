package cti.bench.demo;

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

/** {@code ./cti demo --synthetic}: exit code 0 ended as asked, 1 a fault, 2 wrong use. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = "The desk with a synthetic gateway, where no testbed can run; until Ctrl-C.")
public final class DemoCommand implements Callable<Integer> {
  private static final Pattern TIME = Pattern.compile("([1-9][0-9]{0,4})([smh])");
  private static final double CALLS_PER_SECOND = 0.15;
  private static final double LONGEST_SECONDS = 7 * 86_400.0;
  private static final int TO_END_SECONDS = 60;

  @Spec private CommandLine.Model.CommandSpec spec;

  @Option(names = "--synthetic", required = true, description = "The synthetic gateway.")
  private boolean synthetic;

  @Option(
      names = "--for",
      paramLabel = "TIME",
      description = "Ends by itself after this time, such as 60s or 5m.")
  private Optional<String> lasts = Optional.empty();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Of the page; a free one where it is not said.")
  private int port;

  @Override
  public Integer call() throws Exception {
    long seconds = lasts.map(this::seconds).orElse(0L);
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    // Ctrl-C: the process stays until everything that it started has ended.
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .unstarted(
                    () -> {
                      asked.countDown();
                      await(ended);
                    }));
    try (SyntheticDesk desk = SyntheticDesk.open(port)) {
      desk.begin(CALLS_PER_SECOND, seconds == 0 ? LONGEST_SECONDS : seconds);
      if (seconds == 0) {
        asked.await();
      } else {
        asked.await(seconds, TimeUnit.SECONDS);
      }
      System.out.println("ending …");
    } finally {
      ended.countDown();
    }
    System.out.println("The demo has ended; nothing of it runs any more.");
    return 0;
  }

  private static void await(CountDownLatch ended) {
    try {
      if (!ended.await(TO_END_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("demo: not everything has ended within " + TO_END_SECONDS + " s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private long seconds(String text) {
    Matcher matcher = TIME.matcher(text);
    if (!matcher.matches()) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "--for is '%s'; expected a time such as 60s, 5m or 1h".formatted(text));
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "s" -> number;
      case "m" -> number * 60;
      default -> number * 3_600;
    };
  }
}
