package cti.server.web.stream;

import cti.core.port.LatencySink;
import cti.server.web.http.RateLimiter;
import cti.server.web.http.SignedIn;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens streams on connections that ask for it, and closes them all. */
public final class Streams {
  private static final Logger log = LoggerFactory.getLogger(Streams.class);

  private final StreamSocket.Services services;
  private final WebSocketServerHandshakerFactory handshakes;
  private final Set<StreamSocket> open = ConcurrentHashMap.newKeySet();

  /** Whether sessions last, for streams that outlive the request that opened them. */
  public interface SessionWatch extends StreamSocket.SessionWatch {}

  public Streams(
      LiveFeed feed,
      CommandsFor commands,
      SessionWatch sessions,
      LatencySink latency,
      StreamRules rules,
      RateLimiter rates) {
    this.services =
        new StreamSocket.Services(
            feed, commands, sessions, latency, rules, rates, new StreamSocket.Counts());
    this.handshakes =
        new WebSocketServerHandshakerFactory(
            "/api/v1/stream",
            null,
            WebSocketDecoderConfig.newBuilder()
                .maxFramePayloadLength(rules.messageBytes())
                .closeOnProtocolViolation(true)
                .build());
  }

  /** Answers the handshake; takes over the request. */
  public void open(ChannelHandlerContext ctx, FullHttpRequest request, SignedIn who) {
    WebSocketServerHandshaker handshaker = handshakes.newHandshaker(request);
    if (handshaker == null) {
      request.release();
      WebSocketServerHandshakerFactory.sendUnsupportedVersionResponse(ctx.channel())
          .addListener(done -> ctx.close());
      return;
    }
    ChannelPipeline pipeline = ctx.pipeline();
    StreamSocket socket = new StreamSocket(who, services);
    for (String http : new String[] {"deadline", "idle", "arrived", "connection"}) {
      pipeline.remove(http);
    }
    pipeline.addLast("message", new WebSocketFrameAggregator(services.rules().messageBytes()));
    pipeline.addLast("stream", socket);
    ChannelPromise promise = ctx.channel().newPromise();
    promise.addListener(
        done -> {
          if (done.isSuccess()) {
            open.add(socket);
            ctx.channel().closeFuture().addListener(closed -> open.remove(socket));
            log.info("web: stream user={} opened", who.account().user());
          } else {
            log.info("web: stream handshake failed: {}", done.cause().getMessage());
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

  /** Closes the streams of a session that ended. */
  public void sessionEnded(String sessionKey) {
    for (StreamSocket socket : open) {
      if (socket.who().sessionKey().equals(sessionKey)) {
        socket.close(CloseCode.SESSION_EXPIRED);
      }
    }
  }

  /** Tells every client that the server stops. */
  public void stop() {
    open.forEach(socket -> socket.close(CloseCode.GOING_AWAY));
  }

  /** Streams that were closed because their client was too slow. */
  public long tooSlow() {
    return services.counts().tooSlow().sum();
  }

  /** Views that were left out because newer ones waited already. */
  public long coalesced() {
    return services.counts().coalesced().sum();
  }

  public int open() {
    return open.size();
  }
}
