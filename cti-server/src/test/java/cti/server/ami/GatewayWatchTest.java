package cti.server.ami;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.agent.DeviceState;
import cti.core.engine.GatewayInput;
import cti.core.engine.GatewayInput.Looked;
import cti.core.engine.GatewayInput.MemberFacts;
import cti.core.engine.GatewayInput.SeenChannel;
import cti.core.engine.GatewaySight.Place;
import cti.core.engine.MemberAddressing;
import cti.core.id.ChannelId;
import cti.core.id.Extension;
import cti.core.id.GatewayId;
import cti.core.id.QueueName;
import cti.server.config.Secret;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GatewayWatchTest {
  private static final GatewayId GATEWAY = new GatewayId("gw1");
  private static final QueueName QUEUE = new QueueName("cti-gz");
  private static final String MEMBER = "Local/8001@cti-agents/n";

  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final GatewaySession session =
      new GatewaySession(GATEWAY, List.of("alaw"), Clock.systemUTC(), group.next());
  private AmiLink link;
  private GatewayWatch watch;

  private final HeardMailbox mailbox = new HeardMailbox();

  @AfterEach
  void stop() throws Exception {
    link.stop().get(10, TimeUnit.SECONDS);
    group.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
  }

  @Test
  void aLookHasMembersDevicesAndChannelsAndIsKeptForSupervisors() throws Exception {
    try (ScriptedAmiServer server =
        new ScriptedAmiServer(
            gateway -> {
              snapshot(gateway);
              lists(gateway, MEMBER_ROW, DEVICE_ROW, CHANNEL_ROW);
              gateway.idle();
            })) {
      start(server);
      watch.look();
      Looked look = assertInstanceOf(Looked.class, mailbox.next());
      MemberFacts facts = look.members().getFirst();
      assertEquals(QUEUE, facts.queue());
      assertEquals("1001", facts.name());
      assertTrue(facts.paused() && facts.dynamic() && facts.activity().inCall());
      assertEquals("on-call", facts.pausedReason());
      assertEquals(1, facts.penalty());
      assertEquals(DeviceState.INUSE, facts.activity().status());
      assertEquals(Optional.of(Instant.ofEpochSecond(1763700000)), facts.activity().lastCall());
      assertEquals(DeviceState.INUSE, look.devices().get("Custom:8001"));
      assertEquals(
          List.of(
              new SeenChannel(new ChannelId("7"), "Local/8001@cti-agents-0001;1", true, false, "")),
          look.channels());
      assertEquals(facts, watch.sight().members().get(new Place(QUEUE, MEMBER)).facts());
      Awaitility.await().until(() -> watch.looks() == 1);
    }
  }

  @Test
  void theDialplanIsAskedAboutPhonesInUseThatNoQueueCalls() throws Exception {
    try (ScriptedAmiServer server =
        new ScriptedAmiServer(
            gateway -> {
              snapshot(gateway);
              lists(gateway, MEMBER_ROW, DEVICE_ROW, "");
              count(gateway, gateway.action("Getvar"), 1);
              everyLook(gateway, 0);
            })) {
      start(server);
      watch.look();
      assertEquals(
          Set.of(new Extension("8001")), assertInstanceOf(Looked.class, mailbox.next()).inCall());
      Awaitility.await()
          .until(
              () -> {
                watch.look();
                return watch.looks() > 1;
              });
      assertEquals(Set.of(), assertInstanceOf(Looked.class, mailbox.next()).inCall());
    }
  }

  @Test
  void aListThatIsRefusedIsNoEmptyOneAndTheNextLookIsTaken() throws Exception {
    try (ScriptedAmiServer server =
        new ScriptedAmiServer(
            gateway -> {
              snapshot(gateway);
              refuse(gateway, "QueueStatus");
              refuse(gateway, "DeviceStateList");
              refuse(gateway, "CoreShowChannels");
              everyLook(gateway, 0);
            })) {
      start(server);
      watch.look();
      Awaitility.await()
          .until(
              () -> {
                watch.look();
                return watch.looks() > 0;
              });
      assertEquals(1, assertInstanceOf(Looked.class, mailbox.next()).members().size());
    }
  }

  @Test
  void whileTheLinkIsAwayNothingIsLookedAt() throws Exception {
    try (ScriptedAmiServer server = new ScriptedAmiServer(GatewayWatchTest::snapshot)) {
      start(server);
      Awaitility.await().until(() -> !session.live());
      watch.look();
      assertEquals(0, watch.looks());
      assertEquals(Optional.empty(), watch.sight().at());
    }
  }

  private static final String MEMBER_ROW =
      "Event: QueueMember\r\nQueue: cti-gz\r\nName: 1001\r\nLocation: "
          + MEMBER
          + "\r\nStateInterface: Custom:8001\r\nMembership: dynamic\r\nPenalty: 1\r\n"
          + "CallsTaken: 3\r\nLastCall: 1763700000\r\nLastPause: 0\r\nLoginTime: 1763690000\r\n"
          + "InCall: 1\r\nStatus: 2\r\nPaused: 1\r\nPausedReason: on-call\r\nWrapuptime: 0\r\n";
  private static final String DEVICE_ROW =
      "Event: DeviceStateChange\r\nDevice: Custom:8001\r\nState: INUSE\r\n";
  private static final String CHANNEL_ROW =
      "Event: CoreShowChannel\r\nChannel: Local/8001@cti-agents-0001;1\r\nUniqueid: 7\r\n"
          + "ChannelStateDesc: Up\r\nApplication: \r\nBridgeId: \r\n";

  private static void snapshot(ScriptedAmiServer.Conversation gateway) throws IOException {
    gateway.acceptAndBoot();
    list(gateway, gateway.action("CoreShowChannels"), "", "CoreShowChannelsComplete");
    list(gateway, gateway.action("QueueStatus"), "", "QueueStatusComplete");
  }

  private static void lists(
      ScriptedAmiServer.Conversation gateway, String members, String devices, String channels)
      throws IOException {
    list(gateway, gateway.action("QueueStatus"), members, "QueueStatusComplete");
    list(gateway, gateway.action("DeviceStateList"), devices, "DeviceStateListComplete");
    list(gateway, gateway.action("CoreShowChannels"), channels, "CoreShowChannelsComplete");
  }

  /** Answers look after look, one member in use and no channel, until the link closes. */
  private static void everyLook(ScriptedAmiServer.Conversation gateway, int callsAtPhone)
      throws IOException {
    while (true) {
      AmiMessage action = gateway.anyAction();
      switch (action.get("Action")) {
        case "QueueStatus" -> list(gateway, action, MEMBER_ROW, "QueueStatusComplete");
        case "DeviceStateList" -> list(gateway, action, DEVICE_ROW, "DeviceStateListComplete");
        case "CoreShowChannels" -> list(gateway, action, "", "CoreShowChannelsComplete");
        case "Getvar" -> count(gateway, action, callsAtPhone);
        case "Ping" -> gateway.pong(action);
        default -> gateway.success(action);
      }
    }
  }

  private static void count(
      ScriptedAmiServer.Conversation gateway, AmiMessage getvar, int callsAtPhone)
      throws IOException {
    assertEquals("GROUP_COUNT(8001@cti-agent)", getvar.get("Variable"));
    gateway.respond(
        getvar,
        "Response: Success\r\nVariable: GROUP_COUNT(8001@cti-agent)\r\nValue: "
            + callsAtPhone
            + "\r\n");
  }

  private static void refuse(ScriptedAmiServer.Conversation gateway, String action)
      throws IOException {
    gateway.respond(gateway.action(action), "Response: Error\r\nMessage: no\r\n");
  }

  private static void list(
      ScriptedAmiServer.Conversation gateway, AmiMessage action, String row, String complete)
      throws IOException {
    gateway.respond(action, "Response: Success\r\nEventList: start\r\nMessage: will follow\r\n");
    if (!row.isEmpty()) {
      int second = row.indexOf("\r\n") + 2;
      gateway.send(
          row.substring(0, second)
              + "ActionID: "
              + action.actionId()
              + "\r\n"
              + row.substring(second)
              + "\r\n");
    }
    gateway.send(
        "Event: "
            + complete
            + "\r\nActionID: "
            + action.actionId()
            + "\r\nEventList: Complete\r\nListItems: "
            + (row.isEmpty() ? 0 : 1)
            + "\r\n\r\n");
  }

  private void start(ScriptedAmiServer server) throws Exception {
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
    watch =
        new GatewayWatch(
            GATEWAY, MemberAddressing.SHIPPED, link, session::live, mailbox, Clock.systemUTC());
    link.start();
    assertInstanceOf(GatewayInput.Snapshot.class, mailbox.next());
  }
}
