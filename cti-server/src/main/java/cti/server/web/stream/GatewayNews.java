package cti.server.web.stream;

import cti.server.web.http.Json;
import cti.server.web.stream.Scope.Audience;
import cti.server.web.view.AgentView;
import cti.server.web.view.CallView;
import cti.server.web.view.GatewayView;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Writes {@link ServerFrame.GatewayChanged}. All agents stand in it, the same for everybody, and
 * are written once; calls are those that somebody sees.
 */
final class GatewayNews {
  private final String head;
  private final List<AgentView> agents;
  private final Map<CallView, Audience> calls;
  private byte[] agentsJson;

  GatewayNews(
      long seq,
      String event,
      GatewayView gateway,
      List<AgentView> agents,
      Map<CallView, Audience> calls) {
    this.head =
        "{\"type\":\"gateway\",\"seq\":%d,\"event\":\"%s\",\"gateway\":%s,\"agents\":"
            .formatted(seq, event, new String(Json.bytes(gateway), StandardCharsets.UTF_8));
    this.agents = agents;
    this.calls = calls;
  }

  byte[] json(Scope scope) {
    if (agentsJson == null) {
      agentsJson = Json.bytes(agents);
    }
    byte[] seen =
        Json.bytes(
            calls.entrySet().stream()
                .filter(entry -> scope.sees(entry.getValue()))
                .map(Map.Entry::getKey)
                .toList());
    ByteArrayOutputStream out =
        new ByteArrayOutputStream(head.length() + agentsJson.length + seen.length + 16);
    out.writeBytes(head.getBytes(StandardCharsets.UTF_8));
    out.writeBytes(agentsJson);
    out.writeBytes(",\"calls\":".getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(seen);
    out.write('}');
    return out.toByteArray();
  }
}
