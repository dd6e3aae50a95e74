package cti.testbed.faults;

import cti.testbed.client.Patience;
import cti.testbed.client.Unexpected;
import cti.testbed.gateway.Testbed;
import cti.testbed.gateway.TestbedEnvironment;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The callers of a plan: one SIPp that dials them all, as many a second as it is told. */
final class Load implements AutoCloseable {
  private static final Duration LONGEST_CALL = Duration.ofSeconds(90);

  private final Testbed testbed;
  private final LoadPlan plan;
  private final Process process;
  private final Path events;
  private final Path pidFile;
  private final long begin = System.nanoTime();
  private final Thread watch = Thread.ofVirtual().unstarted(this::watch);
  private volatile Optional<Duration> dialledAll = Optional.empty();

  private Load(Testbed testbed, LoadPlan plan, Process process, Path events, Path pidFile) {
    this.testbed = testbed;
    this.plan = plan;
    this.process = process;
    this.events = events;
    this.pidFile = pidFile;
  }

  /**
   * Begins to dial.
   *
   * @param folder gets the injection file, and what the callers saw
   */
  static Load begin(Path project, Testbed testbed, LoadPlan plan, int callsPerSecond, Path folder)
      throws IOException, InterruptedException {
    TestbedEnvironment environment = testbed.environment();
    Path injection = folder.resolve("plan.csv");
    Files.writeString(injection, plan.injectionFile());
    Path events = folder.resolve("callers.log");
    Duration limit =
        Duration.ofSeconds(plan.calls().size() / callsPerSecond + 1).plus(LONGEST_CALL);
    List<String> command = new ArrayList<>();
    // A session of its own (under the same pid): a Ctrl-C is ours to pass on, in order.
    command.addAll(List.of("setsid", "sipp"));
    command.addAll(List.of("-sf", project.resolve("testbed/sipp/load-caller.xml").toString()));
    command.addAll(List.of("-inf", injection.toString(), "-s", environment.hotline()));
    command.addAll(List.of("-m", Integer.toString(plan.calls().size())));
    command.addAll(List.of("-r", Integer.toString(callsPerSecond), "-l", "1000"));
    String host = environment.callerAddress();
    List<Integer> ports = freePorts(InetAddress.getByName(host));
    command.addAll(List.of("-i", host, "-p", ports.get(0).toString()));
    command.addAll(List.of("-mi", host, "-mp", ports.get(1).toString()));
    command.addAll(List.of("-ci", host, "-cp", ports.get(2).toString()));
    command.addAll(List.of("-aa", "-nostdin", "-timeout", limit.toSeconds() + "s"));
    command.addAll(List.of("-trace_logs", "-log_file", events.toString()));
    command.addAll(
        List.of("-trace_err", "-error_file", folder.resolve("sipp-errors.log").toString()));
    command.add(environment.switchAddress());
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(folder.resolve("sipp.out").toFile())
            .start();
    // testbed.sh down ends callers whose suite has died.
    Path pidFile = environment.run().resolve("pid").resolve("caller-load-" + process.pid());
    Files.writeString(pidFile, process.pid() + " " + startedAt(process.pid()) + "\n");
    Load load = new Load(testbed, plan, process, events, pidFile);
    load.watch.start();
    return load;
  }

  /** How many callers have dialled so far. */
  int dialled() throws IOException {
    return (int) heard().values().stream().filter(words -> words.contains("dialled")).count();
  }

  /** Waits until so many have dialled. */
  void awaitDialled(int calls, Duration limit) throws InterruptedException {
    Patience.until(
        "%d callers have dialled".formatted(calls),
        limit,
        () -> {
          try {
            int dialled = dialled();
            return dialled >= calls ? Optional.empty() : Optional.of(dialled + " have");
          } catch (IOException unreadable) {
            return Optional.of(unreadable.toString());
          }
        });
  }

  /** Calls a second, as it was; zero where not all have dialled. */
  double rate() {
    return dialledAll.map(took -> plan.calls().size() * 1000.0 / took.toMillis()).orElse(0.0);
  }

  /** Takes the time until all have dialled, whatever else is done meanwhile. */
  private void watch() {
    try {
      awaitDialled(plan.calls().size(), LONGEST_CALL.multipliedBy(4));
      dialledAll = Optional.of(Duration.ofNanos(System.nanoTime() - begin));
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    } catch (Unexpected late) {
      // Without a rate; who waits for the calls says what is wrong.
    }
  }

  /** Waits until every caller has hung up. */
  void awaitEnd() throws InterruptedException {
    if (!process.waitFor(LONGEST_CALL.toMillis() * 2, TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException(
          "callers (pid %d) still call after %s"
              .formatted(process.pid(), LONGEST_CALL.multipliedBy(2)));
    }
  }

  /** What each caller saw: dialled, answered, hung-up-here, hung-up-there, refused. */
  Map<String, List<String>> heard() throws IOException {
    Map<String, List<String>> words = new HashMap<>();
    if (Files.exists(events)) {
      for (String line : Files.readString(events).lines().toList()) {
        String[] column = line.strip().split(" ");
        if (column.length == 2) {
          words.computeIfAbsent(column[0], number -> new ArrayList<>()).add(column[1]);
        }
      }
    }
    return words;
  }

  /** Three ports that nobody has at this moment, asked for together so that they differ. */
  private static List<Integer> freePorts(InetAddress address) throws IOException {
    try (DatagramSocket signalling = new DatagramSocket(0, address);
        DatagramSocket media = new DatagramSocket(0, address);
        DatagramSocket control = new DatagramSocket(0, address)) {
      return List.of(signalling.getLocalPort(), media.getLocalPort(), control.getLocalPort());
    }
  }

  /** Field 22 of /proc/pid/stat, as testbed.sh records it. */
  private static String startedAt(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
    return stat.substring(stat.lastIndexOf(')') + 2).split(" ")[19];
  }

  /**
   * Ends the callers by their own pid. Calls that still last are ended at the switch, as when lines
   * break: SIPp leaves without a word.
   */
  @Override
  public void close() throws IOException {
    watch.interrupt();
    try {
      if (process.isAlive()) {
        process.destroyForcibly().waitFor();
        testbed.switchConsole("channel request hangup all");
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    Files.deleteIfExists(pidFile);
  }
}
