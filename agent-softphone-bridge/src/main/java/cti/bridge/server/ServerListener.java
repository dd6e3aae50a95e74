package cti.bridge.server;

import tools.jackson.databind.JsonNode;

/** Told what the server says, in its order, one at a time: must not block for long. */
public interface ServerListener {
  /**
   * A phone of the agent rings: a pop, as asyncapi.yaml has it.
   *
   * @param nanos {@link System#nanoTime} of the moment at which it came
   */
  void pop(JsonNode pop, long nanos);

  /** A call of the agent changed, or is over (phase ended). */
  void call(JsonNode call, long nanos);

  /** The state of the connection changed. */
  void changed();
}
