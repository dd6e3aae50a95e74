package cti.bench.house;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/**
 * A process of the bench itself, from the same jar: gateway or consoles. Takes lines, answers
 * {@code status} with one line of JSON, ends when its input does.
 */
public final class Helper implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final String name;
  private final Process process;
  private final BufferedReader out;
  private final Writer in;

  private Helper(String name, Process process) {
    this.name = name;
    this.process = process;
    this.out = process.inputReader(StandardCharsets.UTF_8);
    this.in = process.outputWriter(StandardCharsets.UTF_8);
  }

  /**
   * The synthetic gateway of a server.
   *
   * @param callers file with the numbers that call
   * @param events of an answered call
   * @param ringMillis and {@code talkMillis} as in {@link Settings}
   */
  public static Helper gateway(
      Configuration configuration,
      Path callers,
      int events,
      int ringMillis,
      int talkMillis,
      Path log)
      throws IOException {
    return start(
        "gateway",
        log,
        List.of(
            "--ami-port=" + configuration.amiPort(),
            "--agi-port=" + configuration.agiPort(),
            "--secret-file=" + configuration.secretFile(),
            "--callers=" + callers,
            "--events=" + events,
            "--ring=" + ringMillis,
            "--talk=" + talkMillis));
  }

  /** Starts one and waits until it says that it is ready. */
  static Helper start(String name, Path log, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Java.program());
    command.addAll(Java.OPTIONS);
    command.add("-Xmx512m");
    // One busy thread each: what collects beside it would take processors from the server.
    command.add("-XX:+UseSerialGC");
    command.add("-Dlogback.configurationFile=bench-logback.xml");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "cti.bench.Main", name));
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    Helper helper = new Helper(name, process);
    String first = helper.out.readLine();
    if (!"ready".equals(first)) {
      helper.close();
      throw new IOException(name + " does not start, it said: " + first + "; see " + log);
    }
    return helper;
  }

  /** Has it do something that it does not answer. */
  public synchronized void tell(String line) {
    try {
      in.write(line + "\n");
      in.flush();
    } catch (IOException gone) {
      throw new UncheckedIOException(name + " has ended", gone);
    }
  }

  /** How it stands. */
  public synchronized <T> T status(Class<T> type) {
    tell("status");
    try {
      String line = out.readLine();
      if (line == null) {
        throw new IOException(name + " has ended");
      }
      return JSON.readValue(line, type);
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  /** CPU that the process has used. */
  Duration cpu() {
    return process.toHandle().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  public long pid() {
    return process.pid();
  }

  @Override
  public void close() throws IOException {
    in.close();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
