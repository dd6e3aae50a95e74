package cti.server.web.resource;

import cti.core.account.Role;
import cti.server.web.http.Route;
import java.util.List;

/** The path that becomes a stream; what happens on it is docs/api/stream.md. */
public final class StreamResource {
  public List<Route> routes() {
    return List.of(Route.of(Role.AGENT, "GET", "/api/v1/stream"));
  }
}
