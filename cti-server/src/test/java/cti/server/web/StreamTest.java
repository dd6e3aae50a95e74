package cti.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.call.CallOutcome;
import cti.core.call.ClearedBy;
import cti.core.call.Direction;
import cti.core.call.PartRole;
import cti.core.event.AgentEvent;
import cti.server.web.WebFixture.User;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The stream: picture, news, commands. */
class StreamTest extends StreamFixture {
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

    TestCall call = world.call("c1").arrives("13900000009").presses("1");
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
    TestCall call = world.call("c1").arrives("1").queued(World.DESKTOP);
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
    TestCall call = world.call("c1").arrives("1").queued(World.DESKTOP);
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
}
