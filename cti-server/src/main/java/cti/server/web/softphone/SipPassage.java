package cti.server.web.softphone;

import cti.server.web.http.Reaction;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One browser's way to the gateway: message after message, both ways, as they are. Who is slow to
 * read is not read from on the other side. A browser that answers no pings is taken for gone.
 */
final class SipPassage implements Reaction.Opening {
  private static final Logger log = LoggerFactory.getLogger(SipPassage.class);
  private static final WebSocketServerHandshakerFactory HANDSHAKES =
      new WebSocketServerHandshakerFactory(
          "/",
          SipLines.PROTOCOL,
          WebSocketDecoderConfig.newBuilder()
              .maxFramePayloadLength(SipLines.MESSAGE_BYTES)
              .closeOnProtocolViolation(true)
              .build());
  private static final long PING_SECONDS = 10;
  private static final int SILENT_PINGS = 2;

  /** The gateway went away; RFC 6455, 7.4.1: the client comes again. */
  static final int GOING_AWAY = 1001;

  /** Whoever it belonged to may not have it any more. */
  static final int NO_LONGER = 4401;

  private static final int PEER_SILENT = 4408;

  private final String owner;
  private final Channel gateway;
  private final Watch watch;
  private final AtomicBoolean over = new AtomicBoolean();
  private volatile Channel browser;
  private int unanswered;

  /** Who looks after passages. */
  interface Watch {
    void opened(SipPassage passage);

    void closed(SipPassage passage);

    /** Whether whoever it belongs to may still have it. */
    boolean lasts();
  }

  /**
   * @param owner for the log
   * @param gateway a connection that reads nothing yet
   */
  SipPassage(String owner, Channel gateway, Watch watch) {
    this.owner = owner;
    this.gateway = gateway;
    this.watch = watch;
  }

  @Override
  public void open(ChannelHandlerContext ctx, FullHttpRequest request) {
    WebSocketServerHandshaker handshaker = HANDSHAKES.newHandshaker(request);
    if (handshaker == null) {
      request.release();
      gateway.close();
      WebSocketServerHandshakerFactory.sendUnsupportedVersionResponse(ctx.channel())
          .addListener(done -> ctx.close());
      return;
    }
    for (String http : new String[] {"deadline", "idle", "arrived", "connection"}) {
      ctx.pipeline().remove(http);
    }
    browser = ctx.channel();
    ctx.pipeline().addLast("message", new WebSocketFrameAggregator(SipLines.MESSAGE_BYTES));
    ctx.pipeline().addLast("sip", new FromBrowser());
    ChannelPromise promise = ctx.channel().newPromise();
    promise.addListener(
        done -> {
          if (done.isSuccess()) {
            begin(ctx);
          } else {
            log.info("web: SIP handshake failed: {}", done.cause().getMessage());
            close(GOING_AWAY, "");
          }
        });
    try {
      handshaker.handshake(ctx.channel(), request, null, promise);
    } finally {
      request.release();
    }
    ctx.channel().config().setAutoRead(true);
  }

  private void begin(ChannelHandlerContext ctx) {
    watch.opened(this);
    log.info("web: SIP of {} opened", owner);
    browser.closeFuture().addListener(closed -> close(GOING_AWAY, ""));
    gateway.closeFuture().addListener(closed -> close(GOING_AWAY, "the gateway hung up"));
    gateway.pipeline().replace("greeting", "sip", new FromGateway());
    gateway.config().setAutoRead(true);
    ctx.executor().schedule(() -> heartbeat(ctx), PING_SECONDS, TimeUnit.SECONDS);
  }

  private void heartbeat(ChannelHandlerContext ctx) {
    if (over.get()) {
      return;
    }
    if (!watch.lasts()) {
      close(NO_LONGER, "no longer");
      return;
    }
    if (unanswered >= SILENT_PINGS) {
      close(PEER_SILENT, "no answer to pings");
      return;
    }
    unanswered++;
    browser.writeAndFlush(new PingWebSocketFrame());
    ctx.executor().schedule(() -> heartbeat(ctx), PING_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void abandon() {
    gateway.close();
  }

  /** Ends it, once. */
  void close(int code, String reason) {
    if (!over.compareAndSet(false, true)) {
      return;
    }
    gateway.close();
    Channel to = browser;
    if (to != null) {
      to.writeAndFlush(new CloseWebSocketFrame(code, reason))
          .addListener(ChannelFutureListener.CLOSE);
    }
    watch.closed(this);
    log.info("web: SIP of {} closed{}", owner, reason.isEmpty() ? "" : ": " + reason);
  }

  private static void pass(ByteBuf content, Channel to) {
    to.writeAndFlush(new TextWebSocketFrame(content.retain()));
  }

  private final class FromBrowser extends SimpleChannelInboundHandler<WebSocketFrame> {
    FromBrowser() {
      super(WebSocketFrame.class);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) {
      unanswered = 0;
      switch (frame) {
        case TextWebSocketFrame text -> pass(text.content(), gateway);
        case BinaryWebSocketFrame binary -> pass(binary.content(), gateway);
        case PingWebSocketFrame ping ->
            ctx.writeAndFlush(new PongWebSocketFrame(ping.content().retain()));
        case PongWebSocketFrame pong -> {
          // It showed that the browser is there.
        }
        default -> close(1000, "");
      }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
      gateway.config().setAutoRead(ctx.channel().isWritable());
      ctx.fireChannelWritabilityChanged();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      log.debug("web: SIP of {}: {}", owner, cause.toString());
      close(1002, "");
    }
  }

  private final class FromGateway extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      try {
        switch (message) {
          case TextWebSocketFrame text -> pass(text.content(), browser);
          case BinaryWebSocketFrame binary -> pass(binary.content(), browser);
          case CloseWebSocketFrame bye -> close(GOING_AWAY, "the gateway hung up");
          default -> {
            // Pings are answered by the handler before this one.
          }
        }
      } finally {
        io.netty.util.ReferenceCountUtil.release(message);
      }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
      browser.config().setAutoRead(ctx.channel().isWritable());
      ctx.fireChannelWritabilityChanged();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      log.debug("web: SIP of {}, gateway's end: {}", owner, cause.toString());
      close(GOING_AWAY, "the gateway's line broke");
    }
  }
}
