package cti.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.server.event.EventCodec;
import cti.server.event.EventLine;
import cti.server.web.stream.Nobody;
import cti.server.web.view.Views;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class RehearsalTest {
  @Test
  void theScreenOfAnAgentIsMadeFromTheRingToTheEnd() throws Exception {
    EventCodec codec = new EventCodec();
    Nobody nobody = new Nobody();
    Rehearsal rehearsal =
        new Rehearsal(new Views(nobody, nobody), codec, new EventLine(codec, false));

    List<String> topics = rehearsal.play();

    assertTrue(topics.contains("POPS"), "a pop: " + topics);
    // Rung, connected and over are three at least.
    assertTrue(Collections.frequency(topics, "CALLS") >= 3, topics.toString());
    assertTrue(topics.contains("AGENTS"), topics.toString());
    assertEquals(topics, rehearsal.play(), "the second time is like the first");
  }
}
