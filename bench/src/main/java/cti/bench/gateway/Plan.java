package cti.bench.gateway;

import java.io.IOException;
import java.util.List;
import java.util.Random;

/**
 * What calls are played, of what kind and how long; the same seed gives the same plan.
 *
 * @param events of an answered call in all
 * @param ringMillis how long phones ring, give or take a half
 * @param talkMillis how long people talk, give or take a half
 */
record Plan(int events, int ringMillis, int talkMillis, long seed) {
  /** A kind of call and how many of a hundred are of it. */
  record Kind(RecordedCall recording, String outcome, int share) {}

  /** The kinds of calls, by the recordings that they follow. */
  List<Kind> kinds() throws IOException {
    return List.of(
        new Kind(RecordedCall.read("answered-caller-hangs-up", events), "answered", 70),
        new Kind(RecordedCall.read("answered-agent-hangs-up", events), "answered", 20),
        new Kind(RecordedCall.read("abandoned-while-ringing", events), "abandoned_ringing", 10));
  }

  Random random() {
    return new Random(seed);
  }
}
