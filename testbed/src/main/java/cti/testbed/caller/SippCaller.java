package cti.testbed.caller;

import cti.testbed.gateway.Testbed;
import cti.testbed.gateway.TestbedEnvironment;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * One caller: one SIPp process that makes one call. Closing it ends the process (and so the call)
 * and removes its files; should this program die first, {@code testbed.sh down} finds the process
 * by its pid file.
 */
public final class SippCaller implements AutoCloseable {
  /** SIPp ends itself after this time, whatever happened to us. */
  private static final Duration LONGEST_CALL = Duration.ofMinutes(15);

  private final Testbed testbed;
  private final CallerScript script;
  private final Process process;
  private final Path folder;
  private final Path pidFile;

  private SippCaller(
      Testbed testbed, CallerScript script, Process process, Path folder, Path pidFile) {
    this.testbed = testbed;
    this.script = script;
    this.process = process;
    this.folder = folder;
    this.pidFile = pidFile;
  }

  /** Dials at once; returns without waiting for an answer. */
  public static SippCaller dial(CallerScript script, Testbed testbed)
      throws IOException, InterruptedException {
    TestbedEnvironment environment = testbed.environment();
    InetAddress address = InetAddress.getByName(environment.callerAddress());
    Path folder = Files.createTempDirectory(environment.run(), "caller-");
    Path scenario =
        Files.writeString(
            folder.resolve("scenario.xml"), SippScenario.of(script, environment.switchAddress()));
    List<Integer> ports = freePorts(address);
    String host = address.getHostAddress();
    List<String> command =
        List.of(
            // A session of its own (under the same pid): a Ctrl-C is ours to pass on, in order.
            "setsid",
            "sipp",
            "-sf",
            scenario.toString(),
            "-m",
            "1",
            "-i",
            host,
            "-p",
            ports.get(0).toString(),
            "-mi",
            host,
            "-mp",
            ports.get(1).toString(),
            "-ci",
            host,
            "-cp",
            ports.get(2).toString(),
            "-aa",
            "-nostdin",
            "-timeout",
            LONGEST_CALL.toSeconds() + "s",
            "-trace_logs",
            "-log_file",
            folder.resolve("events.log").toString(),
            "-trace_err",
            "-error_file",
            folder.resolve("errors.log").toString(),
            environment.switchAddress());
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(folder.resolve("output.log").toFile())
            .start();
    Path pidFile = environment.run().resolve("pid").resolve(folder.getFileName().toString());
    Files.writeString(pidFile, process.pid() + " " + startedAt(process.pid()) + "\n");
    return new SippCaller(testbed, script, process, folder, pidFile);
  }

  public CallerScript script() {
    return script;
  }

  /** True while the caller's telephone is off the hook. */
  public boolean isCalling() {
    return process.isAlive();
  }

  /** Hangs up now, whatever the script says; the far end sees a caller who hangs up. */
  public void hangUp() throws IOException, InterruptedException {
    testbed.hangUpCallsFrom(script.from());
  }

  /** Waits for the end of the call; empty when it still lasts at the limit. */
  public Optional<CallerEnd> awaitEnd(Duration limit) throws IOException, InterruptedException {
    if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      return Optional.empty();
    }
    return Optional.of(end());
  }

  /** What went wrong, in SIPp's words; blank when nothing did. */
  public String faults() throws IOException {
    Path errors = folder.resolve("errors.log");
    return Files.exists(errors) ? Files.readString(errors) : "";
  }

  /** True once something has answered the call. */
  public boolean wasAnswered() throws IOException {
    return events().contains("answered");
  }

  private CallerEnd end() throws IOException {
    List<String> events = events();
    // A call that was given up is also refused by the switch (487), in whichever order.
    if (events.contains("gave-up-ringing") && !events.contains("answered")) {
      return CallerEnd.GAVE_UP_RINGING;
    }
    return switch (events.isEmpty() ? "" : events.getLast()) {
      case "hung-up-here" -> CallerEnd.HUNG_UP_HERE;
      case "hung-up-there" -> CallerEnd.HUNG_UP_THERE;
      case "refused" -> CallerEnd.REFUSED;
      default -> CallerEnd.BROKEN;
    };
  }

  private List<String> events() throws IOException {
    Path log = folder.resolve("events.log");
    return Files.exists(log)
        ? Files.readAllLines(log).stream().map(String::strip).filter(s -> !s.isEmpty()).toList()
        : List.of();
  }

  /** Three ports that nobody has at this moment, asked for together so that they differ. */
  private static List<Integer> freePorts(InetAddress address) throws IOException {
    List<Integer> ports = new ArrayList<>();
    try (DatagramSocket signalling = new DatagramSocket(0, address);
        DatagramSocket media = new DatagramSocket(0, address);
        DatagramSocket control = new DatagramSocket(0, address)) {
      ports.add(signalling.getLocalPort());
      ports.add(media.getLocalPort());
      ports.add(control.getLocalPort());
    }
    return ports;
  }

  /**
   * Field 22 of /proc/pid/stat, as testbed.sh records it: tells a process from a later namesake.
   */
  private static String startedAt(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
    return stat.substring(stat.lastIndexOf(')') + 2).split(" ")[19];
  }

  /**
   * Ends the process, and with it the call, and removes its files. A call that still lasts is ended
   * at the switch, as when a caller's line breaks: SIPp 3.6 leaves without a word when it has made
   * all the calls it was asked for.
   */
  @Override
  public void close() throws IOException {
    try {
      if (process.isAlive()) {
        process.destroyForcibly().waitFor();
        testbed.hangUpCallsFrom(script.from());
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    Files.deleteIfExists(pidFile);
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
