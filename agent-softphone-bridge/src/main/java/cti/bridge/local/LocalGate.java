package cti.bridge.local;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/**
 * Who may use the local API. A page of an origin that is not on the list gets nothing, not even a
 * header by which it could read an answer; a name that was made to lead here (DNS rebinding) is
 * seen by the Host header; everybody else shows the token.
 */
final class LocalGate {
  private final Set<String> origins;
  private final Set<String> hosts;
  private final LocalToken token;

  LocalGate(Set<String> origins, int port, LocalToken token) {
    this.origins = origins;
    this.hosts = Set.of("127.0.0.1:" + port, "localhost:" + port);
    this.token = token;
  }

  /** What a request is refused with. */
  record Refusal(int status, String type, String detail) {}

  /** Empty where it may go on; headers for its origin are set then. */
  Optional<Refusal> check(HttpExchange exchange) {
    Headers asked = exchange.getRequestHeaders();
    String host = asked.getFirst("Host");
    if (host == null || !hosts.contains(host)) {
      return Optional.of(new Refusal(403, "wrong-host", "Host " + host + ", expected 127.0.0.1"));
    }
    String origin = asked.getFirst("Origin");
    if (origin != null) {
      if (!origins.contains(origin)) {
        return Optional.of(
            new Refusal(
                403,
                "foreign-origin",
                "origin " + origin + ", expected one of local.origins in bridge.yaml"));
      }
      exchange.getResponseHeaders().set("Access-Control-Allow-Origin", origin);
      exchange.getResponseHeaders().set("Vary", "Origin");
    }
    if (isPreflight(exchange) && origin != null) {
      return Optional.empty();
    }
    return token.fits(asked.getFirst("Authorization"))
        ? Optional.empty()
        : Optional.of(
            new Refusal(
                401, "token-needed", "expected Authorization: Bearer and the text of local.token"));
  }

  static boolean isPreflight(HttpExchange exchange) {
    return exchange.getRequestMethod().equals("OPTIONS");
  }

  /** What a browser wants to know before it lets a page of a listed origin ask. */
  static void answerPreflight(HttpExchange exchange) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Access-Control-Allow-Methods", "GET, POST, PUT");
    headers.set("Access-Control-Allow-Headers", "Authorization, Content-Type");
    headers.set("Access-Control-Allow-Private-Network", "true");
    headers.set("Access-Control-Max-Age", "600");
    exchange.sendResponseHeaders(204, -1);
  }
}
