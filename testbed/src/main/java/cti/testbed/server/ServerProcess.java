package cti.testbed.server;

import cti.testbed.client.Patience;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** cti-server from its jar, as the process that an administrator would start. */
public final class ServerProcess implements AutoCloseable {
  /** Relative to the project's root. */
  public static final Path JAR = Path.of("cti-server/target/cti-server-0.1.0.jar");

  private static final Pattern REASON = Pattern.compile("\"id\":\"([^\"]+)\"");

  private static final Path OPTIONS = Path.of("conf/jvm.options");

  /** On a machine where all suites begin at once; alone it takes ten seconds. */
  private static final Duration TO_BE_READY = Duration.ofMinutes(3);

  private static final Duration TO_END = Duration.ofSeconds(30);

  private final Process process;
  private final Path log;

  private ServerProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts a server; returns at once.
   *
   * @param project the project's root, in which the jar lies
   * @param configuration its cti.yaml
   * @param log gets what the server prints, behind what an earlier one printed
   */
  public static ServerProcess start(Path project, Path configuration, Path log) throws IOException {
    return start(project, configuration, log, log, Map.of());
  }

  /** The same with these variables in its environment beside ours. */
  public static ServerProcess start(
      Path project, Path configuration, Path log, Map<String, String> environment)
      throws IOException {
    return start(project, configuration, log, log, environment);
  }

  /** The same with what it prints to stderr in a file of its own. */
  public static ServerProcess start(Path project, Path configuration, Path log, Path errors)
      throws IOException {
    return start(project, configuration, log, errors, Map.of());
  }

  private static ServerProcess start(
      Path project, Path configuration, Path log, Path errors, Map<String, String> environment)
      throws IOException {
    Path jar = project.resolve(JAR);
    if (!Files.isRegularFile(jar)) {
      throw new IOException("no file " + jar + ", expected the server's jar: mvn package");
    }
    List<String> command = new ArrayList<>();
    // A session of its own (under the same pid): a Ctrl-C is ours to pass on, in order.
    command.add("setsid");
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + project.resolve(OPTIONS));
    command.addAll(moreOptions());
    command.add("-jar");
    command.add(jar.toString());
    command.addAll(List.of("run", "-c", configuration.toString()));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(project.toFile())
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()));
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    return new ServerProcess(process, log);
  }

  /** Options of the server's JVM behind those that it always has: {@code CTI_SERVER_OPTIONS}. */
  private static List<String> moreOptions() {
    return Stream.of(System.getenv().getOrDefault("CTI_SERVER_OPTIONS", "").split(" +"))
        .filter(option -> !option.isEmpty())
        .toList();
  }

  /** Waits until the server says that database, journal and gateway link are there. */
  public void awaitReady(URI address) throws InterruptedException {
    awaitReady(address, Optional.empty());
  }

  /** The same where one thing is away, such as database: the server may miss that and no other. */
  public void awaitReadyBut(URI address, String missing) throws InterruptedException {
    awaitReady(address, Optional.of(missing));
  }

  private void awaitReady(URI address, Optional<String> missing) throws InterruptedException {
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest request =
        HttpRequest.newBuilder(address.resolve("/health/ready"))
            .timeout(Duration.ofSeconds(2))
            .build();
    try (client) {
      Patience.until(
          "cti-server is ready",
          TO_BE_READY,
          () -> isAlive() ? ready(client, request, missing) : gone());
    }
  }

  private static Optional<String> ready(
      HttpClient client, HttpRequest request, Optional<String> missing)
      throws InterruptedException {
    try {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      return reasons(answer.body()).equals(missing.stream().toList())
          ? Optional.empty()
          : Optional.of(answer.body());
    } catch (IOException notYet) {
      return Optional.of("no answer: " + notYet);
    }
  }

  /** Why the server says that it is not ready; warnings, which come behind, are no reasons. */
  private static List<String> reasons(String health) {
    return REASON
        .matcher(health.split("\"warnings\"", 2)[0])
        .results()
        .map(reason -> reason.group(1))
        .toList();
  }

  private Optional<String> gone() {
    throw new IllegalStateException(
        "cti-server ended while starting, exit code %d; the end of its log:%n%s"
            .formatted(process.exitValue(), logTail(8)));
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public long pid() {
    return process.pid();
  }

  /**
   * Asks it to end, as an administrator does.
   *
   * @return its exit code
   */
  public int stop() throws InterruptedException {
    process.destroy();
    return awaitEnd(TO_END);
  }

  /** Ends it as a power failure would. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    awaitEnd(TO_END);
  }

  /** It goes on to exist and does nothing any more. */
  public void freeze() throws IOException, InterruptedException {
    signal("STOP");
  }

  public void thaw() throws IOException, InterruptedException {
    signal("CONT");
  }

  /**
   * Waits for its end.
   *
   * @return its exit code
   * @throws IllegalStateException where it still runs at the limit
   */
  public int awaitEnd(Duration limit) throws InterruptedException {
    if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException(
          "cti-server (pid %d) has not ended after %s".formatted(process.pid(), limit));
    }
    return process.exitValue();
  }

  private void signal(String name) throws IOException, InterruptedException {
    Process kill =
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).inheritIO().start();
    if (kill.waitFor() != 0) {
      throw new IOException("kill -%s %d failed".formatted(name, process.pid()));
    }
  }

  /** The last lines of what the server printed. */
  public String logTail(int lines) {
    try {
      List<String> all = Files.readAllLines(log);
      return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
    } catch (IOException unreadable) {
      return "(the log " + log + " cannot be read: " + unreadable + ")";
    }
  }

  /** Ends it if it still runs: in good order, and by force where it does not listen. */
  @Override
  public void close() throws IOException {
    if (!process.isAlive()) {
      return;
    }
    try {
      // A frozen process hears nothing but KILL.
      signal("CONT");
      process.destroy();
      if (!process.waitFor(TO_END.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
