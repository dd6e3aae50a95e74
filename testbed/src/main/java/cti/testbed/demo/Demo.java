package cti.testbed.demo;

import cti.testbed.caller.CallerScript;
import cti.testbed.caller.SippCaller;
import cti.testbed.client.AgentDesk;
import cti.testbed.client.Api;
import cti.testbed.client.PopView;
import cti.testbed.client.Stream;
import cti.testbed.client.Unexpected;
import cti.testbed.gateway.Testbed;
import cti.testbed.server.SampleAccount;
import cti.testbed.server.ServerProcess;
import cti.testbed.server.ServerSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A running demo: server, agents at work, callers who come and go. */
final class Demo implements AutoCloseable {
  private static final int CALLERS_AT_ONCE = 4;

  /** Whom the person at the screen may be; the demo leaves this agent alone. */
  private static final String FREE_AGENT = "1003";

  private static final String FREE_EXTENSION = "8007";

  private static final Duration TO_END_TALK = Duration.ofSeconds(5);

  private final Path project;
  private final Testbed testbed;
  private final ServerSettings settings;
  private final ScheduledExecutorService work = Executors.newSingleThreadScheduledExecutor();
  private final DemoCallers people = new DemoCallers(new Random(1));
  private final CallLines lines = new CallLines();
  private final List<AgentDesk> agents = new ArrayList<>();
  private final List<SippCaller> callers = new ArrayList<>();
  private final Set<String> incidentsOf = ConcurrentHashMap.newKeySet();
  private final AtomicInteger talks = new AtomicInteger();
  private ServerProcess server;
  private List<SampleAccount> accounts = List.of();
  private Api supervisor;
  private Stream watcher;

  Demo(Path project, Testbed testbed, ServerSettings settings) {
    this.project = project;
    this.testbed = testbed;
    this.settings = settings;
  }

  /** Starts the server, signs the agents in and says where to look. */
  void open() throws IOException, InterruptedException {
    String prompts = "ivr:\n  prompts: " + testbed.environment().prompts() + "\n";
    Files.writeString(settings.file(), settings.yaml() + prompts);
    server = ServerProcess.start(project, settings.file(), settings.log());
    server.awaitReady(settings.address());
    accounts = SampleAccount.read(settings.accounts());
    SampleAccount watching = account("supervisor");
    supervisor = Api.signIn(settings.address(), watching.user(), watching.password());
    watcher = Stream.open(supervisor, List.of("calls"), this::print);
    for (DemoAgent agent : DemoAgent.ALL) {
      testbed.phone(agent.extension(), agent.phone());
      AgentDesk desk =
          AgentDesk.signIn(
              settings.address(),
              agent.number(),
              accountOf(agent.number()).password(),
              agent.extension(),
              frame -> work(agent, frame));
      agents.add(desk);
      desk.logOn(agent.desks().toArray(String[]::new));
      desk.ready();
    }
    say();
  }

  private void say() {
    SampleAccount free = accountOf(FREE_AGENT);
    SampleAccount watching = account("supervisor");
    SampleAccount admin = account("admin");
    System.out.printf(
        """

        The desk is open: %s

          sign in as   user          password
          agent        %-12s  %s   (desk hq-oa, extension %s: its phone answers by itself)
          supervisor   %-12s  %s
          admin        %-12s  %s

        Call the hotline yourself: %s (a browser with a microphone on this computer), and be the agent
        in another window: log on with "this browser" as the phone and any number such as 8041.

        The demo plays the agents %s: sign in as one of the above.
        Callers come every 5 to 8 s; some press 2 and want desk hq-oa. Ctrl-C ends everything.

        """,
        settings.address() + "/",
        free.user(),
        free.password(),
        FREE_EXTENSION,
        watching.user(),
        watching.password(),
        admin.user(),
        admin.password(),
        settings.address() + "/try",
        String.join(", ", DemoAgent.ALL.stream().map(DemoAgent::number).toList()));
  }

  /** Callers come from now on. */
  void begin() {
    work.execute(this::nextCaller);
  }

  private void nextCaller() {
    try {
      for (SippCaller caller : List.copyOf(callers)) {
        if (!caller.isCalling()) {
          caller.close();
          callers.remove(caller);
        }
      }
      if (callers.size() < CALLERS_AT_ONCE) {
        dial(people.next());
      }
    } catch (IOException fault) {
      print("a caller could not dial: " + fault.getMessage());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return;
    }
    work.schedule(this::nextCaller, people.pause().toMillis(), TimeUnit.MILLISECONDS);
  }

  private void dial(CallerScript script) throws IOException, InterruptedException {
    Set<String> calling = new HashSet<>();
    callers.forEach(caller -> calling.add(caller.script().from()));
    if (!calling.contains(script.from())) {
      callers.add(SippCaller.dial(script, testbed));
    }
  }

  /** An agent takes the pop and sometimes saves an incident while they talk. */
  private void work(DemoAgent agent, Stream.Frame frame) {
    switch (frame) {
      case Stream.Frame.Pop(PopView pop) -> {
        if (pop.revision() == 1) {
          print("  pop at agent %s: %s".formatted(agent.number(), who(pop)));
        }
        if (agent.savesIncidents()
            && pop.incidentsState().equals("loaded")
            && incidentsOf.add(pop.call())
            && talks.getAndIncrement() % 2 == 0) {
          work.schedule(() -> save(agent, pop), 6, TimeUnit.SECONDS);
        }
      }
      case Stream.Frame.Agent _, Stream.Frame.Call _ -> {}
    }
  }

  private void save(DemoAgent agent, PopView pop) {
    try {
      for (AgentDesk desk : agents) {
        if (desk.agent().equals(agent.number()) && desk.state().equals("busy")) {
          String incident = desk.saveIncident(pop, "电脑无法登录").id();
          print("  agent %s saves incident %s".formatted(agent.number(), incident));
        }
      }
    } catch (IOException | RuntimeException fault) {
      print("  agent %s could not save: %s".formatted(agent.number(), fault.getMessage()));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static String who(PopView pop) {
    if (pop.callers().isEmpty()) {
      return pop.number() + ", not in the directory";
    }
    PopView.PersonView person = pop.callers().getFirst();
    return "%s, %s, %s, %d earlier incidents"
        .formatted(person.name(), person.department(), person.office(), pop.incidents().size());
  }

  private void print(Stream.Frame frame) {
    switch (frame) {
      case Stream.Frame.Call(String event, var call) ->
          lines.line(event, call).ifPresent(this::print);
      case Stream.Frame.Agent _, Stream.Frame.Pop _ -> {}
    }
  }

  private synchronized void print(String line) {
    System.out.println(LocalTime.now().truncatedTo(ChronoUnit.SECONDS) + "  " + line);
  }

  private SampleAccount account(String role) {
    return accounts.stream().filter(a -> a.role().equals(role)).findFirst().orElseThrow();
  }

  private SampleAccount accountOf(String user) {
    return accounts.stream().filter(a -> a.user().equals(user)).findFirst().orElseThrow();
  }

  /** Ends callers, agents and server, and removes what they wrote. */
  @Override
  public void close() throws IOException {
    work.shutdownNow();
    try {
      work.awaitTermination(10, TimeUnit.SECONDS);
      for (SippCaller caller : callers) {
        caller.close();
        // Ctrl-C reaches the callers' processes too; what is left of their calls ends here.
        testbed.hangUpCallsFrom(caller.script().from());
      }
      for (DemoAgent agent : DemoAgent.ALL) {
        testbed.resetPhone(agent.extension());
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    for (AgentDesk agent : agents) {
      logOff(agent);
      agent.close();
    }
    if (watcher != null) {
      watcher.close();
    }
    if (supervisor != null) {
      supervisor.close();
    }
    if (server != null) {
      server.close();
    }
    remove(settings.folder());
  }

  /** So that no queue of the gateway keeps a member; the talk that just ended may still be told. */
  private void logOff(AgentDesk agent) {
    try {
      agent.awaitNot("busy", TO_END_TALK);
      agent.logOff();
    } catch (IOException | Unexpected fault) {
      print("agent %s was not logged off: %s".formatted(agent.agent(), fault.getMessage()));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void remove(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      files
          .sorted(Comparator.reverseOrder())
          .forEach(
              file -> {
                try {
                  Files.delete(file);
                } catch (IOException fault) {
                  throw new UncheckedIOException(fault);
                }
              });
    }
  }
}
