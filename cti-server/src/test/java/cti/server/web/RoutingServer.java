package cti.server.web;

import cti.server.prompt.PromptHouse;
import cti.server.routing.RoutingInMemory;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;

/** A server of rules for tests of other rooms: the sample house, everything in memory. */
public final class RoutingServer implements AutoCloseable {
  private final WebFixture web = new WebFixture();

  public URI address() {
    return web.uri("/");
  }

  /** Of every account, such as admin. */
  public String password() {
    return MemoryStores.PASSWORD;
  }

  public RoutingInMemory rules() {
    return web.rules;
  }

  /** What callers hear. */
  public PromptHouse prompts() {
    return web.prompts;
  }

  /** The server's clock. */
  public void setClock(Instant at) {
    web.clock.advance(Duration.between(web.clock.instant(), at));
  }

  @Override
  public void close() {
    web.close();
  }
}
