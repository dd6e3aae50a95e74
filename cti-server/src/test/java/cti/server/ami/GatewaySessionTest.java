package cti.server.ami;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.engine.GatewayAction;
import cti.core.engine.GatewayInput;
import cti.core.id.GatewayId;
import cti.core.id.QueueName;
import cti.core.port.GatewayCommands.Failure;
import cti.server.config.Secret;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GatewaySessionTest {
  private static final GatewayId GATEWAY = new GatewayId("gw1");
  private static final QueueName QUEUE = new QueueName("cti-gz");
  private static final String MEMBER = "Local/8001@cti-agents/n";

  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final GatewaySession session =
      new GatewaySession(GATEWAY, List.of("alaw"), Clock.systemUTC(), group.next());
  private AmiLink link;

  private final HeardMailbox mailbox = new HeardMailbox();

  @AfterEach
  void stop() throws Exception {
    link.stop().get(10, TimeUnit.SECONDS);
    group.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
  }

  @Test
  void theSnapshotComesFirstAndWhatHappenedMeanwhileFollows() throws Exception {
    try (ScriptedAmiServer server =
        new ScriptedAmiServer(
            gateway -> {
              gateway.acceptAndBoot();
              gateway.send(hangup("1"));
              AmiMessage channels = gateway.action("CoreShowChannels");
              AmiMessage queues = gateway.action("QueueStatus");
              gateway.send(hangup("2"));
              answerList(gateway, channels, channel("3"), "CoreShowChannelsComplete");
              gateway.send(hangup("3"));
              answerList(gateway, queues, entry("3"), "QueueStatusComplete");
              gateway.send(hangup("4"));
              gateway.idle();
            })) {
      start(server);
      GatewayInput.Snapshot snapshot =
          assertInstanceOf(GatewayInput.Snapshot.class, mailbox.next());
      assertEquals("3", snapshot.channels().getFirst().channel().value());
      assertEquals("cti-gz", snapshot.waiting().getFirst().queue().value());
      assertTrue(
          snapshot.version().matches("Asterisk " + ScriptedAmiServer.ASTERISK + ", AMI [0-9.]+"),
          snapshot::version);
      for (String channel : new String[] {"1", "2", "3", "4"}) {
        assertEquals(
            channel,
            assertInstanceOf(GatewayInput.ChannelGone.class, mailbox.next()).channel().value());
      }
      assertTrue(session.live());
    }
  }

  @Test
  void aGatewayThatDoesNotTellItsVersionIsKnownByItsProtocol() throws Exception {
    try (ScriptedAmiServer server =
        new ScriptedAmiServer(
            gateway -> {
              gateway.acceptAndBoot();
              AmiMessage settings = gateway.action("CoreSettings");
              gateway.respond(settings, "Response: Error\r\nMessage: Permission denied\r\n");
              AmiMessage channels = gateway.action("CoreShowChannels");
              AmiMessage queues = gateway.action("QueueStatus");
              answerList(gateway, channels, "", "CoreShowChannelsComplete");
              answerList(gateway, queues, "", "QueueStatusComplete");
              gateway.idle();
            })) {
      start(server);
      GatewayInput.Snapshot snapshot =
          assertInstanceOf(GatewayInput.Snapshot.class, mailbox.next());
      assertTrue(snapshot.version().matches("AMI [0-9.]+"), snapshot::version);
    }
  }

  @Test
  void aFullMailboxLosesNothingAndKeepsTheOrder() throws Exception {
    CountDownLatch live = new CountDownLatch(1);
    try (ScriptedAmiServer server =
        new ScriptedAmiServer(
            gateway -> {
              emptySnapshot(gateway);
              await(live);
              for (int i = 0; i < 300; i++) {
                gateway.send(hangup(Integer.toString(i)));
              }
              gateway.idle();
            })) {
      start(server);
      assertInstanceOf(GatewayInput.Snapshot.class, mailbox.next());
      mailbox.refuse(40);
      live.countDown();
      for (int i = 0; i < 300; i++) {
        assertEquals(
            Integer.toString(i),
            assertInstanceOf(GatewayInput.ChannelGone.class, mailbox.next()).channel().value());
      }
    }
  }

  @Test
  void afterALossThereIsANewSnapshot() throws Exception {
    try (ScriptedAmiServer server =
        new ScriptedAmiServer(
            GatewaySessionTest::emptySnapshot,
            gateway -> {
              emptySnapshot(gateway);
              gateway.idle();
            })) {
      start(server);
      assertInstanceOf(GatewayInput.Snapshot.class, mailbox.next());
      assertInstanceOf(GatewayInput.LinkLost.class, mailbox.next());
      assertInstanceOf(GatewayInput.Snapshot.class, mailbox.next());
    }
  }

  @Test
  void aSnapshotNeverOvertakesTheLossBeforeIt() throws Exception {
    CountDownLatch full = new CountDownLatch(1);
    CountDownLatch taken = new CountDownLatch(1);
    try (ScriptedAmiServer server =
        new ScriptedAmiServer(
            gateway -> {
              emptySnapshot(gateway);
              await(full);
            },
            gateway -> {
              emptySnapshot(gateway);
              taken.countDown();
              gateway.idle();
            })) {
      start(server);
      assertInstanceOf(GatewayInput.Snapshot.class, mailbox.next());
      mailbox.refuse(Integer.MAX_VALUE);
      full.countDown();
      await(taken);
      Awaitility.await().until(session::live);
      mailbox.refuse(0);
      assertInstanceOf(GatewayInput.LinkLost.class, mailbox.next());
      assertInstanceOf(
          GatewayInput.Snapshot.class, mailbox.next(), "the gateway is live at the end");
    }
  }

  @Test
  void aSnapshotThatIsRefusedIsTakenAgainAndIsNoEmptyOne() throws Exception {
    try (ScriptedAmiServer server =
        new ScriptedAmiServer(
            gateway -> {
              gateway.acceptAndBoot();
              gateway.send(hangup("1"));
              AmiMessage channels = gateway.action("CoreShowChannels");
              gateway.respond(channels, "Response: Error\r\nMessage: no\r\n");
              AmiMessage queues = gateway.action("QueueStatus");
              gateway.respond(queues, "Response: Error\r\nMessage: no\r\n");
              AmiMessage again = gateway.action("CoreShowChannels");
              AmiMessage queuesAgain = gateway.action("QueueStatus");
              gateway.send(hangup("2"));
              answerList(gateway, again, "", "CoreShowChannelsComplete");
              answerList(gateway, queuesAgain, "", "QueueStatusComplete");
              gateway.idle();
            })) {
      start(server);
      assertInstanceOf(GatewayInput.Snapshot.class, mailbox.next());
      assertEquals(
          "2", assertInstanceOf(GatewayInput.ChannelGone.class, mailbox.next()).channel().value());
    }
  }

  @Test
  void stampsOfAGatewayWhoseClockIsWrongAreInOurTime() throws Exception {
    long hour = 3_600;
    Instant begin = Instant.now();
    try (ScriptedAmiServer server =
        new ScriptedAmiServer(
            gateway -> {
              gateway.acceptAndBoot();
              AmiMessage ping = gateway.action("Ping");
              gateway.respond(ping, "Response: Success\r\nPing: Pong\r\n" + stamp(hour));
              AmiMessage channels = gateway.action("CoreShowChannels");
              AmiMessage queues = gateway.action("QueueStatus");
              answerList(gateway, channels, "", "CoreShowChannelsComplete");
              answerList(gateway, queues, "", "QueueStatusComplete");
              gateway.send("Event: Hangup\r\nUniqueid: 1\r\n" + stamp(hour) + "\r\n");
              gateway.idle();
            })) {
      start(server);
      GatewayInput.Snapshot snapshot =
          assertInstanceOf(GatewayInput.Snapshot.class, mailbox.next());
      GatewayInput gone = assertInstanceOf(GatewayInput.ChannelGone.class, mailbox.next());
      assertTrue(
          Duration.between(begin, gone.at()).abs().compareTo(Duration.ofSeconds(20)) < 0,
          snapshot.at() + " and " + gone.at());
    }
  }

  @Test
  void whereOurClockWasSetClocksAreComparedAtOnceAndStampsWait() throws Exception {
    try (ScriptedAmiServer server =
        new ScriptedAmiServer(
            gateway -> {
              gateway.acceptAndBoot();
              AmiMessage ping = gateway.action("Ping");
              gateway.respond(ping, "Response: Success\r\nPing: Pong\r\n" + stamp(0));
              AmiMessage channels = gateway.action("CoreShowChannels");
              AmiMessage queues = gateway.action("QueueStatus");
              answerList(gateway, channels, "", "CoreShowChannelsComplete");
              answerList(gateway, queues, "", "QueueStatusComplete");
              gateway.action("Ping");
              gateway.send("Event: Hangup\r\nUniqueid: 1\r\n" + stamp(2) + "\r\n");
              gateway.idle();
            })) {
      start(server);
      assertInstanceOf(GatewayInput.Snapshot.class, mailbox.next());
      session.clockWasSet();
      GatewayInput gone = assertInstanceOf(GatewayInput.ChannelGone.class, mailbox.next());
      assertTrue(!gone.at().isAfter(Instant.now()), "its stamp says " + gone.at());
    }
  }

  @Test
  void aNewPictureMayBeAskedForAndComesInOrder() throws Exception {
    try (ScriptedAmiServer server =
        new ScriptedAmiServer(
            gateway -> {
              emptySnapshot(gateway);
              AmiMessage channels = gateway.action("CoreShowChannels");
              AmiMessage queues = gateway.action("QueueStatus");
              gateway.send(hangup("1"));
              answerList(gateway, channels, channel("3"), "CoreShowChannelsComplete");
              answerList(gateway, queues, "", "QueueStatusComplete");
              gateway.idle();
            })) {
      start(server);
      assertInstanceOf(GatewayInput.Snapshot.class, mailbox.next());
      // On the session's own thread: the answer to the first may not come between the two.
      group
          .next()
          .submit(
              () -> {
                session.lookAnew();
                session.lookAnew();
              })
          .sync();
      GatewayInput.Snapshot again = assertInstanceOf(GatewayInput.Snapshot.class, mailbox.next());
      assertEquals("3", again.channels().getFirst().channel().value());
      assertEquals(
          "1", assertInstanceOf(GatewayInput.ChannelGone.class, mailbox.next()).channel().value());
      assertTrue(session.live());
    }
  }

  private static String stamp(long secondsAhead) {
    return "Timestamp: " + (Instant.now().getEpochSecond() + secondsAhead) + ".000000\r\n";
  }

  @Test
  void aMemberWhoIsThereAlreadyIsPutIntoTheStateAskedFor() throws Exception {
    BlockingQueue<String> asked = new LinkedBlockingQueue<>();
    try (ScriptedAmiServer server =
        new ScriptedAmiServer(
            gateway -> {
              emptySnapshot(gateway);
              AmiMessage add = gateway.action("QueueAdd");
              asked.add(add.get("Interface") + " " + add.get("StateInterface"));
              gateway.respond(
                  add, "Response: Error\r\nMessage: Unable to add interface: Already there\r\n");
              AmiMessage pause = gateway.action("QueuePause");
              asked.add(pause.get("Queue") + " " + pause.get("Paused"));
              gateway.success(pause);
              AmiMessage remove = gateway.action("QueueRemove");
              gateway.respond(
                  remove, "Response: Error\r\nMessage: Unable to remove interface: Not there\r\n");
              AmiMessage again = gateway.action("QueuePause");
              gateway.respond(again, "Response: Error\r\nMessage: Interface not found\r\n");
              AmiMessage late = gateway.action("QueuePause");
              gateway.respond(late, "Response: Error\r\nMessage: Asterisk is shutting down\r\n");
              gateway.idle();
            })) {
      start(server);
      mailbox.next();
      assertEquals(
          Optional.empty(),
          perform(
              new GatewayAction.AddMember(GATEWAY, QUEUE, MEMBER, "1001", "Custom:8001", 0, true)));
      assertEquals("Local/8001@cti-agents/n Custom:8001", asked.take());
      assertEquals("cti-gz true", asked.take());
      assertEquals(
          Optional.empty(), perform(new GatewayAction.RemoveMember(GATEWAY, QUEUE, MEMBER)));
      assertEquals(
          Optional.of(Failure.refused("Interface not found")),
          perform(new GatewayAction.PauseMember(GATEWAY, QUEUE, MEMBER, false, "")));
      assertEquals(
          Optional.of(Failure.unanswered("Asterisk is shutting down")),
          perform(new GatewayAction.PauseMember(GATEWAY, QUEUE, MEMBER, false, "")),
          "it is away, and refuses nobody");
    }
  }

  @Test
  void whatTheProtocolCannotCarryIsAnAnswerNotAnException() throws Exception {
    try (ScriptedAmiServer server =
        new ScriptedAmiServer(
            gateway -> {
              emptySnapshot(gateway);
              gateway.idle();
            })) {
      start(server);
      mailbox.next();
      Optional<Failure> answer =
          perform(new GatewayAction.PauseMember(GATEWAY, QUEUE, MEMBER, true, "a\r\nb"));
      assertTrue(answer.isPresent());
    }
  }

  private Optional<Failure> perform(GatewayAction action) throws Exception {
    return session.perform(action).toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private void start(ScriptedAmiServer server) {
    link =
        new AmiLink(
            new AmiLinkConfig(
                new AmiEndpoint("127.0.0.1", server.port(), Optional.empty()),
                new AmiLogin(ScriptedAmiServer.USER, new Secret(ScriptedAmiServer.SECRET), "test"),
                AmiTimings.DEFAULT,
                AmiBounds.DEFAULT),
            group,
            () -> 0.0,
            Clock.systemUTC(),
            System::nanoTime,
            session);
    session.connect(link, mailbox);
    link.start();
  }

  private static void emptySnapshot(ScriptedAmiServer.Conversation gateway) throws IOException {
    gateway.acceptAndBoot();
    AmiMessage channels = gateway.action("CoreShowChannels");
    AmiMessage queues = gateway.action("QueueStatus");
    answerList(gateway, channels, "", "CoreShowChannelsComplete");
    answerList(gateway, queues, "", "QueueStatusComplete");
  }

  private static void answerList(
      ScriptedAmiServer.Conversation gateway, AmiMessage action, String row, String complete)
      throws IOException {
    String id = "ActionID: " + action.actionId() + "\r\n";
    gateway.respond(action, "Response: Success\r\nEventList: start\r\nMessage: will follow\r\n");
    if (!row.isEmpty()) {
      gateway.send(row + id + "\r\n");
    }
    gateway.send(
        "Event: " + complete + "\r\n" + id + "EventList: Complete\r\nListItems: 1\r\n\r\n");
  }

  private static String hangup(String channel) {
    return "Event: Hangup\r\nUniqueid: " + channel + "\r\nCause: 16\r\n\r\n";
  }

  private static String channel(String channel) {
    return "Event: CoreShowChannel\r\nChannel: PJSIP/ipoffice-1\r\nUniqueid: "
        + channel
        + "\r\nLinkedid: "
        + channel
        + "\r\nDuration: 00:00:07\r\nBridgeId: \r\n";
  }

  private static String entry(String channel) {
    return "Event: QueueEntry\r\nQueue: cti-gz\r\nPosition: 1\r\nWait: 4\r\nUniqueid: "
        + channel
        + "\r\n";
  }

  private static void await(CountDownLatch latch) {
    Awaitility.await().until(() -> latch.getCount() == 0);
  }
}
