package cti.testbed.e2e;

import cti.testbed.client.Unexpected;
import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/**
 * Where the time of a pop went, in milliseconds; gateway, server, bridge and softphone are on one
 * machine and so of one clock.
 *
 * @param waiting from the softphone's word that it rings to the server's word at the bridge; 0
 *     where that came first
 * @param starting from the later of the two until the program had begun
 * @param toEngine from the gateway's stamp on AgentCalled until the server's engine had it
 * @param toBridge from the engine to the bridge: decided, written to the journal, sent
 * @param toRing from the gateway's stamp to the softphone's word; at least, where the server's word
 *     came first
 */
record PopParts(double waiting, double starting, double toEngine, double toBridge, double toRing) {
  /**
   * Puts together what was told.
   *
   * @param newest of the bridge's state
   * @param trace of the call, GET /debug/call/{id}
   */
  static PopParts of(JsonNode newest, JsonNode trace) {
    Instant rang = Instant.parse(newest.path("rangAt").asString());
    double waiting = newest.path("waitMicros").asLong() / 1000.0;
    for (JsonNode step : trace.path("steps").values()) {
      for (JsonNode event : step.path("events").values()) {
        if (event.path("event").asString().startsWith("Delivered ")) {
          Instant stamp = Instant.parse(event.path("at").asString());
          Instant engine = Instant.parse(step.path("at").asString());
          return new PopParts(
              waiting,
              newest.path("startMicros").asLong() / 1000.0,
              millis(stamp, engine),
              millis(engine, rang) + waiting,
              millis(stamp, rang));
        }
      }
    }
    throw Unexpected.instead("an event Delivered in the trace of the call", trace);
  }

  private static double millis(Instant from, Instant to) {
    return Duration.between(from, to).toNanos() / 1e6;
  }

  double toPop() {
    return waiting + starting;
  }
}
