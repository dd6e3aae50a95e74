package cti.server.web.resource;

import cti.core.account.Role;
import cti.core.port.CatalogReload;
import cti.core.port.CatalogReload.Outcome;
import cti.server.web.http.Answer;
import cti.server.web.http.Problem;
import cti.server.web.http.Request;
import cti.server.web.http.Route;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes sites, desks, agents and staff from the database anew. */
public final class CatalogReloadResource {
  private static final Logger log = LoggerFactory.getLogger(CatalogReloadResource.class);

  private final CatalogReload reload;

  public CatalogReloadResource(CatalogReload reload) {
    this.reload = reload;
  }

  /** What is in memory now. */
  record LoadedView(int sites, int desks, int agents, int staff) {}

  public List<Route> routes() {
    return List.of(
        Route.of(Role.SUPERVISOR, "POST", "/api/v1/catalog/reload")
            .answers(LoadedView.class)
            .stored(this::reload));
  }

  private Answer reload(Request request) {
    log.info("web: user={} reloads master data", request.signedIn().account().user());
    return switch (reload.reload()) {
      case Outcome.Loaded(int sites, int desks, int agents, int staff) ->
          Answer.json(new LoadedView(sites, desks, agents, staff));
      case Outcome.Refused(String reason) ->
          Answer.problem(
              Problem.of(409, "catalog-refused", "The master data cannot be used", reason));
    };
  }
}
