package cti.server.ami;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.server.ami.ScriptedAmiServer.Conversation;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the link makes of actions, their answers and lists. */
@Timeout(20)
class AmiLinkActionsTest extends AmiLinkFixture {
  @Test
  void actionsGetTheirOwnAnswers() throws Exception {
    try (ScriptedAmiServer server =
        new ScriptedAmiServer(
            gateway -> {
              gateway.acceptAndBoot();
              AmiMessage first = gateway.action("QueueAdd");
              AmiMessage second = gateway.action("QueuePause");
              gateway.respond(second, "Response: Error\r\nMessage: Interface not found\r\n");
              gateway.send("Event: QueueMemberAdded\r\nN: 1\r\n\r\n");
              gateway.respond(first, "Response: Success\r\nMessage: Added interface to queue\r\n");
              gateway.send("Response: Success\r\nActionID: nobody's\r\n\r\n");
              gateway.idle();
            })) {
      got(link(server).start());
      CompletableFuture<AmiReply> add =
          link.send(AmiAction.of("QueueAdd").with("Interface", "Local/8001@agents/n"));
      CompletableFuture<AmiReply> pause = link.send(AmiAction.of("QueuePause"));
      // The event came before the answer, so it was handed on before it.
      CompletableFuture<Integer> heardBefore = add.thenApply(reply -> news.size());
      assertTrue(got(add).success());
      assertEquals("Added interface to queue", got(add).message());
      assertFalse(got(pause).success());
      assertEquals("Interface not found", got(pause).message());
      assertEquals(2, got(heardBefore));
      await().until(() -> link.counters().unmatchedResponses() == 1);
      assertEquals(0, link.health().actionsInFlight());
    }
  }

  @Test
  void listsAreCollectedAndOtherEventsPassInOrder() throws Exception {
    try (ScriptedAmiServer server =
        new ScriptedAmiServer(
            gateway -> {
              gateway.acceptAndBoot();
              AmiMessage queues = gateway.action("QueueStatus");
              AmiMessage channels = gateway.action("CoreShowChannels");
              String q = "ActionID: " + queues.actionId() + "\r\n\r\n";
              String c = "ActionID: " + channels.actionId() + "\r\n\r\n";
              gateway.send("Event: Before\r\nN: 1\r\n\r\n");
              gateway.respond(queues, "Response: Success\r\nEventList: start\r\n");
              gateway.send("Event: QueueParams\r\nN: q1\r\n" + q);
              gateway.send("Event: Between\r\nN: 2\r\n\r\n");
              gateway.respond(channels, "Response: Success\r\nEventList: start\r\n");
              gateway.send("Event: CoreShowChannel\r\nN: c1\r\n" + c);
              gateway.send("Event: QueueMember\r\nN: q2\r\n" + q);
              gateway.send(
                  "Event: OriginateResponse\r\nN: 3\r\nActionID: another client's\r\n\r\n");
              gateway.send(
                  "Event: QueueStatusComplete\r\nEventList: Complete\r\nListItems: 2\r\n" + q);
              gateway.send("Event: Between\r\nN: 4\r\n\r\n");
              gateway.send("Event: CoreShowChannelsComplete\r\nEventList: Complete\r\n" + c);
              gateway.send("Event: After\r\nN: 5\r\n\r\n");
              gateway.idle();
            })) {
      got(link(server).start());
      CompletableFuture<AmiReply> queues = link.send(AmiAction.of("QueueStatus"));
      CompletableFuture<AmiReply> channels = link.send(AmiAction.of("CoreShowChannels"));
      assertEquals(
          List.of("QueueParams", "QueueMember", "QueueStatusComplete"),
          got(queues).events().stream().map(AmiMessage::eventName).toList());
      assertEquals(
          List.of("CoreShowChannel", "CoreShowChannelsComplete"),
          got(channels).events().stream().map(AmiMessage::eventName).toList());
      assertEquals("up 11.0.0 uptime 6", heard());
      for (String expected :
          List.of("Before 1", "Between 2", "OriginateResponse 3", "Between 4", "After 5")) {
        assertEquals(expected, heard());
      }
      assertEquals(5, link.counters().listEvents());
    }
  }

  @Test
  void aLateListDoesNotPassForEvents() throws Exception {
    CountDownLatch expired = new CountDownLatch(1);
    try (ScriptedAmiServer server =
        new ScriptedAmiServer(
            gateway -> {
              gateway.acceptAndBoot();
              AmiMessage queues = gateway.action("QueueStatus");
              String id = "ActionID: " + queues.actionId() + "\r\n\r\n";
              gateway.respond(queues, "Response: Success\r\nEventList: start\r\n");
              gateway.send("Event: QueueMember\r\nN: in time\r\n" + id);
              awaitIn(expired);
              gateway.send("Event: QueueMember\r\nN: late\r\n" + id);
              gateway.send("Event: QueueStatusComplete\r\nEventList: Complete\r\n" + id);
              gateway.send("Event: Newstate\r\nN: real\r\n\r\n");
              gateway.idle();
            })) {
      got(link(server).start());
      AmiActionTimeoutException late =
          failure(
              AmiActionTimeoutException.class,
              link.send(AmiAction.of("QueueStatus").within(Duration.ofSeconds(1))));
      assertEquals("action QueueStatus had no complete list within 1000 ms", late.getMessage());
      expired.countDown();
      assertEquals("up 11.0.0 uptime 6", heard());
      assertEquals("Newstate real", heard());
      assertEquals(2, link.counters().lateAnswers());
    }
  }

  @Test
  void aListBeyondTheBoundFailsAndTheLinkGoesOn() throws Exception {
    try (ScriptedAmiServer server =
        new ScriptedAmiServer(
            gateway -> {
              gateway.acceptAndBoot();
              AmiMessage list = gateway.action("DeviceStateList");
              String id = "ActionID: " + list.actionId() + "\r\n\r\n";
              gateway.respond(list, "Response: Success\r\nEventList: start\r\n");
              for (int row = 0; row < 20; row++) {
                gateway.send("Event: DeviceStateChange\r\nN: row\r\n" + id);
              }
              gateway.send("Event: DeviceStateListComplete\r\nEventList: Complete\r\n" + id);
              gateway.success(gateway.action("QueuePause"));
              gateway.idle();
            })) {
      link(server.port(), TIMINGS, new AmiBounds(4096, 4096, 2, 10), ScriptedAmiServer.SECRET);
      got(link.start());
      String message =
          failure(AmiListTooLongException.class, link.send(AmiAction.of("DeviceStateList")))
              .getMessage();
      assertEquals(
          "the list that answers DeviceStateList is longer than maxListEvents = 10", message);
      assertTrue(got(link.send(AmiAction.of("QueuePause"))).success());
      assertEquals(1, news.size(), "no row of the list was handed on as an event");
    }
  }

  @Test
  void actionsInFlightFailAtOnceWhenTheLinkIsLost() throws Exception {
    try (ScriptedAmiServer server =
        new ScriptedAmiServer(
            gateway -> {
              gateway.acceptAndBoot();
              gateway.action("Hangup");
              gateway.respond(
                  gateway.action("QueueStatus"), "Response: Success\r\nEventList: start\r\n");
            },
            Conversation::silent)) {
      got(link(server).start());
      CompletableFuture<AmiReply> hangup = link.send(AmiAction.of("Hangup"));
      CompletableFuture<AmiReply> list = link.send(AmiAction.of("QueueStatus"));
      AmiLinkLostException lost = failure(AmiLinkLostException.class, hangup);
      assertEquals("Hangup", lost.action());
      assertInstanceOf(LinkLoss.ClosedByGateway.class, lost.reason());
      assertEquals("QueueStatus", failure(AmiLinkLostException.class, list).action());
      String refused =
          failure(AmiActionRefusedException.class, link.send(AmiAction.of("Ping"))).getMessage();
      assertTrue(refused.endsWith("not UP"), refused);
      assertEquals(2, link.counters().actionsLost());
    }
  }

  @Test
  void moreActionsThanTheBoundAreRefused() throws Exception {
    CountDownLatch refused = new CountDownLatch(1);
    try (ScriptedAmiServer server =
        new ScriptedAmiServer(
            gateway -> {
              gateway.acceptAndBoot();
              List<AmiMessage> waiting =
                  List.of(gateway.action("A"), gateway.action("A"), gateway.action("A"));
              awaitIn(refused);
              for (AmiMessage action : waiting) {
                gateway.success(action);
              }
              gateway.success(gateway.action("A"));
              gateway.idle();
            })) {
      link(server.port(), TIMINGS, new AmiBounds(4096, 4096, 3, 10), ScriptedAmiServer.SECRET);
      got(link.start());
      List<CompletableFuture<AmiReply>> sent =
          IntStream.range(0, 3).mapToObj(i -> link.send(AmiAction.of("A"))).toList();
      assertEquals(
          "action A was not sent: 3 actions wait for their answers already",
          failure(AmiActionRefusedException.class, link.send(AmiAction.of("A"))).getMessage());
      assertEquals(1, link.counters().actionsRefused());
      refused.countDown();
      for (CompletableFuture<AmiReply> future : sent) {
        got(future);
      }
      assertTrue(got(link.send(AmiAction.of("A"))).success());
    }
  }
}
