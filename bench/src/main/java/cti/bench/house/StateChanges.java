package cti.bench.house;

import cti.bench.console.AskedTimes;
import cti.core.agent.Agent;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Agents become not ready at a rate, each for the reason that stands for when it was asked. */
public final class StateChanges implements AutoCloseable {
  private final CommandStream commands;
  private final List<Agent> agents;
  private final AskedTimes asked;
  private int next;

  StateChanges(Server server, String token, List<Agent> agents, AskedTimes asked) {
    this.commands = CommandStream.open(server, token);
    this.agents = agents;
    this.asked = asked;
  }

  /** Changes states, one every {@code 1 / perSecond} seconds; returns when all are answered. */
  public void run(double perSecond, int changes) throws IOException, InterruptedException {
    long start = System.nanoTime();
    for (int i = 0; i < changes; i++) {
      long due = start + Math.round(i / perSecond * 1e9);
      long wait = due - System.nanoTime();
      if (wait > 0) {
        TimeUnit.NANOSECONDS.sleep(wait);
      }
      String agent = agents.get(next % agents.size()).id().value();
      String reason = asked.asked(next++, Clocked.micros());
      commands.give("notReady", Map.of("agent", agent, "reason", reason));
    }
    commands.awaitAll();
  }

  @Override
  public void close() {
    commands.close();
  }
}
