package cti.server.ami;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.server.config.Secret;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;

/** A link against a scripted gateway on a real socket, and what its listener was told. */
abstract class AmiLinkFixture {
  static final Duration SHORT = Duration.ofMillis(40);
  static final Duration LONG = Duration.ofSeconds(10);
  static final AmiTimings TIMINGS =
      new AmiTimings(LONG, LONG, LONG, LONG, 3, SHORT, Duration.ofMillis(400), LONG);

  final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  final LinkedBlockingQueue<String> news = new LinkedBlockingQueue<>();
  final LinkedBlockingQueue<LinkLoss> losses = new LinkedBlockingQueue<>();
  AmiLink link;

  final AmiLinkListener listener =
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

  AmiLink link(int port, AmiTimings timings, AmiBounds bounds, String secret) {
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

  AmiLink link(ScriptedAmiServer server) {
    return link(server, TIMINGS);
  }

  AmiLink link(ScriptedAmiServer server, AmiTimings timings) {
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

  String heard() throws InterruptedException {
    String next = news.poll(10, TimeUnit.SECONDS);
    return next == null ? "nothing" : next;
  }

  <T extends LinkLoss> T lost(Class<T> kind) throws InterruptedException {
    return assertInstanceOf(kind, losses.poll(10, TimeUnit.SECONDS));
  }

  static <T> T got(CompletableFuture<T> future) throws Exception {
    return future.get(10, TimeUnit.SECONDS);
  }

  static <T extends Throwable> T failure(Class<T> kind, CompletableFuture<?> future) {
    return assertInstanceOf(
        kind, assertThrows(ExecutionException.class, () -> got(future)).getCause());
  }

  static AmiTimings timings(Duration login, Duration boot, Duration ping) {
    return new AmiTimings(LONG, login, boot, ping, 3, LONG, LONG, LONG);
  }

  static void awaitIn(CountDownLatch latch) {
    try {
      assertTrue(latch.await(10, TimeUnit.SECONDS));
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }
}
