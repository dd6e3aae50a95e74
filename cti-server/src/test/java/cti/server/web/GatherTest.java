package cti.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.event.AgentEvent;
import cti.server.web.WebFixture.User;
import cti.server.web.http.HttpLimits;
import cti.server.web.stream.StreamContract;
import cti.server.web.stream.StreamRules;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Changes that come gathered: the newest of each call and agent, and nothing lost between. */
class GatherTest {
  private static final String ALL = "\"topics\":[\"calls\",\"agents\",\"pops\",\"gateway\"]";

  private final WebFixture web = new WebFixture();
  private final World world = web.world;

  @AfterEach
  void stop() {
    web.close();
  }

  /** What a client makes of its frames; it refuses a frame that leaves something out. */
  private static final class Picture {
    private final Map<String, JsonNode> calls = new HashMap<>();
    private final Map<String, JsonNode> agents = new HashMap<>();
    private final List<String> types = new ArrayList<>();
    private final Map<String, JsonNode> pops = new HashMap<>();
    private long seq;
    private int frames;

    private static String popId(JsonNode pop) {
      return pop.get("id").asString();
    }

    void take(JsonNode frame) {
      String type = frame.get("type").asString();
      types.add(type);
      switch (type) {
        case "snapshot" -> {
          frame.get("calls").forEach(call -> calls.put(call.get("id").asString(), call));
          frame.get("agents").forEach(agent -> agents.put(agent.get("id").asString(), agent));
          seq = frame.get("seq").asLong();
        }
        case "live" -> seq = frame.get("seq").asLong();
        case "changes" -> {
          assertTrue(frame.get("after").asLong() <= seq, "a gap after " + seq + ": " + frame);
          long last = 0;
          Set<String> seen = new HashSet<>();
          for (JsonNode change : frame.get("frames")) {
            if (change.get("type").asString().startsWith("pop")) {
              pops.put(change.has("pop") ? popId(change.get("pop")) : popId(change), change);
              continue;
            }
            assertTrue(change.get("seq").asLong() > last, "out of order: " + frame);
            last = change.get("seq").asLong();
            assertTrue(last > seq, "told twice: " + frame);
            frames++;
            if (change.has("call")) {
              calls.put(change.get("call").get("id").asString(), change.get("call"));
              assertTrue(seen.add(change.get("call").get("id").asString()), frame.toString());
            } else if (change.get("type").asString().equals("agent")) {
              agents.put(change.get("agent").get("id").asString(), change.get("agent"));
              assertTrue(seen.add(change.get("agent").get("id").asString()), frame.toString());
            }
          }
          // To a slow client a frame may come without what newer ones make superfluous.
          assertTrue(last <= frame.get("seq").asLong(), "beyond its end: " + frame);
          seq = frame.get("seq").asLong();
        }
        default -> {}
      }
    }
  }

  private static String subscribe(String more) {
    return "{\"op\":\"subscribe\"," + ALL + ",\"gather\":true" + more + "}";
  }

  private static Picture begin(TestStream stream) {
    Picture picture = new Picture();
    stream.send(subscribe(""));
    picture.take(stream.next("snapshot"));
    picture.take(stream.next("live"));
    return picture;
  }

  private void notReady(int from, int to) {
    for (int i = from; i < to; i++) {
      world.happen(new AgentEvent.AgentNotReady(World.AGENT_1, web.clock.instant(), "r" + i));
    }
  }

  @Test
  void theNewestOfEachSaysAll() {
    world.gatewayLive();
    TestStream stream = web.stream(web.signIn("supervisor"));
    Picture picture = begin(stream);
    TestStream each = web.stream(web.signIn("supervisor"));
    each.begin();
    notReady(0, 2_000);
    TestCall call = world.call("c1").arrives("13900000009").presses("1");
    call.queued(World.DESKTOP).rings(World.AGENT_1, "8001").answered(World.AGENT_1, "8001");
    notReady(2_000, 4_000);
    stream.untilPong().forEach(picture::take);
    JsonNode last = null;
    for (JsonNode frame : each.untilPong()) {
      if (frame.get("type").asString().equals("call")) {
        last = frame.get("call");
      }
    }
    assertEquals("r3999", picture.agents.get("1001").get("reason").asString());
    assertEquals(last, picture.calls.get("c1"));
    assertTrue(picture.frames < 1_000, picture.frames + " frames of 4,000 changes");
    assertFalse(picture.types.contains("call"), "a call was told by itself");
    assertFalse(picture.types.contains("pop"), "another one's pop was told by itself");
    assertEquals(1, picture.pops.size());
  }

  @Test
  void onesOwnPopGoesAtOnce() {
    world.gatewayLive();
    TestStream stream = web.stream(web.signIn("agent1"));
    Picture picture = begin(stream);
    notReady(0, 100);
    TestCall call = world.call("c1").arrives("1").queued(World.DESKTOP);
    call.rings(World.AGENT_1, "8001").notAnswered();
    stream.untilPong().forEach(picture::take);
    assertTrue(picture.types.contains("pop"), picture.types.toString());
    assertTrue(picture.types.contains("popEnded"), picture.types.toString());
    assertTrue(picture.pops.isEmpty());
  }

  @Test
  void aSingleChangeGoesAtOnceWithItsRecord() {
    world.gatewayLive();
    TestStream stream = web.stream(web.signIn("supervisor"));
    begin(stream);
    notReady(0, 1);
    JsonNode changes = stream.next("changes");
    assertEquals(1, changes.get("after").asLong());
    assertEquals(2, changes.get("seq").asLong());
    assertEquals("AgentNotReady", changes.get("frames").get(0).get("event").asString());
  }

  @Test
  void framesThatAreWrittenByHandHaveTheFieldsOfTheirRecords() {
    world.gatewayLive();
    world.logOn(World.AGENT_1, "8001", World.DESKTOP);
    world.call("c1").arrives("1").queued(World.DESKTOP).rings(World.AGENT_1, "8001");
    world.supervisorListens(true);
    User supervisor = web.signIn("supervisor");
    // Counts of missed cases are in a snapshot once they were read.
    web.stream(supervisor).subscribe("missed-cases").untilType("missedCases");
    TestStream stream =
        web.stream(supervisor)
            .subscribe("calls", "agents", "pops", "gateway", "missed-cases", "listenings");
    fields("snapshot", stream.next("snapshot"));
    stream.next("live");
    world.gatewayLost();
    fields("gateway", stream.next("gateway"));
  }

  private static void fields(String type, JsonNode frame) {
    List<String> names = new ArrayList<>(frame.propertyNames());
    assertEquals("type", names.removeFirst());
    assertEquals(StreamContract.frames().get(type), names);
    frame.properties().stream()
        .filter(field -> field.getValue().isArray())
        .forEach(field -> assertFalse(field.getValue().isEmpty(), field.getKey()));
  }

  @Test
  void whoJoinsLaterHasNothingTwice() throws InterruptedException {
    world.gatewayLive();
    User supervisor = web.signIn("supervisor");
    Thread pouring = Thread.ofPlatform().start(() -> notReady(0, 5_000));
    List<TestStream> streams = new ArrayList<>();
    List<Picture> pictures = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      TestStream stream = web.stream(supervisor);
      streams.add(stream);
      pictures.add(begin(stream));
    }
    pouring.join();
    for (int i = 0; i < 6; i++) {
      streams.get(i).untilPong().forEach(pictures.get(i)::take);
      assertEquals("r4999", pictures.get(i).agents.get("1001").get("reason").asString());
      assertEquals(5_001, pictures.get(i).seq);
    }
  }

  @Test
  void resumeBringsTheNewestOfWhatWasMissed() {
    world.gatewayLive();
    User supervisor = web.signIn("supervisor");
    TestStream first = web.stream(supervisor);
    first.send(subscribe(""));
    String epoch = first.next("snapshot").get("epoch").asString();
    first.next("live");
    first.cut();
    notReady(0, 10);
    world.call("c1").arrives("2").queued(World.DESKTOP);
    TestStream again = web.stream(supervisor);
    Picture picture = new Picture();
    picture.seq = 1;
    again.send(subscribe(",\"resume\":{\"epoch\":\"" + epoch + "\",\"seq\":1}"));
    JsonNode missed = again.next("changes");
    picture.take(missed);
    JsonNode live = again.next("live");
    assertTrue(live.get("resumed").asBoolean());
    assertEquals(2, live.get("replayed").asInt());
    assertEquals(live.get("seq").asLong(), missed.get("seq").asLong());
    assertEquals("r9", picture.agents.get("1001").get("reason").asString());
    assertEquals("waiting", picture.calls.get("c1").get("phase").asString());
  }

  @Test
  void agentsAreGatheredWhatTheySeeAndNothingElse() {
    world.gatewayLive();
    TestStream stream = web.stream(web.signIn("agent1"));
    Picture picture = begin(stream);
    world.call("own").arrives("1").queued(World.DESKTOP);
    world.call("other").arrives("2").queued(World.GUANGZHOU);
    world.logOn(World.AGENT_1, "8001", World.GUANGZHOU);
    // They see another desk now: a new picture follows, and later changes follow on that.
    stream.untilPong().forEach(picture::take);
    assertEquals(Set.of("own", "other"), picture.calls.keySet());
    world.call("third").arrives("3").queued(World.GUANGZHOU);
    stream.untilPong().forEach(picture::take);
    assertEquals(Set.of("own", "other", "third"), picture.calls.keySet());
  }

  @Test
  void aSlowClientLosesNoChange() throws IOException {
    StreamRules narrow =
        new StreamRules(
            Duration.ofSeconds(20),
            65_536,
            Duration.ofSeconds(5),
            new StreamRules.OutboxBounds(4, 200, 1L << 20));
    try (WebFixture other = new WebFixture(WebFixture.settings(narrow, HttpLimits.USUAL, 0))) {
      other.world.gatewayLive();
      TestStream quick = other.stream(other.signIn("supervisor"));
      begin(quick);
      try (RawClient slow = SlowClient.open(other.port, other.signIn("supervisor"), 4_096)) {
        SlowClient.send(slow, subscribe(""));
        Picture picture = new Picture();
        SlowClient.frames(slow, frame -> frame.startsWith("{\"type\":\"live\""))
            .forEach(frame -> picture.take(WebFixture.JSON.readTree(frame)));
        String reason = "x".repeat(30_000);
        int told = 0;
        while (other.server.coalesced() < 20) {
          other.world.happen(
              new AgentEvent.AgentNotReady(World.AGENT_1, other.clock.instant(), told + reason));
          quick.untilPong();
          told++;
        }
        String last = "\"reason\":\"" + (told - 1) + "x";
        SlowClient.frames(slow, frame -> frame.contains(last))
            .forEach(frame -> picture.take(WebFixture.JSON.readTree(frame)));
        assertEquals(told + 1, picture.seq);
        assertTrue(picture.frames < told, picture.frames + " of " + told);
      }
    }
  }
}
