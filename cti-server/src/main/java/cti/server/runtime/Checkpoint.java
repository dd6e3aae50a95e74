package cti.server.runtime;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the pictures held at one time; a start takes it up and replays what followed.
 *
 * @param shape of the records when it was written, see {@link
 *     cti.server.event.StateCodec#shape(Class)}
 * @param parts by the picture's name
 */
record Checkpoint(String shape, Map<String, Part> parts) {
  /** The JSON of a picture and the last record in it. */
  record Part(long sequence, String json) {}

  Checkpoint {
    parts = Map.copyOf(new LinkedHashMap<>(parts));
  }

  /** The record behind which a replay begins: the earliest of its parts. */
  long first() {
    return parts.values().stream().mapToLong(Part::sequence).min().orElse(0);
  }

  /** The last record that any part has seen. */
  long last() {
    return parts.values().stream().mapToLong(Part::sequence).max().orElse(0);
  }
}
