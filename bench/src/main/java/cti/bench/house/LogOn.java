package cti.bench.house;

import cti.core.agent.Agent;
import cti.core.id.DeskId;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A supervisor logs agents on and makes them ready. */
public final class LogOn {
  private LogOn() {}

  /** Returns when all are ready. */
  public static void all(Server server, String token, List<Agent> agents)
      throws IOException, InterruptedException {
    try (CommandStream commands = CommandStream.open(server, token)) {
      for (Agent agent : agents) {
        String number = agent.id().value();
        List<String> desks = agent.seats().keySet().stream().map(DeskId::value).toList();
        commands.give("logOn", Map.of("agent", number, "extension", number, "desks", desks));
      }
      commands.awaitAll();
      for (Agent agent : agents) {
        commands.give("ready", Map.of("agent", agent.id().value()));
      }
      commands.awaitAll();
    }
  }
}
