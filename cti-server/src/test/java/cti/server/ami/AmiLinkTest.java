package cti.server.ami;

import static cti.server.ami.ScriptedAmiServer.BANNER;
import static cti.server.ami.ScriptedAmiServer.FULLY_BOOTED;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.server.ami.ScriptedAmiServer.Conversation;
import cti.server.config.Secret;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The link against a scripted gateway on a real socket. */
@Timeout(20)
class AmiLinkTest {
  private static final Duration SHORT = Duration.ofMillis(40);
  private static final Duration LONG = Duration.ofSeconds(10);
  private static final AmiTimings TIMINGS =
      new AmiTimings(LONG, LONG, LONG, LONG, 3, SHORT, Duration.ofMillis(400), LONG);

  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final LinkedBlockingQueue<String> news = new LinkedBlockingQueue<>();
  private final LinkedBlockingQueue<LinkLoss> losses = new LinkedBlockingQueue<>();
  private AmiLink link;

  private final AmiLinkListener listener =
      new AmiLinkListener() {
        @Override
        public void linkUp(AmiBanner banner, AmiMessage fullyBooted) {
          news.add("up " + banner.version() + " uptime " + fullyBooted.get("Uptime"));
        }

        @Override
        public void event(AmiMessage event) {
          news.add(event.eventName() + " " + event.get("N"));
          if (event.has("Defect")) {
            throw new IllegalArgumentException("a defect of the listener");
          }
        }

        @Override
        public void linkLost(LinkLoss reason) {
          news.add("lost " + reason.getClass().getSimpleName());
          losses.add(reason);
        }
      };

  private AmiLink link(int port, AmiTimings timings, AmiBounds bounds, String secret) {
    AmiEndpoint endpoint = new AmiEndpoint("127.0.0.1", port, Optional.empty());
    AmiLogin login = new AmiLogin(ScriptedAmiServer.USER, new Secret(secret), "test");
    link =
        new AmiLink(
            new AmiLinkConfig(endpoint, login, timings, bounds),
            group,
            () -> 0.0,
            Clock.systemUTC(),
            System::nanoTime,
            listener);
    return link;
  }

  private AmiLink link(ScriptedAmiServer server) {
    return link(server, TIMINGS);
  }

  private AmiLink link(ScriptedAmiServer server, AmiTimings timings) {
    return link(server.port(), timings, AmiBounds.DEFAULT, ScriptedAmiServer.SECRET);
  }

  @AfterEach
  void nothingIsLeft() throws Exception {
    if (link != null) {
      link.stop().get(10, TimeUnit.SECONDS);
      assertEquals(AmiLinkState.STOPPED, link.state());
      assertEquals(0, link.health().actionsInFlight());
    }
    group.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
    assertTrue(group.isTerminated());
  }

  private String heard() throws InterruptedException {
    String next = news.poll(10, TimeUnit.SECONDS);
    return next == null ? "nothing" : next;
  }

  private <T extends LinkLoss> T lost(Class<T> kind) throws InterruptedException {
    return assertInstanceOf(kind, losses.poll(10, TimeUnit.SECONDS));
  }

  private static <T> T got(CompletableFuture<T> future) throws Exception {
    return future.get(10, TimeUnit.SECONDS);
  }

  private static <T extends Throwable> T failure(Class<T> kind, CompletableFuture<?> future) {
    return assertInstanceOf(
        kind, assertThrows(ExecutionException.class, () -> got(future)).getCause());
  }

  private static AmiTimings timings(Duration login, Duration boot, Duration ping) {
    return new AmiTimings(LONG, login, boot, ping, 3, LONG, LONG, LONG);
  }

  @Test
  void logsInAndHandsOnEventsInOrder() throws Exception {
    try (ScriptedAmiServer server =
        new ScriptedAmiServer(
            gateway -> {
              gateway.acceptLogin();
              gateway.send("Event: Newchannel\r\nN: before the boot is complete\r\n\r\n");
              gateway.send(FULLY_BOOTED + "Event: A\r\nN: 1\r\n\r\nEvent: B\r\nN: 2\r\n\r\nEve");
              gateway.send("nt: C\r\nN: 3\r\n\r\n");
              gateway.idle();
            })) {
      assertEquals("11.0.0", got(link(server).start()).version());
      assertEquals("up 11.0.0 uptime 6", heard());
      assertEquals("A 1", heard());
      assertEquals("B 2", heard());
      assertEquals("C 3", heard());
      assertTrue(link.health().up());
      assertTrue(link.health().lastEventAge().isPresent());
      assertEquals(1, link.counters().eventsBeforeUp());
      assertEquals(5, link.counters().events());
      got(link.stop());
      assertEquals("lost Stopped", heard());
      assertEquals(0, link.counters().pingsLost());
    }
  }

  @Test
  void aWrongPasswordIsPermanentAndToldAtOnce() throws Exception {
    try (ScriptedAmiServer server =
        new ScriptedAmiServer(
            gateway -> {
              gateway.send(BANNER);
              gateway.challenge();
              AmiMessage login = gateway.action("Login");
              assertFalse(login.get("Key").equals(ScriptedAmiServer.KEY_OF_123456789));
              gateway.respond(login, "Response: Error\r\nMessage: Authentication failed\r\n");
            })) {
      AmiLink wrong = link(server.port(), TIMINGS, AmiBounds.DEFAULT, "wrong-secret");
      AmiStartException refused = failure(AmiStartException.class, wrong.start());
      assertEquals(
          "the gateway rejected the login of user 'cti': Authentication failed; expected user,"
              + " secret and permitted address as in manager.conf",
          refused.getMessage());
      assertTrue(refused.reason().permanent());
      assertEquals(refused.reason(), lost(LinkLoss.LoginRejected.class));
      assertEquals(AmiLinkState.BACKING_OFF, wrong.state());
      assertEquals(Optional.of(refused.reason()), wrong.health().lastLoss());
    }
  }

  @Test
  void aLoginInUseIsNotPermanent() throws Exception {
    try (ScriptedAmiServer server =
        new ScriptedAmiServer(
            gateway -> {
              gateway.send(BANNER);
              AmiMessage challenge = gateway.action("Challenge");
              gateway.respond(challenge, "Response: Error\r\nMessage: Login Already In Use\r\n");
            },
            gateway -> {
              gateway.acceptAndBoot();
              gateway.idle();
            })) {
      got(link(server).start());
      LinkLoss reason = lost(LinkLoss.LoginRejected.class);
      assertFalse(reason.permanent());
      assertTrue(reason.message().contains("Login Already In Use"), reason::message);
    }
  }

  @Test
  void nobodyListens() throws Exception {
    int port;
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = taken.getLocalPort();
    }
    link(port, TIMINGS, AmiBounds.DEFAULT, "x").start();
    String message = lost(LinkLoss.Refused.class).message();
    assertTrue(message.startsWith("no connection to 127.0.0.1:" + port + ": "), message);
    lost(LinkLoss.Refused.class);
    assertTrue(link.health().failedAttempts() >= 2);
  }

  @Test
  void aPortOfSomethingElse() throws Exception {
    try (ScriptedAmiServer server =
        new ScriptedAmiServer(gateway -> gateway.send("HTTP/1.1 400 Bad Request\r\n\r\n"))) {
      link(server).start();
      String message = lost(LinkLoss.ProtocolError.class).message();
      assertTrue(message.contains("'HTTP/1.1 400 Bad Request': expected"), message);
    }
  }

  @Test
  void silenceAfterTheConnection() throws Exception {
    try (ScriptedAmiServer server = new ScriptedAmiServer(Conversation::silent)) {
      link(server, timings(SHORT, LONG, LONG)).start();
      assertEquals(
          new LinkLoss.NoProgress(AmiLinkState.AWAITING_BANNER, SHORT),
          lost(LinkLoss.NoProgress.class));
    }
  }

  @Test
  void silenceAfterTheBanner() throws Exception {
    try (ScriptedAmiServer server =
        new ScriptedAmiServer(
            gateway -> {
              gateway.send(BANNER);
              gateway.silent();
            })) {
      link(server, timings(SHORT, LONG, LONG)).start();
      assertEquals(AmiLinkState.AWAITING_CHALLENGE, lost(LinkLoss.NoProgress.class).during());
    }
  }

  @Test
  void aGatewayThatNeverBootsOrDoesNotTellIt() throws Exception {
    try (ScriptedAmiServer server =
        new ScriptedAmiServer(
            gateway -> {
              gateway.acceptLogin();
              gateway.idle();
            })) {
      link(server, timings(LONG, SHORT, LONG)).start();
      String message = lost(LinkLoss.NoProgress.class).message();
      assertTrue(message.contains("read = system"), message);
    }
  }

  @Test
  void aGatewayThatBootsLaterComesUpThen() throws Exception {
    CountDownLatch booted = new CountDownLatch(1);
    try (ScriptedAmiServer server =
        new ScriptedAmiServer(
            gateway -> {
              gateway.acceptLogin();
              // Pings go on while it boots.
              gateway.pong(gateway.action("Ping"));
              gateway.pong(gateway.action("Ping"));
              booted.countDown();
              gateway.send(FULLY_BOOTED);
              gateway.idle();
            })) {
      CompletableFuture<AmiBanner> started = link(server, timings(LONG, LONG, SHORT)).start();
      assertTrue(booted.await(10, TimeUnit.SECONDS));
      got(started);
      assertEquals("up 11.0.0 uptime 6", heard());
    }
  }

  @Test
  void aHalfOpenLinkIsFoundAfterThreeMisses() throws Exception {
    try (ScriptedAmiServer server =
        new ScriptedAmiServer(
            gateway -> {
              gateway.acceptAndBoot();
              gateway.pong(gateway.action("Ping"));
              gateway.silent();
            })) {
      got(link(server, timings(LONG, LONG, SHORT)).start());
      assertEquals(new LinkLoss.PingLost(3, SHORT), lost(LinkLoss.PingLost.class));
      // The pong may have been late on a busy machine; PingWatch's own test counts exactly.
      assertTrue(link.counters().pingsLost() >= 3);
      assertTrue(link.counters().pingsSent() > 3);
    }
  }

  @Test
  void eventsWithoutPongAreLife() throws Exception {
    try (ScriptedAmiServer server =
        new ScriptedAmiServer(
            gateway -> {
              gateway.acceptAndBoot();
              for (int ping = 0; ping < 8; ping++) {
                gateway.action("Ping");
                gateway.send("Event: Busy\r\nN: " + ping + "\r\n\r\n");
              }
              gateway.silent();
            })) {
      got(link(server, timings(LONG, LONG, SHORT)).start());
      assertEquals("up 11.0.0 uptime 6", heard());
      for (int event = 0; event < 8; event++) {
        assertEquals("Busy " + event, heard());
      }
      assertEquals("lost PingLost", heard());
    }
  }

  @Test
  void closedInMidMessageAndConnectedAgain() throws Exception {
    try (ScriptedAmiServer server =
        new ScriptedAmiServer(
            gateway -> {
              gateway.acceptAndBoot();
              gateway.send("Event: Newchannel\r\nN: 1\r\n\r\nEvent: Hangup\r\nN: lost");
            },
            gateway -> {
              gateway.acceptAndBoot();
              gateway.send("Event: Newchannel\r\nN: 2\r\n\r\n");
              gateway.idle();
            })) {
      link(server).start();
      assertEquals("up 11.0.0 uptime 6", heard());
      assertEquals("Newchannel 1", heard());
      assertEquals("lost ClosedByGateway", heard());
      assertEquals("after 22 bytes of a message", lost(LinkLoss.ClosedByGateway.class).detail());
      assertEquals("up 11.0.0 uptime 6", heard());
      assertEquals("Newchannel 2", heard());
      assertEquals(2, link.counters().connections());
      assertEquals(1, link.counters().losses());
    }
  }

  @Test
  void aLineBeyondTheBoundEndsTheLinkAndItComesBack() throws Exception {
    try (ScriptedAmiServer server =
        new ScriptedAmiServer(
            gateway -> {
              gateway.acceptAndBoot();
              gateway.send("Event: VarSet\r\nValue: " + "x".repeat(200) + "\r\n\r\n");
              gateway.silent();
            },
            gateway -> {
              gateway.acceptAndBoot();
              gateway.idle();
            })) {
      link(server.port(), TIMINGS, new AmiBounds(128, 4096, 10, 10), ScriptedAmiServer.SECRET)
          .start();
      assertEquals("up 11.0.0 uptime 6", heard());
      assertEquals("lost ProtocolError", heard());
      String message = lost(LinkLoss.ProtocolError.class).message();
      assertTrue(message.contains("maxLineBytes = 128; its header is 'Value'"), message);
      assertEquals("up 11.0.0 uptime 6", heard());
    }
  }

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

  @Test
  void aDefectOfTheListenerDoesNotEndTheLink() throws Exception {
    try (ScriptedAmiServer server =
        new ScriptedAmiServer(
            gateway -> {
              gateway.acceptAndBoot();
              gateway.send("Event: A\r\nN: 1\r\nDefect: yes\r\n\r\nEvent: B\r\nN: 2\r\n\r\n");
              gateway.idle();
            })) {
      link(server).start();
      assertEquals("up 11.0.0 uptime 6", heard());
      assertEquals("A 1", heard());
      assertEquals("B 2", heard());
      assertEquals(1, link.counters().listenerFailures());
    }
  }

  @Test
  void readingCanBePausedAndThePauseIsNotHeldAgainstTheGateway() throws Exception {
    CountDownLatch paused = new CountDownLatch(1);
    try (ScriptedAmiServer server =
        new ScriptedAmiServer(
            gateway -> {
              gateway.acceptAndBoot();
              awaitIn(paused);
              gateway.send("Event: A\r\nN: 1\r\n\r\n");
              gateway.idle();
            })) {
      got(link(server, timings(LONG, LONG, SHORT)).start());
      assertEquals("up 11.0.0 uptime 6", heard());
      link.reading(false);
      group.submit(() -> {}).sync();
      paused.countDown();
      // Longer than the three pings after which a silent gateway is given up.
      assertEquals(null, news.poll(300, TimeUnit.MILLISECONDS));
      link.reading(true);
      assertEquals("A 1", heard());
      assertTrue(link.health().up());
    }
  }

  @Test
  void stopWhileBackingOffAndWhileConnecting() throws Exception {
    int port;
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = taken.getLocalPort();
    }
    CompletableFuture<AmiBanner> started = link(port, TIMINGS, AmiBounds.DEFAULT, "x").start();
    lost(LinkLoss.Refused.class);
    got(link.stop());
    failure(AmiStartException.class, started);
    lost(LinkLoss.Stopped.class);
    got(link.stop());
    try (ScriptedAmiServer server = new ScriptedAmiServer(Conversation::silent)) {
      link(server).start();
      got(link.stop());
      assertEquals(AmiLinkState.STOPPED, link.state());
    }
  }

  @Test
  void stopDoesNotWaitForeverForTheGoodbye() throws Exception {
    try (ScriptedAmiServer server =
        new ScriptedAmiServer(
            gateway -> {
              gateway.acceptAndBoot();
              gateway.silent();
            })) {
      got(link(server).start());
      CompletableFuture<AmiReply> waiting = link.send(AmiAction.of("Hangup"));
      got(link.stop());
      assertInstanceOf(
          LinkLoss.Stopped.class, failure(AmiLinkLostException.class, waiting).reason());
    }
  }

  private static void awaitIn(CountDownLatch latch) {
    try {
      assertTrue(latch.await(10, TimeUnit.SECONDS));
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }
}
