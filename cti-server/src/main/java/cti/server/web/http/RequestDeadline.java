package cti.server.web.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Ends a request that arrives too slowly, byte by byte. Stands before the codec: the first bytes
 * start the clock, {@link #arrived} stops it.
 */
final class RequestDeadline extends ChannelInboundHandlerAdapter {
  private final Duration limit;
  private Future<?> running;

  /** The event that tells the connection. */
  record Missed() {}

  RequestDeadline(Duration limit) {
    this.limit = limit;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (running == null) {
      running =
          ctx.executor()
              .schedule(
                  () -> {
                    ctx.fireUserEventTriggered(new Missed());
                  },
                  limit.toMillis(),
                  TimeUnit.MILLISECONDS);
    }
    ctx.fireChannelRead(message);
  }

  /** Gives a request that may be large another time from now on. */
  void extend(ChannelHandlerContext ctx, Duration other) {
    arrived();
    running =
        ctx.executor()
            .schedule(
                () -> {
                  ctx.pipeline().context(this).fireUserEventTriggered(new Missed());
                },
                other.toMillis(),
                TimeUnit.MILLISECONDS);
  }

  /** A whole request is there. */
  void arrived() {
    if (running != null) {
      running.cancel(false);
      running = null;
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    arrived();
    ctx.fireChannelInactive();
  }
}
