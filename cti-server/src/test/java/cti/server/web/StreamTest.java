package cti.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.call.CallOutcome;
import cti.core.call.ClearedBy;
import cti.core.call.Direction;
import cti.core.call.PartRole;
import cti.core.event.AgentEvent;
import cti.server.web.WebFixture.User;
import cti.server.web.stream.StreamRules;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The stream: picture, news, resume, bad frames, slow clients. */
class StreamTest {
  private final WebFixture web = new WebFixture();
  private final World world = web.world;

  @AfterEach
  void stop() {
    web.close();
  }

  @Test
  void snapshotThenNewsOfACallFromFirstRingToItsEnd() {
    world.gatewayLive();
    world.logOn(World.AGENT_1, "8001", World.DESKTOP);
    TestStream stream = web.stream(web.signIn("agent1"));
    JsonNode snapshot = stream.begin();
    assertEquals(3, snapshot.get("seq").asLong());
    assertEquals(3, snapshot.get("agents").size());
    assertEquals(3, snapshot.get("desks").size());
    assertTrue(snapshot.get("gateways").get(0).get("live").asBoolean());

    World.TestCall call = world.call("c1").arrives("13900000009").presses("1");
    call.queued(World.DESKTOP).rings(World.AGENT_1, "8001").answered(World.AGENT_1, "8001");
    call.talkEnds(World.AGENT_1, ClearedBy.CALLER);
    call.cleared(CallOutcome.ANSWERED, ClearedBy.CALLER);

    List<JsonNode> news = stream.untilPong();
    List<String> calls =
        news.stream()
            .filter(frame -> type(frame).equals("call"))
            .map(
                frame ->
                    frame.get("event").asString() + " " + frame.get("call").get("phase").asString())
            .toList();
    // Before it has a desk the call is none of this agent's.
    assertEquals(
        List.of(
            "Routed in-flow",
            "Queued waiting",
            "Delivered ringing",
            "Established talking",
            "QueueVisitEnded talking",
            "TalkEnded ending",
            "CallCleared ended"),
        calls);
    // A late revision of the pop may stand behind it.
    JsonNode last =
        news.stream().filter(frame -> type(frame).equals("call")).toList().getLast().get("call");
    assertEquals("answered", last.get("end").get("outcome").asString());
    assertEquals("caller", last.get("end").get("by").asString());
    assertEquals("live", last.get("quality").asString());
    assertEquals("坐席0001", last.get("agentName").asString());
    assertEquals(0, web.stream(web.signIn("supervisor")).begin().get("calls").size());
  }

  @Test
  void agentsSeeTheirDesksAndSupervisorsSeeAll() {
    world.gatewayLive();
    world.call("own").arrives("1").queued(World.DESKTOP);
    world.call("other").arrives("2").queued(World.GUANGZHOU);
    world.call("menu").arrives("3");
    assertEquals(List.of("own"), ids(web.stream(web.signIn("agent1")).begin().get("calls")));
    assertEquals(List.of("other"), ids(web.stream(web.signIn("agent2")).begin().get("calls")));
    assertEquals(
        List.of("own", "other", "menu"),
        ids(web.stream(web.signIn("supervisor")).begin().get("calls")));
  }

  @Test
  void supervisorsAreToldOfTheServersOwnDisk() {
    world.gatewayLive();
    TestStream supervisor = web.stream(web.signIn("supervisor"));
    TestStream agent = web.stream(web.signIn("agent1"));
    supervisor.begin();
    agent.begin();
    web.server.feed().tellSupervisors("disk-warn", "9.0 % free, expected at least 10 %");
    JsonNode notice = supervisor.untilType("notice");
    assertEquals("disk-warn", notice.get("kind").asString());
    assertEquals("9.0 % free, expected at least 10 %", notice.get("reason").asString());
    assertEquals(List.of(), agent.untilPong());
  }

  @Test
  void agentKeepsSightOfACallThatTheyWereOffered() {
    world.gatewayLive();
    TestStream stream = web.stream(web.signIn("agent2"));
    stream.begin();
    World.TestCall call = world.call("c1").arrives("1").queued(World.DESKTOP);
    call.rings(World.AGENT_2, "8002").notAnswered();
    call.cleared(CallOutcome.NOT_ANSWERED, ClearedBy.CALLER);
    // The second revision, with the earlier incidents, comes when it comes.
    List<String> seen =
        stream.untilPong().stream()
            .filter(frame -> !frame.has("pop") || frame.get("pop").get("revision").asInt() == 1)
            .map(StreamTest::type)
            .toList();
    assertEquals(List.of("pop", "call", "popEnded", "call", "call"), seen);
  }

  @Test
  void agentSeesTheCallThatTheyMakeThemselves() {
    world.gatewayLive();
    world.logOn(World.AGENT_1, "8001", World.DESKTOP);
    TestStream own = web.stream(web.signIn("agent1"));
    TestStream other = web.stream(web.signIn("agent2"));
    own.begin();
    other.begin();
    world.call("o1").dialledBy(World.AGENT_1, "8001", "913900000001", Direction.OUTBOUND);
    List<JsonNode> calls = own.untilPong();
    assertEquals(List.of("call"), calls.stream().map(StreamTest::type).toList());
    assertEquals("PartDelivered", calls.getFirst().get("event").asString());
    assertEquals(List.of(), other.untilPong());
    assertEquals(List.of("o1"), ids(web.stream(web.signIn("agent1")).begin().get("calls")));
  }

  @Test
  void agentSeesTheCallThatIsHandedToThemFromAnotherDesk() {
    world.gatewayLive();
    TestStream stream = web.stream(web.signIn("agent2"));
    stream.begin();
    World.TestCall call = world.call("c1").arrives("1").queued(World.DESKTOP);
    call.rings(World.AGENT_1, "8001").answered(World.AGENT_1, "8001");
    call.partRings("c1-t", PartRole.TRANSFERRED_TO, World.AGENT_2, "8002");
    call.partAnswered("c1-t", World.AGENT_2);
    assertEquals(
        List.of("PartDelivered", "PartEstablished"),
        stream.untilPong().stream()
            .filter(frame -> type(frame).equals("call"))
            .map(frame -> frame.get("event").asString())
            .toList());
  }

  @Test
  void loggingOnToAnotherDeskRenewsThePicture() {
    world.gatewayLive();
    world.call("c1").arrives("1").queued(World.GUANGZHOU);
    TestStream stream = web.stream(web.signIn("agent1"));
    assertEquals(0, stream.begin().get("calls").size());
    world.logOn(World.AGENT_1, "8001", World.GUANGZHOU);
    assertEquals(List.of("c1"), ids(stream.untilType("snapshot").get("calls")));
  }

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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nonsense | the body is no JSON",
        "[1] | expected an object",
        "{} | op is missing",
        "{\"op\":\"dance\"} | op is \"dance\", expected one of [subscribe, ping, command]",
        "{\"op\":\"subscribe\"} | topics is empty",
        "{\"op\":\"subscribe\",\"topics\":[\"weather\"]} | expected one of [calls, agents, pops",
        "{\"op\":\"subscribe\",\"topics\":\"calls\"} | expected a list",
        "{\"op\":\"subscribe\",\"topics\":[\"calls\"],\"resume\":{\"epoch\":\"e\"}} | seq is"
            + " missing",
        "{\"op\":\"ping\",\"topics\":[]} | field \"topics\" is not known",
        "{\"op\":\"command\",\"id\":\"c\",\"command\":\"fly\"} | expected one of [logOn, ready",
      })
  void badFrameIsExplainedAndClosed(String frame, String detail) {
    TestStream stream = web.stream(web.signIn("agent1"));
    stream.send(frame);
    JsonNode error = stream.next("error");
    assertEquals(4400, error.get("code").asInt());
    assertTrue(error.get("detail").asString().contains(detail), error.toString());
    assertEquals(4400, stream.closeCode());
    web.stream(web.signIn("agent2")).begin();
  }

  @Test
  void binaryFrameIsClosed() {
    TestStream stream = web.stream(web.signIn("agent1"));
    stream.sendBytes(new byte[] {1, 2, 3});
    assertEquals(1003, stream.closeCode());
  }

  @Test
  void frameMayComeInPartsButNotTooLarge() {
    TestStream parts = web.stream(web.signIn("agent1"));
    parts.sendPart("{\"op\":", false);
    parts.sendPart("\"pi", false);
    parts.sendPart("ng\"}", true);
    parts.next("pong");
    TestStream large = web.stream(web.signIn("agent1"));
    large.send("{\"op\":\"" + "x".repeat(70_000) + "\"}");
    assertEquals(1009, large.closeCode());
    TestStream manyParts = web.stream(web.signIn("agent1"));
    manyParts.sendPart("x".repeat(40_000), false);
    manyParts.sendPart("x".repeat(40_000), true);
    assertEquals(1009, manyParts.closeCode());
    parts.send("{\"op\":\"ping\"}").next("pong");
  }

  @Test
  void agentWithoutANumberMayNotHavePops() {
    TestStream stream = web.stream(web.signIn("clerk"));
    stream.subscribe("pops");
    assertEquals(4403, stream.next("error").get("code").asInt());
    assertEquals(4403, stream.closeCode());
  }

  @Test
  void expiredSessionClosesTheStream() {
    User agent = web.signIn("agent1");
    TestStream quiet = web.stream(agent);
    quiet.begin();
    web.clock.advance(Duration.ofMinutes(31));
    assertEquals(4401, quiet.closeCode());
  }

  @Test
  void framesKeepTheSessionInUseUntilItsLongestTime() {
    User agent = web.signIn("agent1");
    TestStream stream = web.stream(agent);
    stream.begin();
    for (int i = 0; i < 24; i++) {
      stream.untilPong();
      web.clock.advance(Duration.ofMinutes(29).plusSeconds(50));
    }
    stream.untilPong();
    web.clock.advance(Duration.ofMinutes(10));
    assertEquals(4401, stream.closeCode());
  }

  @Test
  void upgradeNeedsASessionAndTheRightOrigin() {
    HttpClient http = HttpClient.newHttpClient();
    User agent = web.signIn("agent1");
    String own = "http://127.0.0.1:" + web.port;
    TestStream.open(http, web.port, agent.withCookie(), Optional.of(own)).close();
    TestStream.open(http, web.port, agent, Optional.empty()).close();
    for (Optional<String> origin :
        List.of(Optional.of("https://evil.example"), Optional.<String>empty())) {
      assertThrows(
          CompletionException.class,
          () -> TestStream.open(http, web.port, agent.withCookie(), origin),
          "cookie with origin " + origin);
    }
    assertThrows(
        CompletionException.class,
        () -> TestStream.open(http, web.port, agent, Optional.of("https://evil.example")));
    assertThrows(
        CompletionException.class,
        () -> TestStream.open(http, web.port, new User("no", "", false), Optional.empty()));
    assertEquals(426, web.get("/api/v1/stream", agent).statusCode());
    http.close();
  }

  @Test
  void commandsAreAnsweredInFramesAndChangeTheAgent() {
    world.gatewayLive();
    TestStream stream = web.stream(web.signIn("agent1"));
    stream.begin();
    stream.send(command("a", "ready", ""));
    JsonNode refused = stream.next("reply");
    assertEquals("a", refused.get("id").asString());
    assertFalse(refused.get("ok").asBoolean());
    assertEquals("not-logged-on", refused.get("refusal").get("id").asString());
    stream.send(command("b", "logOn", ",\"extension\":\"8001\",\"desks\":[\"hq-desktop\"]"));
    Set<String> seen = new LinkedHashSet<>();
    seen.add(type(stream.next()));
    seen.add(type(stream.next()));
    assertEquals(Set.of("reply", "agent"), seen);
    stream.send(command("c", "notReady", ",\"reason\":\"meeting\""));
    JsonNode agent = stream.untilType("agent").get("agent");
    assertEquals("meeting", agent.get("reason").asString());
    stream.send(command("d", "notReady", ""));
    JsonNode last =
        stream.until(frame -> frame.has("id") && frame.get("id").asString().equals("d"));
    assertEquals("invalid", last.get("refusal").get("id").asString());
  }

  @Test
  void aNoteReachesWhoeverIsThereOrSeesTheDesk() {
    TestStream desktop = web.stream(web.signIn("agent1"));
    desktop.begin();
    TestStream guangzhou = web.stream(web.signIn("agent2"));
    guangzhou.begin();
    User supervisor = web.signIn("supervisor");
    String all = "{\"text\":\"全体注意\"}";
    assertEquals(201, web.send("POST", "/api/v1/notes", all, supervisor).statusCode());
    for (TestStream stream : List.of(desktop, guangzhou)) {
      JsonNode note = stream.next("note").get("note");
      assertEquals("全体注意", note.get("text").asString());
      assertEquals("班长0001", note.get("by").asString());
    }
    String one = "{\"text\":\"广州\",\"desks\":[\"gz\"]}";
    assertEquals(201, web.send("POST", "/api/v1/notes", one, supervisor).statusCode());
    assertEquals("广州", guangzhou.next("note").get("note").get("text").asString());
    assertEquals(List.of(), desktop.untilPong());
    String unknown = "{\"text\":\"x\",\"desks\":[\"mars\"]}";
    assertEquals(422, web.send("POST", "/api/v1/notes", unknown, supervisor).statusCode());
    assertEquals(
        422, web.send("POST", "/api/v1/notes", "{\"text\":\" \"}", supervisor).statusCode());
  }

  @Test
  void agentsActForThemselvesAndSupervisorsForOthers() {
    TestStream agent = web.stream(web.signIn("agent1"));
    agent.send(command("x", "logOff", ",\"agent\":\"1002\""));
    assertEquals("forbidden", agent.next("reply").get("refusal").get("id").asString());
    TestStream supervisor = web.stream(web.signIn("supervisor"));
    supervisor.send(command("y", "logOff", ",\"agent\":\"1002\""));
    assertTrue(supervisor.next("reply").get("ok").asBoolean());
    TestStream admin = web.stream(web.signIn("admin"));
    admin.send(command("z", "ready", ""));
    assertEquals("forbidden", admin.next("reply").get("refusal").get("id").asString());
  }

  @Test
  void lostLinkShowsAgentsAsUnknownAndCallsAsStale() {
    world.gatewayLive();
    world.logOn(World.AGENT_1, "8001", World.DESKTOP);
    world.call("c1").arrives("1").queued(World.DESKTOP);
    world.call("hidden").arrives("2").queued(World.GUANGZHOU);
    TestStream stream = web.stream(web.signIn("agent1"));
    stream.begin();
    world.gatewayLost();
    JsonNode lost = stream.next("gateway");
    assertFalse(lost.get("gateway").get("live").asBoolean());
    assertEquals("unknown", lost.get("agents").get(0).get("state").asString());
    assertEquals("logged-off", lost.get("agents").get(1).get("state").asString());
    assertEquals(List.of("c1"), ids(lost.get("calls")));
    assertTrue(lost.get("calls").get(0).get("stale").asBoolean());
    assertEquals("2026-11-21T01:00:00Z", lost.get("calls").get(0).get("pictureAt").asString());
    assertEquals(
        "unknown",
        web.stream(web.signIn("agent2")).begin().get("agents").get(0).get("state").asString());
    world.gatewayLive();
    JsonNode back = stream.next("gateway");
    assertEquals("ready", back.get("agents").get(0).get("state").asString());
    assertFalse(back.get("calls").get(0).get("stale").asBoolean());
  }

  @Test
  void timeFromBytesToSocketIsMeasured() {
    world.gatewayLive();
    TestStream stream = web.stream(web.signIn("supervisor"));
    stream.begin();
    long read = System.nanoTime();
    world.happenAfterBytes(read, new AgentEvent.AgentReady(World.AGENT_1, web.clock.instant()));
    world.happen(new AgentEvent.AgentReady(World.AGENT_2, web.clock.instant()));
    stream.next("agent");
    stream.next("agent");
    Awaitility.await().until(() -> web.latencies.size() == 1);
    long nanos = web.latencies.element();
    assertTrue(0 < nanos && nanos <= System.nanoTime() - read, nanos + " ns");
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

  @Test
  void silentPeerIsFound() throws Exception {
    try (RawClient client = SlowClient.open(web.port, web.signIn("agent1"), 0)) {
      assertTrue(SlowClient.frames(client).contains("close 4410"));
    }
  }

  static String type(JsonNode frame) {
    return frame.get("type").asString();
  }

  private static List<String> ids(JsonNode views) {
    return views.values().stream().map(view -> view.get("id").asString()).toList();
  }

  private static String resume(String epoch, long seq) {
    return ("{\"op\":\"subscribe\",\"topics\":[\"calls\",\"agents\",\"pops\",\"gateway\"],"
            + "\"resume\":{\"epoch\":\"%s\",\"seq\":%d}}")
        .formatted(epoch, seq);
  }

  private static String command(String id, String command, String more) {
    return "{\"op\":\"command\",\"id\":\"%s\",\"command\":\"%s\"%s}".formatted(id, command, more);
  }
}
