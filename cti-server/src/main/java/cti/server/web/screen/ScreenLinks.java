package cti.server.web.screen;

import cti.core.port.BigScreens;
import cti.core.port.BigScreens.Screen;
import cti.server.web.http.Body;
import cti.server.web.http.Fault;
import cti.server.web.http.StoreThreads;
import cti.server.web.stream.CloseCode;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The screens that are open and the links that they show. A link's token is no session: it opens
 * this stream, which takes no commands, and nothing else. It is sent as the first message, so that
 * it stands in no address and no log.
 */
public final class ScreenLinks {
  /** With and without a link; more are turned away. */
  static final int MOST_OPEN = 64;

  private static final int MESSAGE_BYTES = 1_024;
  private static final int TOKEN_LENGTH = 43;
  private static final Duration SEEN_EVERY = Duration.ofMinutes(1);

  private final BigScreens store;
  private final StoreThreads stores;
  private final InstantSource clock;
  private final ScreenBoards boards;
  private final SecureRandom random = new SecureRandom();
  private final Set<ScreenSocket> open = ConcurrentHashMap.newKeySet();
  private final Set<Long> revoked = ConcurrentHashMap.newKeySet();
  private final Map<Long, Instant> seen = new ConcurrentHashMap<>();
  private final WebSocketServerHandshakerFactory handshakes =
      new WebSocketServerHandshakerFactory(
          "/api/v1/big-screens/stream",
          null,
          WebSocketDecoderConfig.newBuilder()
              .maxFramePayloadLength(MESSAGE_BYTES)
              .closeOnProtocolViolation(true)
              .build());

  ScreenLinks(BigScreens store, StoreThreads stores, InstantSource clock, ScreenBoards boards) {
    this.store = store;
    this.stores = stores;
    this.clock = clock;
    this.boards = boards;
  }

  ScreenBoards boards() {
    return boards;
  }

  String newToken() {
    byte[] secret = new byte[32];
    random.nextBytes(secret);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
  }

  static String hash(String token) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of()
          .formatHex(digest.digest(("screen " + token).getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The link that a first message names; empty where there is none that lasts. */
  CompletableFuture<Optional<Screen>> find(byte[] message) {
    String token;
    try {
      token = Body.read(message, List.of("token")).text("token", TOKEN_LENGTH, TOKEN_LENGTH);
    } catch (Fault noToken) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    return stores.run(() -> store.find(hash(token)).filter(this::lasts));
  }

  /** Whether it may be shown. Never blocks. */
  boolean lasts(Screen screen) {
    return !revoked.contains(screen.id()) && screen.lasts(clock.instant());
  }

  /** Notes now and then that a screen is at it. Never blocks. */
  void seen(Screen screen) {
    Instant now = clock.instant();
    Instant before = seen.getOrDefault(screen.id(), Instant.EPOCH);
    if (!before.plus(SEEN_EVERY).isAfter(now)) {
      seen.put(screen.id(), now);
      stores.run(
          () -> {
            store.seen(screen.id(), now);
            return null;
          });
    }
  }

  /** Its screens go dark at once. */
  void revoked(long id) {
    revoked.add(id);
    open.stream()
        .filter(socket -> socket.screen().filter(screen -> screen.id() == id).isPresent())
        .forEach(socket -> socket.close(CloseCode.SESSION_EXPIRED));
  }

  /** How many screens show a link now. */
  long openOf(long id) {
    return open.stream()
        .filter(socket -> socket.screen().filter(screen -> screen.id() == id).isPresent())
        .count();
  }

  /** Answers the handshake; takes over the request. */
  public void open(ChannelHandlerContext ctx, FullHttpRequest request) {
    WebSocketServerHandshaker handshaker = handshakes.newHandshaker(request);
    if (handshaker == null || open.size() >= MOST_OPEN) {
      request.release();
      WebSocketServerHandshakerFactory.sendUnsupportedVersionResponse(ctx.channel())
          .addListener(done -> ctx.close());
      return;
    }
    ChannelPipeline pipeline = ctx.pipeline();
    ScreenSocket socket = new ScreenSocket(this);
    for (String http : new String[] {"deadline", "idle", "arrived", "connection"}) {
      pipeline.remove(http);
    }
    pipeline.addLast("message", new WebSocketFrameAggregator(MESSAGE_BYTES));
    pipeline.addLast("screen", socket);
    open.add(socket);
    ctx.channel().closeFuture().addListener(closed -> open.remove(socket));
    ChannelPromise promise = ctx.channel().newPromise();
    promise.addListener(
        done -> {
          if (!done.isSuccess()) {
            ctx.channel().close();
          }
        });
    try {
      handshaker.handshake(ctx.channel(), request, null, promise);
    } finally {
      request.release();
    }
    ctx.channel().config().setAutoRead(true);
  }

  /** Tells every screen that the server stops. */
  public void stop() {
    open.forEach(socket -> socket.close(CloseCode.GOING_AWAY));
  }
}
