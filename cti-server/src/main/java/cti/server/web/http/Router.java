package cti.server.web.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Finds the route of a method and a path. */
public final class Router {
  private final List<Route> routes;

  public Router(List<Route> routes) {
    this.routes = List.copyOf(routes);
  }

  /** A route and the parameters of its path. */
  public record Found(Route route, Map<String, String> parameters) {}

  public List<Route> routes() {
    return routes;
  }

  /**
   * Finds the route; HEAD finds that of GET. Literal parts win over parameters by their place in
   * the table.
   *
   * @throws Fault not-found, or method-not-allowed with the methods that are
   */
  public Found find(String method, String rawPath) {
    String wanted = method.equals("HEAD") ? "GET" : method;
    List<String> allowed = new ArrayList<>();
    for (Route route : routes) {
      Optional<Map<String, String>> parameters = match(route, rawPath);
      if (parameters.isPresent()) {
        if (route.method().equals(wanted)) {
          return new Found(route, parameters.get());
        }
        allowed.add(route.method());
      }
    }
    if (allowed.isEmpty()) {
      throw new Fault(
          Problem.notFound("not-found", "path " + Body.quoted(rawPath) + " is not served"));
    }
    if (allowed.contains("GET")) {
      allowed.add("HEAD");
    }
    List<String> sorted = List.copyOf(new TreeSet<>(allowed));
    throw new Fault(
        new Problem(
            "method-not-allowed",
            "The path does not take this method",
            405,
            "method " + Body.quoted(method) + ", expected one of " + sorted,
            sorted));
  }

  private static Optional<Map<String, String>> match(Route route, String rawPath) {
    try {
      return route.path().match(rawPath);
    } catch (IllegalArgumentException e) {
      throw new Fault(
          Problem.badRequest("path " + Body.quoted(rawPath) + " has a broken percent escape"));
    }
  }
}
