package cti.server.web.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Semaphore;

/**
 * Holds back a body until it is known how much of it is wanted: the usual for most requests, more
 * for an upload by somebody who may, one at a time in the whole server. So nobody without a session
 * makes the server hold much.
 */
final class BodyRoom extends ChannelInboundHandlerAdapter {
  private static final Duration UPLOAD_TIME = Duration.ofMinutes(2);

  /** Pieces of at most 8 KiB that may come before it is known what is wanted. */
  private static final int MOST_HELD = 256;

  private final Dispatcher dispatcher;
  private final int usual;
  private final Semaphore uploads;
  private final HttpConnection connection;
  private final RequestDeadline deadline;
  private final Queue<Object> held = new ArrayDeque<>();
  private boolean asking;
  private boolean refused;
  private boolean uploading;
  private long room;

  BodyRoom(
      Dispatcher dispatcher,
      int usual,
      Semaphore uploads,
      HttpConnection connection,
      RequestDeadline deadline) {
    this.dispatcher = dispatcher;
    this.usual = usual;
    this.uploads = uploads;
    this.connection = connection;
    this.deadline = deadline;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (refused) {
      ReferenceCountUtil.release(message);
    } else if (asking && held.size() >= MOST_HELD) {
      ReferenceCountUtil.release(message);
      tooLarge(ctx, usual);
    } else if (asking) {
      held.add(message);
    } else {
      pass(ctx, message);
    }
  }

  private void pass(ChannelHandlerContext ctx, Object message) {
    if (message instanceof HttpRequest request && request.decoderResult().isSuccess()) {
      long announced = HttpUtil.getContentLength(request, -1L);
      if (announced > usual || HttpUtil.isTransferEncodingChunked(request)) {
        ask(ctx, request, announced);
        return;
      }
      room = usual;
    } else if (message instanceof HttpContent content && !take(ctx, content)) {
      ReferenceCountUtil.release(message);
      return;
    }
    ctx.fireChannelRead(message);
    if (message instanceof LastHttpContent) {
      done();
    }
  }

  private boolean take(ChannelHandlerContext ctx, HttpContent content) {
    room -= content.content().readableBytes();
    if (room >= 0) {
      return true;
    }
    tooLarge(ctx, uploading ? -1 : usual);
    return false;
  }

  private void ask(ChannelHandlerContext ctx, HttpRequest request, long announced) {
    asking = true;
    held.add(request);
    ctx.channel().config().setAutoRead(false);
    dispatcher
        .admitted(request, usual)
        .whenComplete(
            (most, failure) ->
                ctx.executor().execute(() -> answered(ctx, most, failure, announced)));
  }

  private void answered(
      ChannelHandlerContext ctx, Integer most, Throwable failure, long announced) {
    if (!ctx.channel().isActive() || refused) {
      drop();
      return;
    }
    asking = false;
    if (failure != null) {
      refuse(ctx, Dispatcher.answerOf(failure));
    } else if (announced > most) {
      tooLarge(ctx, most);
    } else if (most > usual && !uploads.tryAcquire()) {
      refuse(ctx, Answer.problem(Problem.busy()).with("Retry-After", "5"));
    } else {
      uploading = most > usual;
      room = most;
      if (uploading) {
        deadline.extend(ctx, UPLOAD_TIME);
      }
      Object first = held.poll();
      ctx.fireChannelRead(first);
      while (!held.isEmpty() && !asking && !refused) {
        pass(ctx, held.poll());
      }
      ctx.channel().config().setAutoRead(true);
    }
  }

  private void tooLarge(ChannelHandlerContext ctx, int most) {
    refuse(
        ctx,
        Answer.problem(
            Problem.of(
                413,
                "body-too-large",
                "The body is too large",
                most < 0
                    ? "it has more bytes than it may"
                    : "expected at most " + most + " bytes")));
  }

  private void refuse(ChannelHandlerContext ctx, Answer answer) {
    refused = true;
    drop();
    done();
    connection.refuse(ctx.pipeline().context(connection), answer);
    ctx.channel().config().setAutoRead(true);
  }

  private void drop() {
    held.forEach(ReferenceCountUtil::release);
    held.clear();
  }

  private void done() {
    if (uploading) {
      uploading = false;
      uploads.release();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    drop();
    done();
    ctx.fireChannelInactive();
  }
}
