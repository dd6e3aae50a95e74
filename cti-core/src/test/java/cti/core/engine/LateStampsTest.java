package cti.core.engine;

import static cti.core.engine.EngineWorld.GATEWAY;
import static cti.core.engine.EngineWorld.PHONE;
import static cti.core.engine.EngineWorld.QUEUE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.call.CallOutcome;
import cti.core.call.ClearedBy;
import cti.core.call.DataQuality;
import cti.core.call.Direction;
import cti.core.call.EventCause;
import cti.core.call.QueueOutcome;
import cti.core.call.RingOutcome;
import cti.core.event.CallEvent;
import cti.core.event.CallEvent.CallCleared;
import cti.core.event.CallEvent.CallMissed;
import cti.core.event.CallEvent.Delivered;
import cti.core.event.CallEvent.Diverted;
import cti.core.event.CallEvent.Established;
import cti.core.event.CallEvent.Originated;
import cti.core.event.CallEvent.QueueVisitEnded;
import cti.core.event.CallEvent.Queued;
import cti.core.event.CallEvent.ServiceInitiated;
import cti.core.event.CallEvent.TalkEnded;
import cti.core.event.DomainEvent;
import cti.core.id.AgentId;
import cti.core.id.AttemptId;
import cti.core.id.CallId;
import cti.core.id.ChannelId;
import cti.core.id.ConnectionId;
import cti.core.id.QueueName;
import cti.core.id.VisitId;
import cti.core.recovery.CallDetail;
import cti.core.recovery.CallDetail.Party;
import cti.core.recovery.CallDetail.Ran;
import cti.core.recovery.CallDetail.Times;
import cti.core.recovery.CallLog;
import cti.core.recovery.Comparison;
import cti.core.recovery.LoggedCall;
import cti.core.recovery.LoggedRing;
import cti.core.recovery.OnRecord;
import cti.core.recovery.QueueLogEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Found by the fault ami-half-open on a starved gateway: its events were stamped five seconds late,
 * so that a ring on record and the same ring in the logs had no moment in common and counted twice;
 * and a stay that nobody saw came before the one on record, which then was not the last any more.
 */
class LateStampsTest {
  private static final CallId CALL = new CallId(GATEWAY + ":1795742378.3600");
  private static final VisitId VISIT = new VisitId(CALL + "#1");
  private static final ConnectionId NEAR_END = new ConnectionId(GATEWAY + ":1795742392.4161");
  private static final AttemptId RING = new AttemptId(NEAR_END.value());
  private static final QueueName FIRST = new QueueName("cti-zj");

  private final EngineWorld world = new EngineWorld();

  private static Instant at(String time) {
    return Instant.parse("2026-11-27T01:" + time + "Z");
  }

  /** What was seen: the stay that was the second, and a ring in it, both late. */
  private static OnRecord seen() {
    List<CallEvent> events = new ArrayList<>();
    events.add(
        new ServiceInitiated(
            CALL,
            at("19:38"),
            EventCause.RESYNC,
            new ConnectionId(CALL.value()),
            GATEWAY,
            "PJSIP/ipoffice-000003f9",
            "12100000203",
            "",
            "8000",
            Direction.INBOUND));
    events.add(
        new Queued(CALL, at("19:54"), EventCause.NORMAL, VISIT, QUEUE, Optional.empty(), 13));
    events.add(
        new Originated(
            CALL,
            at("19:57.300"),
            EventCause.NORMAL,
            NEAR_END,
            "Local/" + PHONE + "@cti-agents-000002ca;1"));
    events.add(
        new Delivered(
            CALL, at("19:57.319"), EventCause.NORMAL, VISIT, RING, Optional.empty(), PHONE));
    events.add(
        new Diverted(
            CALL,
            at("20:01.459"),
            EventCause.CALL_CANCELLED,
            VISIT,
            RING,
            RingOutcome.CALLER_GONE));
    events.add(
        new QueueVisitEnded(
            CALL,
            at("20:01.459"),
            EventCause.CALL_CANCELLED,
            VISIT,
            QueueOutcome.GATEWAY_LOST,
            13));
    events.add(
        new CallCleared(
            CALL,
            at("20:01.460"),
            EventCause.NORMAL,
            CallOutcome.LOST_TRACK,
            ClearedBy.UNKNOWN,
            DataQuality.LOST_TRACK));
    return OnRecord.of(events).orElseThrow();
  }

  private static CallLog logs() {
    String caller = "1795742378.3600";
    CallLog log = new CallLog(caller);
    log.add(entry("19:44", caller, FIRST, "NONE", "ENTERQUEUE", "", "12100000203", "1"));
    log.add(entry("19:49", caller, FIRST, "NONE", "EXITWITHTIMEOUT", "1", "1", "5"));
    log.add(entry("19:51", caller, QUEUE, "NONE", "ENTERQUEUE", "", "12100000203", "1"));
    log.add(entry("19:55", caller, QUEUE, "2129", "RINGCANCELED", "2536"));
    log.add(entry("19:55", caller, QUEUE, "NONE", "ABANDON", "1", "1", "4"));
    log.add(
        new CallDetail(
            caller,
            "1795742392.4164",
            new Party(
                "12100000203",
                PHONE.value(),
                "cti-agents",
                "Local/" + PHONE + "@cti-agents-000002ca;2"),
            new Ran("Dial", "PJSIP/ipoffice-000004a9", PHONE.value()),
            new Times(at("19:52.786"), Optional.empty(), at("19:55.402")),
            "NO ANSWER",
            Optional.empty()));
    log.add(ofCaller("19:55.400", "NO ANSWER"));
    return log;
  }

  private static QueueLogEntry entry(
      String at, String call, QueueName queue, String member, String event, String... data) {
    return new QueueLogEntry(at(at), call, queue.value(), member, event, List.of(data));
  }

  /** Found by the control of the faults: out of breath, the gateway ended the leg late. */
  @Test
  void aRingInVainLastedAsLongAsItsLeg() {
    String caller = "1795742378.3600";
    CallLog log = new CallLog(caller);
    log.add(entry("19:51", caller, QUEUE, "NONE", "ENTERQUEUE", "", "12100000203", "1"));
    log.add(entry("19:55", caller, QUEUE, "2129", "RINGNOANSWER", "4000"));
    log.add(entry("19:57", caller, QUEUE, "NONE", "ABANDON", "1", "1", "6"));
    log.add(leg("1795742391.4150", "2c9", "19:51.416", Optional.empty(), "19:56.910", "NO ANSWER"));
    log.add(ofCaller("19:57.100", "NO ANSWER"));
    assertEquals(
        at("19:56.910"),
        log.told(Dialplan.NAMES, true).stays().getFirst().rings().getFirst().endedAt());
  }

  /** Found by the fault ami-half-open: queue_log counts a ring in vain, we saw the caller leave. */
  @Test
  void aPhoneThatRefusedInTheMomentTheCallerLeftRefused() {
    LoggedRing refused = ring(RingOutcome.BUSY);
    assertTrue(refused.tellsMoreThan(Optional.of(RingOutcome.CALLER_GONE)));
    assertFalse(refused.tellsMoreThan(Optional.of(RingOutcome.BUSY)));
    LoggedRing takenBack = ring(RingOutcome.CALLER_GONE);
    assertFalse(takenBack.tellsMoreThan(Optional.of(RingOutcome.CALLER_GONE)));
  }

  private static LoggedRing ring(RingOutcome outcome) {
    return new LoggedRing(
        Optional.of("2129"),
        Optional.of(PHONE),
        Optional.of(new ChannelId("1795742391.4150")),
        at("19:52"),
        at("19:52.030"),
        outcome,
        Optional.empty());
  }

  /** Found by the fault ami-cut: busy in the outage, rung again a second later and answered. */
  @Test
  void aPhoneThatIsRungTwiceWithinASecondHasTwoOffers() {
    String caller = "1795742378.3600";
    CallLog log = new CallLog(caller);
    log.add(entry("19:51", caller, QUEUE, "NONE", "ENTERQUEUE", "", "12100000203", "1"));
    log.add(entry("19:52", caller, QUEUE, "2129", "RINGNOANSWER", "1000"));
    log.add(entry("19:55", caller, QUEUE, "2129", "CONNECT", "4", "1795742392.4161", "1"));
    log.add(entry("19:58", caller, QUEUE, "2129", "COMPLETEAGENT", "4", "3", "1"));
    log.add(leg("1795742391.4150", "2c9", "19:52.998", Optional.empty(), "19:53.010", "BUSY"));
    log.add(
        leg(
            "1795742392.4164",
            "2ca",
            "19:53.012",
            Optional.of("19:55.243"),
            "19:58.006",
            "ANSWERED"));
    log.add(ofCaller("19:58.013", "ANSWERED"));
    world.now = at("21:00");
    OnRecord answered = answeredInTheEnd();
    world.tell(
        new GatewayInput.CallFound(
            GATEWAY, world.now, log.told(Dialplan.NAMES, true), Optional.of(answered)));
    List<CallEvent> told =
        world.events.stream()
            .filter(CallEvent.class::isInstance)
            .map(CallEvent.class::cast)
            .filter(event -> event.call().equals(CALL))
            .toList();
    List<AttemptId> offers =
        told.stream()
            .filter(Delivered.class::isInstance)
            .map(event -> ((Delivered) event).attempt())
            .toList();
    assertEquals(2, offers.stream().distinct().count());
    assertEquals(
        List.of(offers.getFirst()),
        told.stream()
            .filter(Diverted.class::isInstance)
            .map(event -> ((Diverted) event).attempt())
            .toList());
    assertEquals(RING, offers.getLast(), "what is on record was answered");
  }

  /**
   * Found by the fault burst: the first offer and the hang-up came together, only the end was told.
   */
  @Test
  void aRingThatWasNotSeenAndWhatItMakesOfTheWaitAreForTheLogsToTell() {
    String caller = "1795742378.3600";
    CallLog log = new CallLog(caller);
    log.add(entry("19:51", caller, QUEUE, "NONE", "ENTERQUEUE", "", "12100000203", "1"));
    log.add(entry("19:55", caller, QUEUE, "2129", "RINGCANCELED", "10"));
    log.add(entry("19:55", caller, QUEUE, "NONE", "ABANDON", "1", "1", "4"));
    log.add(leg("1795742392.4164", "2ca", "19:55.017", Optional.empty(), "19:55.027", "NO ANSWER"));
    log.add(ofCaller("19:55.027", "NO ANSWER"));
    OnRecord abandoned =
        OnRecord.of(
                List.of(
                    begun(EventCause.NORMAL),
                    new Queued(
                        CALL,
                        at("19:51"),
                        EventCause.NORMAL,
                        VISIT,
                        QUEUE,
                        Optional.empty(),
                        1,
                        Optional.empty()),
                    new QueueVisitEnded(
                        CALL,
                        at("19:55.020"),
                        EventCause.CALL_CANCELLED,
                        VISIT,
                        QueueOutcome.ABANDONED,
                        1),
                    new CallCleared(
                        CALL,
                        at("19:55.027"),
                        EventCause.NORMAL,
                        CallOutcome.ABANDONED_IN_QUEUE,
                        ClearedBy.CALLER,
                        DataQuality.LIVE)))
            .orElseThrow();
    assertEquals(2, Comparison.differences(log.told(Dialplan.NAMES, true), abandoned).size());
    assertTrue(
        Comparison.onlyLate(log.told(Dialplan.NAMES, true), abandoned, Duration.ofSeconds(1)));
  }

  /**
   * Found by the fault screens: the phone refused, app_queue counted that and went on, and all that
   * was told of it came behind the word that the caller had left.
   */
  @Test
  void aRefusalThatWasToldBehindTheCallersEndIsForTheLogsToTell() {
    String caller = "1795742378.3600";
    CallLog log = new CallLog(caller);
    log.add(entry("19:51", caller, QUEUE, "NONE", "ENTERQUEUE", "", "12100000203", "1"));
    log.add(entry("19:55", caller, QUEUE, "2129", "RINGNOANSWER", "3000"));
    log.add(entry("19:55", caller, QUEUE, "NONE", "ABANDON", "1", "1", "4"));
    log.add(leg("1795742392.4164", "2ca", "19:52.010", Optional.empty(), "19:55.010", "BUSY"));
    log.add(ofCaller("19:55.027", "NO ANSWER"));
    OnRecord left =
        rangAndLeft(
            "19:52.010",
            "19:55.020",
            EventCause.CALL_CANCELLED,
            RingOutcome.CALLER_GONE,
            CallOutcome.ABANDONED_RINGING);
    assertEquals(
        List.of(QUEUE + ": a phone was BUSY"),
        Comparison.differences(log.told(Dialplan.NAMES, true), left));
    assertTrue(Comparison.onlyLate(log.told(Dialplan.NAMES, true), left, Duration.ofSeconds(1)));
    world.now = at("21:00");
    world.tell(
        new GatewayInput.CallFound(
            GATEWAY, world.now, log.told(Dialplan.NAMES, true), Optional.of(left)));
    assertEquals(
        List.of(RingOutcome.BUSY),
        world.events.stream()
            .filter(Diverted.class::isInstance)
            .map(event -> ((Diverted) event).outcome())
            .toList());
  }

  /** Found by the fault ami-cut: what the phone said was seen, more than a second late. */
  @Test
  void aRingInVainIsAsLongAsItsLegTellsAndEndsAsItWasSeen() {
    String caller = "1795742378.3600";
    CallLog log = new CallLog(caller);
    log.add(entry("19:51", caller, QUEUE, "NONE", "ENTERQUEUE", "", "12100000203", "1"));
    log.add(entry("19:53", caller, QUEUE, "2129", "RINGNOANSWER", "1000"));
    log.add(entry("19:55", caller, QUEUE, "NONE", "ABANDON", "1", "1", "4"));
    log.add(leg("1795742392.4164", "2ca", "19:52.010", Optional.empty(), "19:53.256", "NO ANSWER"));
    log.add(ofCaller("19:55.027", "NO ANSWER"));
    OnRecord late =
        rangAndLeft(
            "19:52.020",
            "19:54.408",
            EventCause.CALL_REJECTED,
            RingOutcome.REJECTED,
            CallOutcome.ABANDONED_IN_QUEUE);
    assertTrue(Comparison.onlyLate(log.told(Dialplan.NAMES, true), late, Duration.ofSeconds(2)));
    assertEquals(
        List.of(QUEUE + ": a ring in vain: 1246 ms, on record 2388 ms"),
        Comparison.differences(log.told(Dialplan.NAMES, true), late));
    world.now = at("21:00");
    world.tell(
        new GatewayInput.CallFound(
            GATEWAY, world.now, log.told(Dialplan.NAMES, true), Optional.of(late)));
    Diverted told =
        world.events.stream()
            .filter(Diverted.class::isInstance)
            .map(Diverted.class::cast)
            .findFirst()
            .orElseThrow();
    assertEquals(at("19:53.256"), told.at());
    assertEquals(RingOutcome.REJECTED, told.outcome());
  }

  /** Found by the fault gateway-frozen: the phone's channels ended a second behind the caller. */
  @Test
  void aTalkEndsWithTheCallerAlsoWhereThePhoneLingers() {
    String caller = "1795742378.3600";
    CallLog log = new CallLog(caller);
    log.add(entry("19:51", caller, QUEUE, "NONE", "ENTERQUEUE", "", "12100000203", "1"));
    log.add(entry("19:55", caller, QUEUE, "2129", "CONNECT", "4", "1795742392.4161", "1"));
    log.add(entry("19:58", caller, QUEUE, "2129", "COMPLETECALLER", "4", "3", "1"));
    log.add(
        leg(
            "1795742392.4164",
            "2ca",
            "19:54.012",
            Optional.of("19:55.243"),
            "19:59.467",
            "ANSWERED"));
    log.add(ofCaller("19:58.269", "ANSWERED"));
    assertEquals(
        Optional.of(at("19:58.269")),
        log.told(Dialplan.NAMES, true)
            .stays()
            .getFirst()
            .rings()
            .getFirst()
            .talk()
            .orElseThrow()
            .endedAt());
  }

  /** Found by the fault ami-half-open: the agent asked somebody on when the caller had left. */
  @Test
  void aTalkEndsWithTheCallerHoweverLongThePhoneLingers() {
    String caller = "1795742378.3600";
    CallLog log = new CallLog(caller);
    log.add(entry("19:51", caller, QUEUE, "NONE", "ENTERQUEUE", "", "12100000203", "1"));
    log.add(entry("19:55", caller, QUEUE, "2129", "CONNECT", "4", "1795742392.4161", "1"));
    log.add(entry("19:58", caller, QUEUE, "2129", "COMPLETECALLER", "4", "3", "1"));
    log.add(
        leg(
            "1795742392.4164",
            "2ca",
            "19:54.012",
            Optional.of("19:55.243"),
            "20:02.491",
            "ANSWERED"));
    log.add(ofCaller("19:59.004", "ANSWERED"));
    log.add(
        new CallDetail(
            caller,
            "1795742402.4199",
            new Party(PHONE.value(), "8166", "cti-transfer-agent", "Local/8166@cti-transfer-3a;2"),
            new Ran("Dial", "", "8166"),
            new Times(at("20:02.487"), Optional.empty(), at("20:02.490")),
            "FAILED",
            Optional.empty()));
    LoggedCall told = log.told(Dialplan.NAMES, true);
    assertEquals(
        Optional.of(at("19:59.004")),
        told.stays().getFirst().answered().orElseThrow().talk().orElseThrow().endedAt());
    assertEquals(List.of(), told.parts(), "given up before there was a channel");
  }

  /** The caller's own channel, in the queue until the end. */
  private static CallDetail ofCaller(String to, String disposition) {
    return new CallDetail(
        "1795742378.3600",
        "1795742378.3600",
        new Party("12100000203", "8000", "cti-hotline", "PJSIP/ipoffice-000003f9"),
        new Ran("Queue", "Local/" + PHONE + "@cti-agents-000002ca;1", ""),
        new Times(at("19:36.745"), Optional.of(at("19:36.801")), at(to)),
        disposition,
        Optional.empty());
  }

  private static ServiceInitiated begun(EventCause cause) {
    return new ServiceInitiated(
        CALL,
        at("19:36.745"),
        cause,
        new ConnectionId(CALL.value()),
        GATEWAY,
        "PJSIP/ipoffice-000003f9",
        "12100000203",
        "",
        "8000",
        Direction.INBOUND);
  }

  /** A wait with one ring, as it was seen. */
  private static OnRecord rangAndLeft(
      String rang, String over, EventCause cause, RingOutcome how, CallOutcome outcome) {
    return OnRecord.of(
            List.of(
                begun(EventCause.NORMAL),
                new Queued(CALL, at("19:51"), EventCause.NORMAL, VISIT, QUEUE, Optional.empty(), 1),
                new Originated(
                    CALL,
                    at("19:52"),
                    EventCause.NORMAL,
                    NEAR_END,
                    "Local/" + PHONE + "@cti-agents-000002ca;1"),
                new Delivered(
                    CALL, at(rang), EventCause.NORMAL, VISIT, RING, Optional.empty(), PHONE),
                new Diverted(CALL, at(over), cause, VISIT, RING, how),
                new QueueVisitEnded(
                    CALL,
                    at("19:55.020"),
                    EventCause.CALL_CANCELLED,
                    VISIT,
                    QueueOutcome.AGENT_NO_ANSWER,
                    1),
                new CallCleared(
                    CALL,
                    at("19:55.027"),
                    EventCause.NORMAL,
                    outcome,
                    ClearedBy.CALLER,
                    DataQuality.LIVE)))
        .orElseThrow();
  }

  private static CallDetail leg(
      String unique,
      String channel,
      String from,
      Optional<String> answered,
      String to,
      String disposition) {
    return new CallDetail(
        "1795742378.3600",
        unique,
        new Party(
            "12100000203",
            PHONE.value(),
            "cti-agents",
            "Local/" + PHONE + "@cti-agents-00000" + channel + ";2"),
        new Ran("Dial", "PJSIP/ipoffice-000004a9", PHONE.value()),
        new Times(at(from), answered.map(LateStampsTest::at), at(to)),
        disposition,
        Optional.empty());
  }

  /** What was seen: a snapshot found the caller waiting; then the answer, told without its ring. */
  private static OnRecord answeredInTheEnd() {
    AgentId agent = new AgentId("2129");
    return OnRecord.of(
            List.of(
                begun(EventCause.RESYNC),
                new Queued(
                    CALL,
                    at("19:51"),
                    EventCause.RESYNC,
                    VISIT,
                    QUEUE,
                    Optional.empty(),
                    1,
                    Optional.empty()),
                new Delivered(
                    CALL,
                    at("19:55.243"),
                    EventCause.NORMAL,
                    VISIT,
                    RING,
                    Optional.of(agent),
                    PHONE),
                new Established(
                    CALL,
                    at("19:55.243"),
                    EventCause.NORMAL,
                    VISIT,
                    RING,
                    Optional.of(agent),
                    PHONE),
                new QueueVisitEnded(
                    CALL, at("19:55.243"), EventCause.NORMAL, VISIT, QueueOutcome.ANSWERED, 1),
                new TalkEnded(
                    CALL,
                    at("19:58.010"),
                    EventCause.NORMAL,
                    VISIT,
                    RING,
                    Optional.of(agent),
                    ClearedBy.AGENT),
                new CallCleared(
                    CALL,
                    at("19:58.013"),
                    EventCause.NORMAL,
                    CallOutcome.ANSWERED,
                    ClearedBy.AGENT,
                    DataQuality.RECOVERED)))
        .orElseThrow();
  }

  @Test
  void theSameRingIsOneAndTheLastStayDecides() {
    world.now = at("21:00");
    world.tell(
        new GatewayInput.CallFound(
            GATEWAY, world.now, logs().told(Dialplan.NAMES, true), Optional.of(seen())));
    List<CallEvent> all = new ArrayList<>();
    for (DomainEvent event : world.events) {
      if (event instanceof CallEvent e && e.call().equals(CALL)) {
        all.add(e);
      }
    }
    assertEquals(
        List.of(VISIT.value()),
        all.stream()
            .filter(Delivered.class::isInstance)
            .map(event -> ((Delivered) event).visit().value())
            .toList());
    assertEquals(
        List.of(RING),
        all.stream()
            .filter(Delivered.class::isInstance)
            .map(event -> ((Delivered) event).attempt())
            .toList(),
        "the ring that is on record, put right");
    assertEquals(
        List.of(at("19:36.745")),
        all.stream().filter(ServiceInitiated.class::isInstance).map(CallEvent::at).toList(),
        "a snapshot had found the channel later");
    CallCleared end = (CallCleared) all.getLast();
    assertEquals(CallOutcome.ABANDONED_RINGING, end.outcome());
    assertEquals(DataQuality.RECOVERED, end.quality());
    assertEquals(
        List.of(QUEUE),
        all.stream()
            .filter(CallMissed.class::isInstance)
            .map(event -> ((CallMissed) event).queue())
            .toList());
  }
}
