package cti.server.web.client;

import cti.server.web.http.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A session with a running cti-server. */
final class RemoteServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RemoteServer.class);
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final byte[] NOTHING = {};

  private final URI base;
  private final HttpClient http;
  private final String token;

  private RemoteServer(URI base, HttpClient http, String token) {
    this.base = base;
    this.http = http;
    this.token = token;
  }

  /**
   * Signs in.
   *
   * @throws RemoteException where nobody answers, or the password is wrong
   */
  static RemoteServer signIn(URI base, String user, String password)
      throws RemoteException, InterruptedException {
    HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    RemoteServer nobody = new RemoteServer(base, http, "");
    try {
      JsonNode session =
          nobody.call(
              "POST", "/api/v1/session", Map.of("user", user, "password", password, "token", true));
      return new RemoteServer(base, http, session.path("token").asString());
    } catch (RemoteException e) {
      http.close();
      throw e;
    }
  }

  JsonNode get(String path) throws RemoteException, InterruptedException {
    return call("GET", path, Map.of());
  }

  /**
   * Asks, and reads the answer; an empty one is an empty object.
   *
   * @throws RemoteException with what the server says is wrong
   */
  JsonNode call(String method, String path, Map<String, ?> body)
      throws RemoteException, InterruptedException {
    return asked(method, path, body.isEmpty() ? NOTHING : Json.bytes(body), "application/json");
  }

  /**
   * Hands a file in, of whatever kind, and reads the answer.
   *
   * @throws RemoteException with what the server says is wrong
   */
  JsonNode send(String method, String path, byte[] file)
      throws RemoteException, InterruptedException {
    return asked(method, path, file, "application/octet-stream");
  }

  private JsonNode asked(String method, String path, byte[] body, String type)
      throws RemoteException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(LIMIT)
            .method(
                method,
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    if (body.length > 0) {
      request.header("Content-Type", type);
    }
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    HttpResponse<String> answer;
    try {
      answer = http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new RemoteException(
          "no answer from " + base + ": " + e + "; expected a running cti-server (--server)");
    }
    JsonNode read =
        answer.body().isEmpty() ? MAPPER.createObjectNode() : MAPPER.readTree(answer.body());
    if (answer.statusCode() >= 400) {
      throw new RemoteException(problem(read));
    }
    return read;
  }

  /** Faults one a line, where the server lists them. */
  private static String problem(JsonNode problem) {
    boolean faults = problem.path("type").asString("").startsWith("faulty");
    if (!faults) {
      return problem.path("title").asString("refused") + ": " + problem.path("detail").asString("");
    }
    StringBuilder lines = new StringBuilder(problem.path("title").asString());
    problem.path("expected").forEach(fault -> lines.append("\n  ").append(fault.asString()));
    return lines.toString();
  }

  /** Signs out; where that fails the session ends by itself. */
  @Override
  public void close() {
    try {
      if (!token.isEmpty()) {
        call("DELETE", "/api/v1/session", Map.of());
      }
    } catch (RemoteException e) {
      LOG.debug("not signed out: {}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      http.close();
    }
  }
}
