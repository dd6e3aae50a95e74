package cti.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.call.CallOutcome;
import cti.core.call.ClearedBy;
import cti.core.call.Direction;
import cti.core.call.PartRole;
import cti.core.call.RingOutcome;
import cti.core.event.AgentEvent;
import cti.core.id.DeskId;
import cti.core.id.IncidentId;
import cti.core.id.StaffId;
import cti.core.incident.IncidentLevel;
import cti.core.incident.IncidentState;
import cti.core.port.Incidents.Change;
import cti.core.port.Incidents.Draft;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Screen-pops: who calls, at once; their earlier incidents, when they come. */
class PopTest {
  private final WebFixture web = new WebFixture();
  private final World world = web.world;

  @BeforeEach
  void agentIsReady() {
    world.gatewayLive();
    world.logOn(World.AGENT_1, "8001", World.DESKTOP);
  }

  @AfterEach
  void stop() {
    web.close();
  }

  private TestStream agent(String user) {
    TestStream stream = web.stream(web.signIn(user));
    stream.begin();
    return stream;
  }

  private void incident(int number, boolean closed) {
    web.stores.incidents.open(
        new Draft(
            "工单" + number,
            "",
            Optional.of(new StaffId("E0001")),
            "员工0001",
            World.KNOWN_NUMBER,
            "",
            Optional.empty(),
            Optional.empty(),
            "电话",
            "",
            "",
            "",
            IncidentLevel.IV,
            Optional.empty(),
            List.of()),
        "key" + number,
        "agent1");
    if (closed) {
      web.stores.incidents.change(
          new IncidentId("INC-%04d".formatted(number)),
          new Change(Optional.of(IncidentState.CLOSED), Optional.empty()),
          "agent1");
    }
    web.clock.advance(Duration.ofMinutes(1));
  }

  private TestCall ringing() {
    TestCall call = world.call("c1").arrives(World.KNOWN_NUMBER);
    call.identified("E0001", "E0003").presses("1").queued(World.DESKTOP);
    web.clock.advance(Duration.ofSeconds(32));
    return call.rings(World.AGENT_1, "8001");
  }

  private static JsonNode loaded(TestStream stream) {
    return stream
        .until(
            frame ->
                StreamTest.type(frame).equals("pop")
                    && !frame.get("pop").get("incidentsState").asString().equals("loading"))
        .get("pop");
  }

  @Test
  void popHasAllThatIsKnownOfEveryMatch() {
    for (int i = 1; i <= 7; i++) {
      incident(i, i > 5);
    }
    TestStream stream = agent("agent1");
    ringing();
    JsonNode pop = loaded(stream);
    assertEquals("1001", pop.get("agent").asString());
    assertEquals(World.KNOWN_NUMBER, pop.get("number").asString());
    assertEquals(32, pop.get("waitedSeconds").asLong());
    assertEquals("本部(桌面)", pop.get("deskName").asString());
    assertEquals("1", pop.get("keys").get(0).get("digits").asString());
    assertEquals(2, pop.get("callers").size());
    JsonNode first = pop.get("callers").get(0);
    assertEquals("员工0001", first.get("name").asString());
    assertEquals("E0001", first.get("staff").asString());
    assertEquals("公司>财务部>会计科", first.get("department").asString());
    assertEquals("公司本部", first.get("siteName").asString());
    assertEquals("1 号楼 305", first.get("office").asString());
    assertEquals(2, first.get("numbers").size());
    assertEquals("E0001@example.com", first.get("email").asString());
    assertTrue(first.get("vip").asBoolean());
    assertEquals("习惯用工号称呼", first.get("remark").asString());
    assertEquals("external", pop.get("callers").get(1).get("status").asString());
    List<String> titles =
        pop.get("incidents").values().stream().map(one -> one.get("title").asString()).toList();
    assertEquals(List.of("工单5", "工单4", "工单3", "工单2", "工单1"), titles);
  }

  @Test
  void popGoesToItsAgentAndToSupervisorsOnly() {
    TestStream mine = agent("agent1");
    TestStream other = agent("agent2");
    TestStream supervisor = agent("supervisor");
    ringing();
    loaded(mine);
    loaded(supervisor);
    assertTrue(other.untilPong().isEmpty());
  }

  @Test
  void popDoesNotWaitForTheStoreAndIsRevised() {
    incident(1, false);
    TestStream stream = agent("agent1");
    web.stores.gate = new CountDownLatch(1);
    ringing();
    JsonNode first = stream.untilType("pop").get("pop");
    assertEquals("loading", first.get("incidentsState").asString());
    assertEquals(2, first.get("callers").size());
    web.stores.gate.countDown();
    JsonNode second = loaded(stream);
    assertEquals(first.get("id"), second.get("id"));
    assertEquals(first.get("revision").asInt() + 1, second.get("revision").asInt());
    assertEquals("loaded", second.get("incidentsState").asString());
    assertEquals(1, second.get("incidents").size());
  }

  @Test
  void popSaysThatTheStoreIsAway() {
    TestStream stream = agent("agent1");
    web.stores.away = true;
    ringing();
    assertEquals("unavailable", loaded(stream).get("incidentsState").asString());
  }

  @Test
  void popDoesNotHangOnAStoreThatNeverAnswers() {
    TestStream stream = agent("agent1");
    web.stores.gate = new CountDownLatch(1);
    ringing();
    assertEquals("unavailable", loaded(stream).get("incidentsState").asString());
  }

  @Test
  void unknownNumberAndWithheldNumberPopToo() {
    TestStream stream = agent("agent1");
    world.call("c2").arrives("").queued(World.DESKTOP).rings(World.AGENT_1, "8001");
    JsonNode pop = loaded(stream);
    assertEquals("", pop.get("number").asString());
    assertEquals(0, pop.get("callers").size());
    assertEquals("loaded", pop.get("incidentsState").asString());
  }

  @Test
  void ringWithoutTalkEndsThePopAndTheNextAgentGetsTheirs() {
    TestStream first = agent("agent1");
    TestStream second = agent("agent2");
    TestCall call = ringing();
    String id = loaded(first).get("id").asString();
    call.notAnswered();
    JsonNode ended = first.untilType("popEnded");
    assertEquals(id, ended.get("id").asString());
    assertEquals("no-answer", ended.get("outcome").asString());
    call.rings(World.AGENT_2, "8002");
    JsonNode next = second.untilType("pop").get("pop");
    assertFalse(next.get("id").asString().equals(id));
    assertEquals("loaded", next.get("incidentsState").asString(), "asked again");
    call.cleared(CallOutcome.ABANDONED_RINGING, ClearedBy.CALLER);
    assertEquals("caller-gone", second.untilType("popEnded").get("outcome").asString());
    assertEquals(0, web.stream(web.signIn("agent2")).begin().get("pops").size());
  }

  @Test
  void whoComesInMidCallFindsThePopInTheSnapshotUntilTheWorkIsDone() {
    TestCall call = ringing().answered(World.AGENT_1, "8001");
    assertEquals(1, pops());
    call.talkEnds(World.AGENT_1, ClearedBy.CALLER);
    call.cleared(CallOutcome.ANSWERED, ClearedBy.CALLER);
    assertEquals(1, pops());
    world.happen(new AgentEvent.AgentReady(World.AGENT_1, web.clock.instant()));
    assertEquals(0, pops());
  }

  @ParameterizedTest
  @EnumSource(
      value = PartRole.class,
      names = {"TRANSFERRED_TO", "CONSULTED", "CALLED"})
  void whoGetsACallerByTheirExtensionSeesWhoCallsUntilTheWorkIsDone(PartRole role) {
    world.logOn(World.AGENT_2, "8002", World.GUANGZHOU);
    TestStream second = agent("agent2");
    TestCall call = ringing().answered(World.AGENT_1, "8001");
    call.partRings("c1-t", role, World.AGENT_2, "8002");
    JsonNode pop = loaded(second);
    assertEquals("1002", pop.get("agent").asString());
    assertEquals("c1-t", pop.get("id").asString());
    assertEquals("8002", pop.get("extension").asString());
    assertEquals(World.KNOWN_NUMBER, pop.get("number").asString());
    assertEquals(2, pop.get("callers").size());
    assertEquals("本部(桌面)", pop.get("deskName").asString());
    call.partAnswered("c1-t", World.AGENT_2);
    assertEquals(1, web.stream(web.signIn("agent2")).begin().get("pops").size());
    world.happen(new AgentEvent.AgentReady(World.AGENT_2, web.clock.instant()));
    assertEquals(0, web.stream(web.signIn("agent2")).begin().get("pops").size());
  }

  @Test
  void handingOnThatNobodyAnsweredEndsThePop() {
    TestStream second = agent("agent2");
    TestCall call = ringing().answered(World.AGENT_1, "8001");
    call.partRings("c1-t", PartRole.TRANSFERRED_TO, World.AGENT_2, "8002");
    call.partFailed("c1-t", RingOutcome.NO_ANSWER);
    JsonNode ended = second.untilType("popEnded");
    assertEquals("c1-t", ended.get("id").asString());
    assertEquals("no-answer", ended.get("outcome").asString());
  }

  @Test
  void callsOfOurOwnPopNobodyUp() {
    world
        .call("i1")
        .dialledBy(World.AGENT_1, "8001", "8002", Direction.INTERNAL)
        .partRings("i1-b", PartRole.CALLED, World.AGENT_2, "8002");
    assertEquals(0, pops());
    assertEquals(0, web.stream(web.signIn("agent2")).begin().get("pops").size());
  }

  private int pops() {
    return web.stream(web.signIn("agent1")).begin().get("pops").size();
  }

  @Test
  void popMissedWhileAwayComesWithTheResume() {
    TestStream first = agent("agent1");
    String epoch = web.stream(web.signIn("agent1")).begin().get("epoch").asString();
    first.cut();
    ringing();
    TestStream again = web.stream(web.signIn("agent1"));
    again.send(
        ("{\"op\":\"subscribe\",\"topics\":[\"calls\",\"agents\",\"pops\",\"gateway\"],"
                + "\"resume\":{\"epoch\":\"%s\",\"seq\":3}}")
            .formatted(epoch));
    assertEquals("c1", loaded(again).get("call").asString());
  }

  @Test
  void twoCallersAtOncePopAtTheRightAgents() {
    world.logOn(World.AGENT_2, "8002", World.GUANGZHOU);
    TestStream first = agent("agent1");
    TestStream second = agent("agent2");
    world.call("a").arrives(World.KNOWN_NUMBER).identified("E0001").queued(World.DESKTOP);
    world.call("b").arrives("13800000002").identified("E0002").queued(World.GUANGZHOU);
    world.happen(
        world.call("b").queuedAs(World.GUANGZHOU).delivered(World.AGENT_2, "8002"),
        world.call("a").queuedAs(World.DESKTOP).delivered(World.AGENT_1, "8001"));
    assertEquals("a", loaded(first).get("call").asString());
    assertEquals("b", loaded(second).get("call").asString());
  }

  @Test
  void offerOfACallWhoseBeginningWasNotSeenRaisesNoPopAndHarmsNothing() {
    TestStream stream = agent("agent1");
    world.call("c9").arrives("1").identified().rings(World.AGENT_1, "8001");
    world.call("c9").arrives("1").identified();
    ringing();
    assertEquals("c1", loaded(stream).get("call").asString());
  }

  @Test
  void incidentsComeEvenWhenTheCallEndedMeanwhile() {
    incident(1, false);
    TestStream stream = agent("agent1");
    web.stores.gate = new CountDownLatch(1);
    TestCall call = ringing().answered(World.AGENT_1, "8001");
    call.talkEnds(World.AGENT_1, ClearedBy.CALLER);
    call.cleared(CallOutcome.ANSWERED, ClearedBy.CALLER);
    stream.untilPong();
    web.stores.gate.countDown();
    assertEquals(1, loaded(stream).get("incidents").size());
  }

  @Test
  void popThatIsUpAtARestartGetsItsIncidents() {
    incident(1, false);
    ringing();
    web.server.stop();
    WebServer next = web.restarted(web.port);
    next.start();
    try {
      TestStream stream = web.stream(web.signIn("agent1"));
      JsonNode snapshot = stream.begin();
      JsonNode pop = snapshot.get("pops").get(0);
      if (pop.get("incidentsState").asString().equals("loading")) {
        pop = loaded(stream);
      }
      assertEquals(1, pop.get("incidents").size());
    } finally {
      next.stop();
    }
  }

  /**
   * A supervisor who takes calls and is limited: the pop is theirs, incidents elsewhere are not.
   */
  @Test
  void aLimitedAgentIsPushedNoIncidentsOfOtherDesks() {
    incidentAt(1, World.ERP);
    incidentAt(2, World.DESKTOP);
    web.stores.accounts.limit("supervisor", Set.of(World.DESKTOP));
    TestStream stream = agent("supervisor");
    world.logOn(World.AGENT_9, "8009", World.DESKTOP);
    TestCall call = world.call("c1").arrives(World.KNOWN_NUMBER);
    call.identified("E0001").queued(World.DESKTOP).rings(World.AGENT_9, "8009");
    JsonNode pop = loaded(stream);
    assertEquals(1, pop.get("incidents").size(), pop::toString);
    assertEquals("INC-0002", pop.get("incidents").get(0).get("id").asString());
    JsonNode snapshot = web.stream(web.signIn("supervisor")).begin();
    assertEquals(1, snapshot.get("pops").get(0).get("incidents").size(), snapshot::toString);
    JsonNode all = web.stream(web.signIn("admin")).begin();
    assertEquals(2, all.get("pops").get(0).get("incidents").size(), all::toString);
  }

  private void incidentAt(int number, DeskId desk) {
    web.stores.incidents.open(
        new Draft(
            "工单" + number,
            "",
            Optional.of(new StaffId("E0001")),
            "员工0001",
            World.KNOWN_NUMBER,
            "",
            Optional.empty(),
            Optional.of(desk),
            "电话",
            "",
            "",
            "",
            IncidentLevel.IV,
            Optional.empty(),
            List.of()),
        "key" + number,
        "agent1");
  }
}
