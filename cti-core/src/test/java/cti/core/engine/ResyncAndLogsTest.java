package cti.core.engine;

import static cti.core.engine.EngineWorld.AGENT;
import static cti.core.engine.EngineWorld.GATEWAY;
import static cti.core.engine.EngineWorld.PHONE;
import static cti.core.engine.EngineWorld.QUEUE;
import static cti.core.engine.EngineWorld.channel;
import static cti.core.engine.EngineWorld.member;
import static cti.core.engine.EngineWorld.present;
import static org.junit.jupiter.api.Assertions.assertEquals;

import cti.core.call.Call;
import cti.core.call.CallOutcome;
import cti.core.call.DataQuality;
import cti.core.call.QueueOutcome;
import cti.core.call.QueueVisit;
import cti.core.call.RingAttempt;
import cti.core.engine.GatewayInput.WaitingFacts;
import cti.core.event.CallEvent;
import cti.core.id.AttemptId;
import cti.core.id.QueueName;
import cti.core.recovery.CallLog;
import cti.core.recovery.OnRecord;
import cti.core.recovery.QueueLogEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a picture of the gateway leaves to its logs, and what the logs then tell. */
class ResyncAndLogsTest {
  private final EngineWorld world = new EngineWorld();

  /** What an outage leaves to the logs is no reason to forget what was seen after it. */
  @Test
  void aTimeLimitSeenAfterAnOutageIsAnOverflowOnceAnotherQueueFollows() {
    EngineWorld logged = waitingThroughAnOutage();
    logged.queueReturns("1", "TIMEOUT");
    assertEquals(Optional.of(QueueOutcome.GATEWAY_LOST), outcomeOfFirstStay(logged));
    Instant left = logged.now;
    logged.pass(Duration.ofSeconds(5));
    joins(logged, new QueueName("cti-hq"));
    assertEquals(Optional.of(QueueOutcome.OVERFLOWED), outcomeOfFirstStay(logged));
    assertEquals(Optional.of(left), logged.call("1").visits().getFirst().leftAt());
  }

  @Test
  void aStayWhoseEndNobodySawIsLeftToTheLogsThoughAnotherQueueFollows() {
    EngineWorld logged = waitingThroughAnOutage();
    logged.linkLost();
    logged.linkUp(
        List.of(present("1", "1", "PJSIP/ipoffice-1", "", logged.now)), List.of(), List.of());
    joins(logged, new QueueName("cti-hq"));
    assertEquals(Optional.of(QueueOutcome.GATEWAY_LOST), outcomeOfFirstStay(logged));
  }

  /** As long as the logs have not said how it ended, nobody has seen the whole call. */
  @Test
  void aCallWithAStayThatIsLeftToTheLogsIsNotLive() {
    EngineWorld logged = waitingThroughAnOutage();
    logged.readyAgent(AGENT, PHONE);
    logged.queueReturns("1", "TIMEOUT");
    assertEquals(Optional.of(QueueOutcome.GATEWAY_LOST), outcomeOfFirstStay(logged));
    logged.joinsQueue("1");
    logged.rings("1", "leg", PHONE);
    logged.answers("1", "leg", PHONE);
    logged.hangsUp("1");
    logged.gone("leg");
    logged.gone("1");
    assertEquals(CallOutcome.ANSWERED, logged.ending("1").outcome());
    assertEquals(DataQuality.RECOVERED, logged.ending("1").quality());
  }

  private static EngineWorld waitingThroughAnOutage() {
    EngineWorld logged = new EngineWorld(List.of(), true);
    logged.linkUp();
    logged.dials("1");
    logged.joinsQueue("1");
    WaitingFacts waits = new WaitingFacts(channel("1"), QUEUE, 1, logged.now);
    logged.pass(Duration.ofSeconds(5));
    logged.linkLost();
    logged.pass(Duration.ofSeconds(5));
    logged.linkUp(
        List.of(present("1", "1", "PJSIP/ipoffice-1", "", logged.now)), List.of(waits), List.of());
    logged.pass(Duration.ofSeconds(5));
    return logged;
  }

  private static void joins(EngineWorld world, QueueName queue) {
    world.tell(new GatewayInput.CallerJoined(GATEWAY, world.now, channel("1"), queue, 1));
  }

  private static Optional<QueueOutcome> outcomeOfFirstStay(EngineWorld world) {
    return world.call("1").visits().getFirst().outcome();
  }

  @Test
  void oneWhoWaitsTwiceInOneQueueAndIsFoundInTheSecondWaitHasEachRingOnce() {
    world.linkUp();
    world.readyAgent(AGENT, PHONE);
    Instant begin = world.now;
    world.dials("1");
    world.linkLost();
    Instant again = begin.plusSeconds(25);
    world.pass(Duration.ofSeconds(30));
    world.linkUp(
        List.of(present("1", "1", "PJSIP/ipoffice-1", "", begin)),
        List.of(new WaitingFacts(channel("1"), QUEUE, 1, again)),
        List.of());
    ringsAndTalks(Duration.ofSeconds(25));

    CallLog log = new CallLog("1");
    logged(log, begin.plusSeconds(2), "NONE", "ENTERQUEUE", "", "02088881234", "1");
    logged(log, begin.plusSeconds(15), "1001", "RINGNOANSWER", "10000");
    logged(log, begin.plusSeconds(20), "NONE", "EXITWITHTIMEOUT", "1", "1", "18");
    logged(log, again, "NONE", "ENTERQUEUE", "", "02088881234", "1");
    logged(log, begin.plusSeconds(35), "1001", "CONNECT", "10", "leg", "5");
    logged(log, begin.plusSeconds(60), "1001", "COMPLETECALLER", "10", "25", "1");
    found(log, "1");

    List<QueueVisit> visits = record("1").visits();
    assertEquals(
        List.of(begin.plusSeconds(2), again), visits.stream().map(QueueVisit::enteredAt).toList());
    assertEquals(
        List.of(QueueOutcome.AGENT_NO_ANSWER, QueueOutcome.ANSWERED),
        visits.stream().map(visit -> visit.outcome().orElseThrow()).toList());
    List<AttemptId> attempts =
        visits.stream().flatMap(visit -> visit.attempts().stream()).map(RingAttempt::id).toList();
    assertEquals(2, attempts.size());
    assertEquals(List.copyOf(Set.copyOf(attempts)).size(), attempts.size(), attempts.toString());
    assertEquals("gw1:leg", visits.getLast().attempts().getFirst().id().value());
  }

  /**
   * Found by the fault disk-full: what was seen waited a minute for the journal's disk, the logs
   * were held against the half of the call that the database had, and told the rest a second time.
   */
  @Test
  void aCallThatEndedBehindWhatTheDatabaseHasIsNotToldAgain() {
    world.linkUp();
    world.readyAgent(AGENT, PHONE);
    Instant begin = world.now;
    world.dials("1");
    world.joinsQueue("1");
    Optional<OnRecord> older = OnRecord.of(told("1"));
    ringsAndTalks(Duration.ofSeconds(5));
    int events = world.events.size();
    CallLog log = new CallLog("1");
    logged(log, begin.minusSeconds(60), "NONE", "ENTERQUEUE", "", "02088881234", "1");
    logged(log, begin.minusSeconds(55), "1001", "CONNECT", "5", "leg", "5");
    logged(log, begin.minusSeconds(50), "1001", "COMPLETECALLER", "5", "5", "1");
    found(log, older);
    assertEquals(events, world.events.size());
  }

  @Test
  void aCallThatTheLogsToldDoesNotBeginAgain() {
    world.linkUp();
    CallLog log = new CallLog("7");
    Instant begin = world.now;
    logged(log, "7", begin, "NONE", "ENTERQUEUE", "", "02088881234", "1");
    logged(log, "7", begin.plusSeconds(3), "NONE", "ABANDON", "1", "1", "3");
    world.pass(Duration.ofSeconds(10));
    found(log, "7");
    assertEquals(DataQuality.RECOVERED, world.ending("7").quality());
    int events = world.events.size();
    world.dials("7");
    assertEquals(events, world.events.size());
  }

  private static void logged(CallLog log, Instant at, String member, String event, String... data) {
    logged(log, "1", at, member, event, data);
  }

  private static void logged(
      CallLog log, String call, Instant at, String member, String event, String... data) {
    log.add(new QueueLogEntry(at, call, QUEUE.value(), member, event, List.of(data)));
  }

  /** The phone rings for five seconds; the caller hangs up in the end. */
  private void ringsAndTalks(Duration talk) {
    world.rings("1", "leg", PHONE);
    world.pass(Duration.ofSeconds(5));
    world.answers("1", "leg", PHONE);
    world.pass(talk);
    world.hangsUp("1");
    world.gone("leg");
    world.gone("1");
  }

  private void found(CallLog log, String caller) {
    found(log, OnRecord.of(told(caller)));
  }

  private void found(CallLog log, Optional<OnRecord> onRecord) {
    world.tell(
        new GatewayInput.CallFound(GATEWAY, world.now, log.told(Dialplan.NAMES, false), onRecord));
  }

  private Call record(String caller) {
    return OnRecord.of(told(caller)).orElseThrow().call();
  }

  private List<CallEvent> told(String caller) {
    return world.of(CallEvent.class).stream()
        .filter(event -> event.call().equals(EngineWorld.callId(caller)))
        .toList();
  }
}
