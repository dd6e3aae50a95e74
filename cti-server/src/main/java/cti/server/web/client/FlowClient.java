package cti.server.web.client;

import java.net.URI;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The flow that callers go through, on a running server; answers are texts for people. */
public final class FlowClient extends VersionsClient {
  private static final String PATH = "/api/v1/ivr/";

  private FlowClient(RemoteServer server, ZoneId zone) {
    super(server, PATH, zone);
  }

  /**
   * @param zone in which times are shown
   */
  public static FlowClient signIn(URI base, String user, String password, ZoneId zone)
      throws RemoteException, InterruptedException {
    return new FlowClient(RemoteServer.signIn(base, user, password), zone);
  }

  /**
   * What a caller would meet.
   *
   * @param does what the caller does
   * @param yaml the flow to try; empty for the one in force
   */
  public String simulate(String number, Optional<Instant> at, String does, Optional<String> yaml)
      throws RemoteException, InterruptedException {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("number", number);
    body.put("does", does);
    at.ifPresent(when -> body.put("at", when.toString()));
    yaml.ifPresent(text -> body.put("yaml", text));
    JsonNode tried = server.call("POST", PATH + "simulate", body);
    String met = tried.path("met").asString();
    return tried.path("over").asBoolean()
        ? met + "\n"
        : met
            + "\nat node "
            + tried.path("node").asString()
            + ", expects "
            + tried.path("expects").asString()
            + "\n";
  }
}
