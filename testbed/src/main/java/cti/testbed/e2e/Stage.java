package cti.testbed.e2e;

import cti.testbed.caller.CallerScript;
import cti.testbed.caller.SippCaller;
import cti.testbed.client.AgentDesk;
import cti.testbed.client.AgentView;
import cti.testbed.client.Patience;
import cti.testbed.gateway.PhoneBehaviour;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What one scenario plays with; afterwards {@link #clear} leaves nothing of it behind. */
final class Stage {
  private static final Duration TO_CLEAR = Duration.ofSeconds(15);

  private final House house;
  private final List<AgentDesk> agents = new ArrayList<>();
  private final Set<String> changedPhones = new HashSet<>();
  private final List<StagedCall> calls = new ArrayList<>();

  private final long queueLogBegin;

  Stage(House house) throws IOException, InterruptedException {
    this.house = house;
    this.queueLogBegin = house.testbed().queueLogEnd();
  }

  /** Where queue_log ended when the scenario began. */
  long queueLogBegin() {
    return queueLogBegin;
  }

  House house() {
    return house;
  }

  /** An agent who is ready at these desks. */
  AgentDesk ready(String agent, String... desks) throws IOException, InterruptedException {
    AgentDesk desk = loggedOn(agent, desks);
    desk.ready();
    return desk;
  }

  /** The same with another phone than the agent's own. */
  AgentDesk readyAt(String extension, String agent, String... desks)
      throws IOException, InterruptedException {
    AgentDesk desk = house.desk(agent, extension);
    agents.add(desk);
    desk.logOn(desks);
    desk.ready();
    return desk;
  }

  /** An agent who is logged on to these desks and not ready. */
  AgentDesk loggedOn(String agent, String... desks) throws IOException, InterruptedException {
    AgentDesk desk = house.desk(agent);
    agents.add(desk);
    desk.logOn(desks);
    return desk;
  }

  /** An agent who logs on by the page; only looked after here. */
  AgentDesk atThePage(String agent) throws IOException, InterruptedException {
    AgentDesk desk = house.desk(agent);
    agents.add(desk);
    return desk;
  }

  /** The same with another phone than the agent's own. */
  AgentDesk atThePage(String agent, String extension) throws IOException, InterruptedException {
    AgentDesk desk = house.desk(agent, extension);
    agents.add(desk);
    return desk;
  }

  /** How the phone of an agent behaves from its next call on. */
  void phone(String agent, PhoneBehaviour behaviour) throws IOException, InterruptedException {
    number(House.extension(agent), behaviour);
  }

  /** The same of any phone behind the switch, such as a mobile. */
  void number(String number, PhoneBehaviour behaviour) throws IOException, InterruptedException {
    changedPhones.add(number);
    house.testbed().phone(number, behaviour);
  }

  /** How the phone at a number that is nobody's seat behaves. */
  void phoneAt(String number, PhoneBehaviour behaviour) throws IOException, InterruptedException {
    changedPhones.add(number);
    house.testbed().phone(number, behaviour);
  }

  StagedCall dial(CallerScript script) throws IOException, InterruptedException {
    int earlier = callsFrom(script.from());
    StagedCall call = new StagedCall(house, SippCaller.dial(script, house.testbed()), earlier);
    calls.add(call);
    return call;
  }

  /** The agent makes a call by click. */
  StagedCall click(AgentDesk agent, String number) throws InterruptedException {
    StagedCall call = StagedCall.ofOurs(house, agent.extension(), callsFrom(agent.extension()));
    agent.dial(number);
    calls.add(call);
    return call;
  }

  private int callsFrom(String number) {
    return house
        .observer()
        .look(
            picture ->
                (int)
                    picture.calls().stream()
                        .filter(call -> call.callingNumber().equals(number))
                        .count());
  }

  /**
   * Ends what still lasts and checks that nothing is left: every caller gone, every agent able to
   * be ready and logged off, no call under way, no channel on the gateway.
   */
  void clear() throws IOException, InterruptedException {
    for (StagedCall call : calls) {
      call.close();
    }
    for (String extension : changedPhones) {
      house.testbed().resetPhone(extension);
    }
    Patience.until("nothing left of the scenario's calls", TO_CLEAR, this::left);
    for (AgentDesk agent : agents) {
      if (!agent.api().agent(agent.agent()).state().equals("logged-off")) {
        agent.api().ready(agent.agent());
        agent.awaitState("ready", TO_CLEAR);
        agent.logOff();
      }
    }
  }

  /** The same after a fault: whatever the agents are in ends first, so that the next may play. */
  void clearByForce() throws IOException, InterruptedException {
    for (AgentDesk agent : agents) {
      house.testbed().hangUpPhone(agent.extension());
    }
    clear();
  }

  private Optional<String> left() throws InterruptedException {
    try {
      Set<String> numbers = new HashSet<>();
      calls.forEach(call -> numbers.add(call.number()));
      List<String> left = new ArrayList<>();
      house.supervisor().calls().stream()
          .filter(call -> numbers.contains(call.callingNumber()))
          .forEach(call -> left.add("call " + call.id() + " " + StagedCall.inShort(call)));
      for (AgentDesk agent : agents) {
        AgentView view = agent.api().agent(agent.agent());
        if (view.state().equals("busy")) {
          left.add("agent " + view.id() + " is busy with " + view.call().orElse("nothing"));
        }
      }
      Set<String> traces = new HashSet<>();
      calls.forEach(call -> traces.addAll(call.traces()));
      agents.forEach(agent -> traces.add("Local/" + agent.extension() + "@"));
      house
          .testbed()
          .gatewayConsole("core show channels concise")
          .lines()
          .filter(line -> traces.stream().anyMatch(line::contains))
          .forEach(left::add);
      return left.isEmpty() ? Optional.empty() : Optional.of(left.toString());
    } catch (IOException fault) {
      return Optional.of(fault.toString());
    }
  }
}
