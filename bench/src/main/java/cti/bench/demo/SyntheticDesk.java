package cti.bench.demo;

import cti.bench.house.CommandStream;
import cti.bench.house.Configuration;
import cti.bench.house.Helper;
import cti.bench.house.LogOn;
import cti.bench.house.Server;
import cti.core.agent.Agent;
import cti.core.directory.PhoneNumber;
import cti.core.directory.StaffMember;
import cti.server.directory.SampleCatalog;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/** A running demo without phones: gateway, server with the sample, and agents who are ready. */
final class SyntheticDesk implements AutoCloseable {
  /** Whom the person at the screen may be; the demo leaves this agent alone. */
  private static final String FREE_AGENT = "1003";

  private static final int HEAP_MIB = 512;
  private static final int RING_MILLIS = 3_000;
  private static final int TALK_MILLIS = 12_000;
  private static final int NOBODYS_NUMBERS = 4;

  private final Path folder;
  private final Configuration configuration;
  private final Deque<AutoCloseable> running = new ArrayDeque<>();
  private Helper gateway;

  private SyntheticDesk(Path folder, Configuration configuration) {
    this.folder = folder;
    this.configuration = configuration;
  }

  /**
   * Starts everything; what was started is ended again where that fails.
   *
   * @param port of the page; 0 for a free one
   */
  static SyntheticDesk open(int port) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("cti-demo-");
    Configuration free = Configuration.in(folder, true);
    SyntheticDesk desk = new SyntheticDesk(folder, port == 0 ? free : free.withWebPort(port));
    try {
      desk.start();
      return desk;
    } catch (IOException | InterruptedException | RuntimeException e) {
      desk.close();
      throw e;
    }
  }

  private void start() throws IOException, InterruptedException {
    SampleCatalog sample = SampleCatalog.load();
    Path callers = Files.write(folder.resolve("callers.txt"), callers(sample.staff()));
    gateway =
        Helper.gateway(
            configuration, callers, 0, RING_MILLIS, TALK_MILLIS, folder.resolve("gateway.log"));
    running.push(gateway);
    Server server = Server.start(configuration, HEAP_MIB, folder.resolve("server.log"));
    running.push(server);
    server.awaitReady();
    List<String[]> accounts =
        Files.readAllLines(configuration.sampleAccounts()).stream()
            .map(line -> line.split("\t", -1))
            .toList();
    String[] supervisor = account(accounts, 2, "supervisor");
    String token = server.signIn(supervisor[0], supervisor[1]);
    List<Agent> playing =
        sample.agents().stream().filter(agent -> !agent.id().value().equals(FREE_AGENT)).toList();
    LogOn.all(server, token, playing);
    running.push(CommandStream.listen(server, token, new CallLines()));
    say(accounts, supervisor);
  }

  /** Everybody with a number that can call, and some whom nobody knows. */
  private static List<String> callers(List<StaffMember> staff) {
    List<String> numbers = new ArrayList<>();
    for (StaffMember member : staff) {
      member.numbers().stream().map(PhoneNumber::e164).forEach(e -> e.ifPresent(numbers::add));
    }
    List<String> calling =
        new ArrayList<>(
            numbers.stream()
                .filter(number -> number.startsWith("+861"))
                .map(number -> number.substring(3))
                .distinct()
                .toList());
    for (int i = 0; i < NOBODYS_NUMBERS; i++) {
      calling.add(Math.min(calling.size(), 3 * i + 2), "1380000900" + i);
    }
    return calling;
  }

  private static String[] account(List<String[]> accounts, int column, String value) {
    return accounts.stream()
        .filter(account -> account.length > column && account[column].equalsIgnoreCase(value))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no sample account of " + value));
  }

  private void say(List<String[]> accounts, String[] supervisor) {
    String[] free = account(accounts, 0, FREE_AGENT);
    String[] admin = account(accounts, 2, "admin");
    System.out.printf(
        """

        The desk is open: %s
        The gateway is a synthetic one: its calls are recordings of a real one, without phones.

          sign in as   user          password
          agent        %-12s  %s
          supervisor   %-12s  %s
          admin        %-12s  %s

        The demo plays all other agents. Ctrl-C ends everything.

        """,
        address(), free[0], free[1], supervisor[0], supervisor[1], admin[0], admin[1]);
  }

  private URI address() {
    return URI.create("http://127.0.0.1:" + configuration.webPort() + "/");
  }

  /** Callers come from now on. */
  void begin(double perSecond, double seconds) {
    gateway.tell("play " + perSecond + " " + seconds);
  }

  /** Ends every process and removes what they wrote. */
  @Override
  public void close() throws IOException {
    while (!running.isEmpty()) {
      try {
        running.pop().close();
      } catch (Exception e) {
        System.err.println("demo: a process did not end well: " + e);
      }
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
