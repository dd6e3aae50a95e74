package cti.server.web.screen;

import cti.core.port.BigScreens.Screen;
import cti.server.web.http.Json;
import cti.server.web.stream.CloseCode;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One big screen. It says its token first and nothing of meaning afterwards; there is nothing that
 * it could ask for. Lives on its I/O thread.
 */
final class ScreenSocket extends SimpleChannelInboundHandler<WebSocketFrame> {
  private static final Logger log = LoggerFactory.getLogger(ScreenSocket.class);
  private static final long TOKEN_WITHIN_MILLIS = 5_000;
  private static final long LOOK_EVERY_MILLIS = 150;
  private static final long SEND_AT_LEAST_EVERY_NANOS = 5_000_000_000L;
  private static final long PING_EVERY_MILLIS = 15_000;
  private static final int SILENT_PINGS = 3;

  private final ScreenLinks links;
  private Channel channel;
  private Optional<Screen> screen = Optional.empty();
  private boolean asked;
  private boolean closing;
  private boolean making;
  private int unansweredPings;
  private ScreenBoards.Version version;
  private ScreenFrame last;
  private long sentNanos;

  ScreenSocket(ScreenLinks links) {
    super(WebSocketFrame.class);
    this.links = links;
  }

  /** The link that it shows; empty before its token was found. */
  Optional<Screen> screen() {
    return screen;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    channel = ctx.channel();
    ctx.executor()
        .schedule(
            () -> {
              if (screen.isEmpty()) {
                close(CloseCode.SESSION_EXPIRED);
              }
            },
            TOKEN_WITHIN_MILLIS,
            TimeUnit.MILLISECONDS);
    ctx.executor().schedule(this::ping, PING_EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) {
    if (closing) {
      return;
    }
    unansweredPings = 0;
    switch (frame) {
      case TextWebSocketFrame text -> {
        if (asked) {
          close(CloseCode.BAD_FRAME);
        } else {
          asked = true;
          open(ByteBufUtil.getBytes(text.content()));
        }
      }
      case PingWebSocketFrame ping ->
          ctx.writeAndFlush(new PongWebSocketFrame(ping.content().retain()));
      case PongWebSocketFrame pong -> {
        // It showed that the screen is there.
      }
      case CloseWebSocketFrame close -> {
        closing = true;
        ctx.writeAndFlush(close.retain()).addListener(ChannelFutureListener.CLOSE);
      }
      default -> close(CloseCode.UNSUPPORTED_DATA);
    }
  }

  private void open(byte[] text) {
    links
        .find(text)
        .whenComplete(
            (found, failure) ->
                channel
                    .eventLoop()
                    .execute(
                        () -> {
                          if (failure != null) {
                            close(CloseCode.TRY_AGAIN);
                          } else if (found.isEmpty()) {
                            close(CloseCode.SESSION_EXPIRED);
                          } else if (!closing) {
                            begin(found.get());
                          }
                        }));
  }

  private void begin(Screen found) {
    screen = Optional.of(found);
    log.info("web: big screen {} opened", found.id());
    links.seen(found);
    look();
  }

  private void look() {
    if (closing || !channel.isActive()) {
      return;
    }
    Screen shown = screen.orElseThrow();
    if (!links.lasts(shown)) {
      close(CloseCode.SESSION_EXPIRED);
      return;
    }
    ScreenBoards.Version now = links.boards().version();
    boolean due = System.nanoTime() - sentNanos > SEND_AT_LEAST_EVERY_NANOS || last == null;
    // A screen that does not take what it was sent gets the newest once it does.
    if (!making && channel.isWritable() && (due || !now.equals(version))) {
      making = true;
      links
          .boards()
          .board(shown)
          .whenComplete(
              (frame, failure) ->
                  channel.eventLoop().execute(() -> made(now, frame, failure, due)));
    }
    channel.eventLoop().schedule(this::look, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void made(ScreenBoards.Version of, ScreenFrame frame, Throwable failure, boolean due) {
    making = false;
    if (failure != null || closing) {
      return;
    }
    version = of;
    if (due || !frame.at(last.at()).equals(last)) {
      last = frame;
      sentNanos = System.nanoTime();
      channel.writeAndFlush(new TextWebSocketFrame(Unpooled.wrappedBuffer(Json.bytes(frame))));
    }
  }

  private void ping() {
    if (closing || !channel.isActive()) {
      return;
    }
    if (unansweredPings >= SILENT_PINGS) {
      close(CloseCode.PEER_SILENT);
      return;
    }
    unansweredPings++;
    screen.ifPresent(links::seen);
    channel.writeAndFlush(new PingWebSocketFrame());
    channel.eventLoop().schedule(this::ping, PING_EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** From any thread. */
  void close(CloseCode code) {
    if (!channel.eventLoop().inEventLoop()) {
      channel.eventLoop().execute(() -> close(code));
      return;
    }
    if (closing) {
      return;
    }
    closing = true;
    log.info(
        "web: big screen {} closed: {} {}",
        screen.map(shown -> Long.toString(shown.id())).orElse("without a link"),
        code.code(),
        code.reason());
    channel
        .writeAndFlush(new CloseWebSocketFrame(code.code(), code.reason()))
        .addListener(
            done ->
                channel.eventLoop().schedule(() -> channel.close(), 200, TimeUnit.MILLISECONDS));
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    closing = true;
    ctx.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    log.debug("web: big screen failed", cause);
    ctx.close();
  }
}
