package cti.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.event.AgentEvent;
import cti.server.web.WebFixture.User;
import cti.server.web.stream.StreamRules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The stream: no gap and no double, whoever comes back and whatever was left out. */
class StreamResumeTest extends StreamFixture {
  @Test
  void noGapAndNoDoubleWhileEventsPourIn() throws InterruptedException {
    StreamRules roomy =
        new StreamRules(
            Duration.ofSeconds(20),
            65_536,
            Duration.ofSeconds(2),
            new StreamRules.OutboxBounds(100_000, 100_000, 1L << 30));
    int events = 5_000;
    try (WebFixture busy = new WebFixture(WebFixture.settings(roomy))) {
      busy.world.gatewayLive();
      User supervisor = busy.signIn("supervisor");
      Thread pouring =
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int i = 0; i < events; i++) {
                      busy.world.happen(
                          new AgentEvent.AgentNotReady(
                              World.AGENT_1, busy.clock.instant(), "r" + i));
                    }
                  });
      for (int i = 0; i < 6; i++) {
        TestStream stream = busy.stream(supervisor);
        JsonNode snapshot = stream.begin();
        long start = snapshot.get("seq").asLong();
        if (start > 1) {
          assertEquals("r" + (start - 2), snapshot.get("agents").get(0).get("reason").asString());
        }
        List<Long> seen = new ArrayList<>();
        while (start + seen.size() < events + 1) {
          seen.add(stream.next("agent").get("seq").asLong());
        }
        assertEquals(LongStream.rangeClosed(start + 1, events + 1).boxed().toList(), seen);
        assertTrue(stream.untilPong().isEmpty());
      }
      pouring.join();
    }
  }

  @Test
  void resumeBringsExactlyWhatWasMissed() {
    world.gatewayLive();
    User supervisor = web.signIn("supervisor");
    TestStream first = web.stream(supervisor);
    JsonNode snapshot = first.begin();
    world.call("c1").arrives("1");
    first.next("call");
    first.cut();
    world.call("c2").arrives("2").queued(World.DESKTOP);
    world.logOn(World.AGENT_1, "8001", World.DESKTOP);
    String epoch = snapshot.get("epoch").asString();
    TestStream again = web.stream(supervisor);
    again.send(resume(epoch, 2));
    List<Long> missed = new ArrayList<>();
    JsonNode frame = again.next();
    while (!type(frame).equals("live")) {
      missed.add(frame.get("seq").asLong());
      frame = again.next();
    }
    assertEquals(List.of(3L, 4L, 5L, 6L, 7L), missed);
    assertTrue(frame.get("resumed").asBoolean());
    assertEquals(5, frame.get("replayed").asInt());
    assertEquals(7, frame.get("seq").asLong());
  }

  @Test
  void resumeOfNothingMissedIsLiveAtOnce() {
    world.gatewayLive();
    TestStream stream = web.stream(web.signIn("supervisor"));
    String epoch = stream.begin().get("epoch").asString();
    stream.send(resume(epoch, 1));
    assertEquals(0, stream.next("live").get("replayed").asInt());
  }

  @Test
  void resumeFromAnotherRunOrTooLongAgoIsASnapshot() {
    world.gatewayLive();
    TestStream stream = web.stream(web.signIn("supervisor"));
    String epoch = stream.begin().get("epoch").asString();
    for (String point : List.of(resume("another-run", 1), resume(epoch, 77))) {
      stream.send(point);
      stream.next("snapshot");
      assertFalse(stream.next("live").get("resumed").asBoolean());
    }
    for (int i = 0; i < 4_096; i++) {
      world.happen(new AgentEvent.AgentReady(World.AGENT_1, web.clock.instant()));
    }
    stream.send(resume(epoch, 1));
    assertEquals(4_097, stream.untilType("snapshot").get("seq").asLong());
  }

  @Test
  void restartedServerRestoresThePictureFromTheJournal() {
    world.gatewayLive();
    world.logOn(World.AGENT_1, "8001", World.DESKTOP);
    world.call("c1").arrives(World.KNOWN_NUMBER).identified("E0001").queued(World.DESKTOP);
    world.call("c1-gone");
    User agent = web.signIn("agent1");
    TestStream before = web.stream(agent);
    JsonNode seen = before.begin();
    web.server.stop();
    assertEquals(1001, before.closeCode());
    WebServer next = web.restarted(web.port);
    next.start();
    try {
      TestStream after = web.stream(agent);
      after.send(resume(seen.get("epoch").asString(), seen.get("seq").asLong()));
      JsonNode restored = after.next("snapshot");
      assertNotEquals(seen.get("epoch"), restored.get("epoch"));
      assertEquals(seen.get("calls"), restored.get("calls"));
      assertEquals(seen.get("agents"), restored.get("agents"));
    } finally {
      next.stop();
    }
  }

  @Test
  void recordsThatTheQueueLeftOutAreReadFromTheJournal() {
    world.gatewayLive();
    TestStream stream = web.stream(web.signIn("supervisor"));
    stream.begin();
    world.append(new AgentEvent.AgentReady(World.AGENT_1, web.clock.instant()));
    world.happen(new AgentEvent.AgentReady(World.AGENT_2, web.clock.instant()));
    assertEquals(2, stream.next("agent").get("seq").asLong());
    assertEquals(3, stream.next("agent").get("seq").asLong());
  }

  @Test
  void aRecordThatIsNotOnDiskYetIsNotPassedOver() {
    world.gatewayLive();
    TestStream stream = web.stream(web.signIn("supervisor"));
    stream.begin();
    world.durable = 1;
    world.append(new AgentEvent.AgentReady(World.AGENT_1, web.clock.instant()));
    world.happen(new AgentEvent.AgentReady(World.AGENT_2, web.clock.instant()));
    Awaitility.await().until(() -> world.reads.get() > 1);
    world.durable = Long.MAX_VALUE;
    assertEquals(2, stream.next("agent").get("seq").asLong());
    assertEquals(3, stream.next("agent").get("seq").asLong());
  }
}
