package cti.server.web.resource;

import cti.core.account.Role;
import cti.server.web.http.Answer;
import cti.server.web.http.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The JSON Schema of flows, for whoever makes an editor. */
public final class FlowSchemaResource {
  private static final String FILE = "ivr-scripts/flow.schema.json";

  private final Answer answer;

  public FlowSchemaResource() {
    this.answer = new Answer(200, "application/schema+json", read(), List.of());
  }

  private static byte[] read() {
    try (InputStream in = FlowSchemaResource.class.getClassLoader().getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException("no file " + FILE + " on the class path");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public List<Route> routes() {
    return List.of(
        Route.of(Role.AGENT, "GET", "/api/v1/ivr/flow-schema")
            .live(request -> CompletableFuture.completedFuture(answer)));
  }
}
