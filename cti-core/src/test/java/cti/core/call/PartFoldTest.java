package cti.core.call;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cti.core.event.CallEvent;
import cti.core.event.CallEvent.CallCleared;
import cti.core.event.CallEvent.CallRecovered;
import cti.core.event.CallEvent.Conferenced;
import cti.core.event.CallEvent.Delivered;
import cti.core.event.CallEvent.Established;
import cti.core.event.CallEvent.Held;
import cti.core.event.CallEvent.PartDelivered;
import cti.core.event.CallEvent.PartEnded;
import cti.core.event.CallEvent.PartEstablished;
import cti.core.event.CallEvent.Queued;
import cti.core.event.CallEvent.ServiceInitiated;
import cti.core.event.CallEvent.TalkEnded;
import cti.core.event.CallEvent.Transferred;
import cti.core.id.AgentId;
import cti.core.id.AttemptId;
import cti.core.id.CallId;
import cti.core.id.ConnectionId;
import cti.core.id.Extension;
import cti.core.id.GatewayId;
import cti.core.id.QueueName;
import cti.core.id.VisitId;
import cti.core.recovery.OnRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What becomes of those who were asked. */
class PartFoldTest {
  private static final CallId CALL = new CallId("gw1:1795868540.34682");
  private static final VisitId VISIT = new VisitId(CALL + "#1");
  private static final ConnectionId AGENT = new ConnectionId("gw1:1795868544.34760");
  private static final AttemptId TALK = new AttemptId(AGENT.value());
  private static final ConnectionId ASKED = new ConnectionId("gw1:1795868571.35011");
  private static final Optional<AgentId> NOBODY = Optional.empty();

  private static Instant at(String second) {
    return Instant.parse("2026-11-28T12:22:" + second + "Z");
  }

  /** A caller whom an agent had on hold, and a colleague's phone that rings. */
  private static List<CallEvent> asked() {
    return new ArrayList<>(
        List.of(
            new ServiceInitiated(
                CALL,
                at("20"),
                EventCause.NORMAL,
                new ConnectionId(CALL.value()),
                new GatewayId("gw1"),
                "PJSIP/ipoffice-0000233d",
                "13900000239",
                "",
                "8000",
                Direction.INBOUND),
            new Queued(
                CALL,
                at("24"),
                EventCause.NORMAL,
                VISIT,
                new QueueName("cti-sg"),
                Optional.empty(),
                1),
            new Delivered(
                CALL, at("24.5"), EventCause.NORMAL, VISIT, TALK, NOBODY, new Extension("8116")),
            new Established(
                CALL, at("26"), EventCause.NORMAL, VISIT, TALK, NOBODY, new Extension("8116")),
            new Held(CALL, at("28"), EventCause.NORMAL, AGENT, NOBODY),
            new PartDelivered(
                CALL, at("51"), EventCause.NORMAL, ASKED, PartRole.CONSULTED, NOBODY, "8169")));
  }

  private static CallEvent transferred(EventCause cause) {
    return new Transferred(
        CALL, at("52.231"), cause, AGENT, NOBODY, TransferKind.ATTENDED, "8169", List.of(ASKED));
  }

  private static PartRole role(List<CallEvent> events) {
    return OnRecord.of(events).orElseThrow().call().parts().stream()
        .filter(part -> part.id().equals(ASKED))
        .findFirst()
        .orElseThrow()
        .role();
  }

  /**
   * Found by the fault gateway-frozen: the agent brought the two together while the phone rang and
   * left in that moment; the logs told of it when all had left.
   */
  @Test
  void whoIsBroughtInByAnAgentWhoLeavesAtOnceWasHandedTheCaller() {
    List<CallEvent> events = asked();
    events.add(
        new Conferenced(CALL, at("52.219"), EventCause.NORMAL, AGENT, NOBODY, List.of(ASKED)));
    events.add(
        new TalkEnded(CALL, at("52.231"), EventCause.NORMAL, VISIT, TALK, NOBODY, ClearedBy.AGENT));
    events.add(new PartEstablished(CALL, at("52.369"), EventCause.NORMAL, ASKED, NOBODY));
    events.add(
        new PartEnded(CALL, at("52.395"), EventCause.NORMAL, ASKED, NOBODY, ClearedBy.AGENT));
    assertEquals(PartRole.CONFERENCED, role(events));
    events.add(new CallRecovered(CALL, at("58"), EventCause.RESYNC, "queue_log, cdr"));
    events.add(transferred(EventCause.RESYNC));
    events.add(
        new CallCleared(
            CALL,
            at("52.395"),
            EventCause.RESYNC,
            CallOutcome.ANSWERED,
            ClearedBy.AGENT,
            DataQuality.RECOVERED));
    assertEquals(PartRole.TRANSFERRED_TO, role(events));
  }

  @Test
  void whoWasAskedAndLeftIsNoneThatTheCallerIsHandedTo() {
    List<CallEvent> events = asked();
    events.add(new PartEstablished(CALL, at("52"), EventCause.NORMAL, ASKED, NOBODY));
    events.add(
        new PartEnded(CALL, at("52.1"), EventCause.NORMAL, ASKED, NOBODY, ClearedBy.UNKNOWN));
    events.add(transferred(EventCause.NORMAL));
    assertEquals(PartRole.CONSULTED, role(events));
  }
}
