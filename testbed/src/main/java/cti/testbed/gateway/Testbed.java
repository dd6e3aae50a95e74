package cti.testbed.gateway;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The testbed of this machine, driven by {@code testbed/testbed.sh}. Every method ends only when
 * its work is done; a fault is a {@link TestbedFault} with the script's own words.
 */
public final class Testbed {
  private final Path script;

  /**
   * @param project the project's root folder, which holds testbed/testbed.sh
   */
  public Testbed(Path project) {
    this.script = project.toAbsolutePath().resolve("testbed").resolve("testbed.sh");
    if (!Files.isExecutable(script)) {
      throw new IllegalArgumentException(
          "no testbed at %s; expected the project's root folder".formatted(script));
    }
  }

  /** Starts what is not running; minutes the first time. Its lines go to this process's output. */
  public TestbedEnvironment up() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(script.toString(), "up")
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .start();
    String faults = text(process.getErrorStream().readAllBytes());
    int exitCode = process.waitFor();
    if (exitCode != 0) {
      throw new TestbedFault(exitCode, faults);
    }
    return environment();
  }

  /** Ends every process that {@link #up} started. */
  public void down() throws IOException, InterruptedException {
    run("down");
  }

  /** True when every part runs. */
  public boolean isUp() throws IOException, InterruptedException {
    Process process = start("status");
    text(process.getInputStream().readAllBytes());
    return process.waitFor() == 0;
  }

  /** Addresses and accounts, known once the testbed was up. */
  public TestbedEnvironment environment() throws IOException, InterruptedException {
    return TestbedEnvironment.parse(run("env").lines().toList());
  }

  /**
   * How a phone behaves from its next call on.
   *
   * @param number 8001 to 8028, or a mobile of eleven digits
   */
  public void phone(String number, PhoneBehaviour behaviour)
      throws IOException, InterruptedException {
    run(
        Stream.concat(Stream.of("phone", number), behaviour.words().stream())
            .toArray(String[]::new));
  }

  /** The phone answers after a second again and waits for the caller to hang up. */
  public void resetPhone(String number) throws IOException, InterruptedException {
    run("phone", number, "default");
  }

  /** Every phone answers after a second again, whatever it was told before. */
  public void resetPhones() throws IOException, InterruptedException {
    switchConsole("database deltree phone");
  }

  /** Ends a part in good order. */
  public void stop(Part part) throws IOException, InterruptedException {
    run("stop", part.word());
  }

  /** Ends a part as a power failure would. */
  public void kill(Part part) throws IOException, InterruptedException {
    run("kill", part.word());
  }

  /** It goes on to exist and does nothing any more. */
  public void freeze(Part part) throws IOException, InterruptedException {
    run("freeze", part.word());
  }

  public void thaw(Part part) throws IOException, InterruptedException {
    run("thaw", part.word());
  }

  /** Starts a part and waits until it answers. */
  public void start(Part part) throws IOException, InterruptedException {
    run("start", part.word());
  }

  /** Starts nginx before the cti-server at this port. */
  public void startProxy(int webPort) throws IOException, InterruptedException {
    run("start", Part.PROXY.word(), Integer.toString(webPort));
  }

  /** Changes the directory server's entries; {@code ldif} as RFC 2849 has it. */
  public void ldap(String ldif) throws IOException, InterruptedException {
    Process process = start("ldap");
    try (var in = process.getOutputStream()) {
      in.write(ldif.getBytes(StandardCharsets.UTF_8));
    }
    String output = text(process.getInputStream().readAllBytes());
    int exitCode = process.waitFor();
    if (exitCode != 0) {
      throw new TestbedFault(exitCode, "testbed.sh ldap: " + output.strip());
    }
  }

  /** Runs a command of the gateway's console, such as {@code core show channels concise}. */
  public String gatewayConsole(String command) throws IOException, InterruptedException {
    return run("asterisk", "gateway", command);
  }

  /** The system's Chromium, installed where it is not there. */
  public Path browser() throws IOException, InterruptedException {
    return Path.of(run("browser").strip());
  }

  /** What a desktop without a screen needs, installed where it is not there. */
  public void desktop() throws IOException, InterruptedException {
    run("desktop");
  }

  /** Runs a command of the switch's console. */
  public String switchConsole(String command) throws IOException, InterruptedException {
    return run("asterisk", "switch", command);
  }

  /** Hangs up, at the switch, every call from outside that presents this number. */
  public void hangUpCallsFrom(String number) throws IOException, InterruptedException {
    for (String line : switchConsole("core show channels concise").lines().toList()) {
      // Channel!Context!Extension!Priority!State!Application!Data!CallerID!…
      String[] column = line.split("!", -1);
      if (column.length > 7 && column[0].startsWith("PJSIP/outside-") && column[7].equals(number)) {
        switchConsole("channel request hangup " + column[0]);
      }
    }
  }

  /** An agent hangs up the phone, whatever its behaviour says. */
  public void hangUpPhone(String extension) throws IOException, InterruptedException {
    for (String line : switchConsole("core show channels concise").lines().toList()) {
      String[] column = line.split("!", -1);
      if (column.length > 2
          && column[0].startsWith("PJSIP/gateway-")
          && column[2].equals(extension)) {
        switchConsole("channel request hangup " + column[0]);
      }
    }
  }

  /** Where queue_log ends now: hand it to {@link #queueLogSince} after what is to be looked at. */
  public long queueLogEnd() throws IOException, InterruptedException {
    return end(environment().queueLog());
  }

  public List<QueueLogLine> queueLogSince(long position) throws IOException, InterruptedException {
    return lines(environment().queueLog(), position).stream().map(QueueLogLine::parse).toList();
  }

  /** Where the call detail records end now. */
  public long callDetailRecordsEnd() throws IOException, InterruptedException {
    return end(environment().callDetailRecords());
  }

  public List<CallDetailRecord> callDetailRecordsSince(long position)
      throws IOException, InterruptedException {
    return lines(environment().callDetailRecords(), position).stream()
        .map(CallDetailRecord::parse)
        .toList();
  }

  /** Where the details to the microsecond (load.csv) end now. */
  public long fineDetailsEnd() throws IOException, InterruptedException {
    return end(fineDetails());
  }

  /** The lines of load.csv (testbed/gateway/cdr_custom.conf) behind a place. */
  public List<String> fineDetailsSince(long position) throws IOException, InterruptedException {
    return lines(fineDetails(), position);
  }

  /** Where the gateway's log of all that it does (testbed/gateway/logger.conf) ends now. */
  public long logEnd() throws IOException, InterruptedException {
    return end(log());
  }

  /** Its lines behind a place. */
  public List<String> logSince(long position) throws IOException, InterruptedException {
    return lines(log(), position);
  }

  private Path log() throws IOException, InterruptedException {
    return environment().queueLog().resolveSibling("full.log");
  }

  private Path fineDetails() throws IOException, InterruptedException {
    return environment().callDetailRecords().resolveSibling("load.csv");
  }

  private static long end(Path file) throws IOException {
    return Files.exists(file) ? Files.size(file) : 0;
  }

  /** Whole lines only: the last one may still be in the writing. */
  private static List<String> lines(Path file, long position) throws IOException {
    if (!Files.exists(file)) {
      return List.of();
    }
    try (RandomAccessFile reader = new RandomAccessFile(file.toFile(), "r")) {
      long length = reader.length() - position;
      if (length <= 0) {
        return List.of();
      }
      byte[] bytes = new byte[Math.toIntExact(length)];
      reader.seek(position);
      reader.readFully(bytes);
      String added = text(bytes);
      int lastEnd = added.lastIndexOf('\n');
      return lastEnd < 0 ? List.of() : added.substring(0, lastEnd).lines().toList();
    }
  }

  private String run(String... words) throws IOException, InterruptedException {
    Process process = start(words);
    String output = text(process.getInputStream().readAllBytes());
    int exitCode = process.waitFor();
    if (exitCode != 0) {
      throw new TestbedFault(
          exitCode, "testbed.sh %s: %s".formatted(String.join(" ", words), output.strip()));
    }
    return output;
  }

  private Process start(String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(Arrays.asList(words));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
