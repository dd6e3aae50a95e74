package cti.server.ami;

import static cti.server.ami.ScriptedAmiServer.BANNER;
import static cti.server.ami.ScriptedAmiServer.FULLY_BOOTED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.server.ami.ScriptedAmiServer.Conversation;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The link against a scripted gateway on a real socket. */
@Timeout(20)
class AmiLinkTest extends AmiLinkFixture {
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
}
