package cti.server.web.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client's connection: requests in, one answered after the other, in their order. */
final class HttpConnection extends ChannelInboundHandlerAdapter {
  private static final Logger log = LoggerFactory.getLogger(HttpConnection.class);
  private static final int PIPELINED_AT_MOST = 16;
  private static final Duration LINGER = Duration.ofSeconds(2);

  private final Dispatcher dispatcher;
  private final HttpLimits limits;
  private final ClientAddress clients;
  private final StreamStart streams;
  private final Queue<FullHttpRequest> waiting = new ArrayDeque<>();
  private boolean busy;
  private boolean closing;
  private FileSender sending;

  HttpConnection(
      Dispatcher dispatcher, HttpLimits limits, ClientAddress clients, StreamStart streams) {
    this.dispatcher = dispatcher;
    this.limits = limits;
    this.clients = clients;
    this.streams = streams;
  }

  /** Turns a connection into a stream; owns the request from then on. */
  @FunctionalInterface
  interface StreamStart {
    void start(ChannelHandlerContext ctx, FullHttpRequest request, Optional<SignedIn> who);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (!(message instanceof FullHttpRequest request) || closing) {
      ReferenceCountUtil.release(message);
      return;
    }
    if (waiting.size() >= PIPELINED_AT_MOST) {
      request.release();
      refuse(
          ctx,
          Problem.badRequest(
              "more than " + PIPELINED_AT_MOST + " requests wait on one connection"));
      return;
    }
    waiting.add(request);
    next(ctx);
  }

  private void next(ChannelHandlerContext ctx) {
    while (!busy && !closing && !waiting.isEmpty()) {
      busy = true;
      perform(ctx, waiting.remove());
    }
    // What a client sends ahead of its answers stays in the kernel's buffers.
    ctx.channel().config().setAutoRead(waiting.isEmpty());
  }

  private void perform(ChannelHandlerContext ctx, FullHttpRequest request) {
    Problem fault = faultOf(request);
    if (fault != null) {
      request.release();
      refuse(ctx, fault);
      return;
    }
    InetSocketAddress peer = (InetSocketAddress) ctx.channel().remoteAddress();
    String address = clients.of(peer.getAddress(), request.headers());
    dispatcher
        .handle(request, address)
        .whenComplete(
            (reaction, failure) -> {
              if (ctx.executor().inEventLoop()) {
                react(ctx, request, reaction);
              } else {
                ctx.executor().execute(() -> react(ctx, request, reaction));
              }
            });
  }

  private void react(ChannelHandlerContext ctx, FullHttpRequest request, Reaction reaction) {
    if (!ctx.channel().isActive()) {
      request.release();
      if (reaction instanceof Reaction.Passage(Reaction.Opening opening)) {
        opening.abandon();
      }
      return;
    }
    switch (reaction) {
      case Answer answer -> {
        boolean keep = HttpUtil.isKeepAlive(request);
        boolean head = request.method().equals(HttpMethod.HEAD);
        request.release();
        write(ctx, answer, keep, head);
        busy = false;
        next(ctx);
      }
      case FileAnswer file -> {
        boolean keep = HttpUtil.isKeepAlive(request);
        boolean head = request.method().equals(HttpMethod.HEAD);
        request.release();
        send(ctx, file, keep, head);
      }
      case Reaction.Upgrade(Optional<SignedIn> who) -> {
        closing = true;
        streams.start(ctx, request, who);
      }
      case Reaction.Passage(Reaction.Opening opening) -> {
        closing = true;
        opening.open(ctx, request);
      }
    }
  }

  private void send(ChannelHandlerContext ctx, FileAnswer file, boolean keep, boolean head) {
    sending = new FileSender();
    sending
        .send(ctx, file, keep, head)
        .addListener(
            sent -> {
              sending = null;
              if (!keep || !sent.isSuccess()) {
                closing = true;
                ctx.close();
                return;
              }
              busy = false;
              next(ctx);
            });
  }

  private Problem faultOf(FullHttpRequest request) {
    if (request.decoderResult().isFailure()) {
      return switch (request.decoderResult().cause()) {
        case TooLongHttpLineException e ->
            Problem.of(
                414,
                "target-too-long",
                "The request target is too long",
                "expected at most 4096 bytes");
        case TooLongHttpHeaderException e -> headersTooLarge();
        case TooLongFrameException e -> headersTooLarge();
        case null, default -> Problem.badRequest("this is no HTTP/1.1 request");
      };
    }
    if (request.protocolVersion().equals(HttpVersion.HTTP_1_1)
        && request.headers().getAll(HttpHeaderNames.HOST).size() != 1) {
      return Problem.badRequest(
          request.headers().getAll(HttpHeaderNames.HOST).size()
              + " Host headers, expected one (RFC 9112, 3.2)");
    }
    return null;
  }

  private Problem headersTooLarge() {
    return Problem.of(
        431,
        "headers-too-large",
        "The headers are too large",
        "expected at most " + limits.headerBytes() + " bytes");
  }

  /** Answers with a problem and closes. */
  void refuse(ChannelHandlerContext ctx, Problem problem) {
    refuse(ctx, Answer.problem(problem));
  }

  /** Answers and closes; what is still on its way is read and thrown away meanwhile. */
  void refuse(ChannelHandlerContext ctx, Answer answer) {
    if (!closing) {
      closing = true;
      write(ctx, answer, false, false, done -> linger(ctx));
    }
  }

  /**
   * A connection that is closed over what was not read is reset, and the reset takes the answer
   * with it before the client has read it (RFC 9112, 9.6). So only our side is closed, until the
   * client closes theirs or {@link #LINGER} is over.
   */
  private static void linger(ChannelHandlerContext ctx) {
    if (ctx.channel() instanceof DuplexChannel channel && channel.isActive()) {
      channel.shutdownOutput();
      channel.config().setAutoRead(true);
      ctx.executor().schedule(() -> ctx.close(), LINGER.toMillis(), TimeUnit.MILLISECONDS);
    } else {
      ctx.close();
    }
  }

  private void write(ChannelHandlerContext ctx, Answer answer, boolean keep, boolean head) {
    write(ctx, answer, keep, head, ChannelFutureListener.CLOSE);
  }

  private void write(
      ChannelHandlerContext ctx,
      Answer answer,
      boolean keep,
      boolean head,
      ChannelFutureListener last) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(answer.status()),
            head ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(answer.body()));
    HttpHeaders headers = response.headers();
    if (answer.status() != 204 && answer.status() != 304) {
      headers.set(HttpHeaderNames.CONTENT_LENGTH, answer.body().length);
      headers.set(HttpHeaderNames.CONTENT_TYPE, answer.mediaType());
    }
    SecurityHeaders.add(headers);
    answer.headers().forEach(header -> headers.add(header.name(), header.value()));
    if (!headers.contains(HttpHeaderNames.CACHE_CONTROL)) {
      headers.set(HttpHeaderNames.CACHE_CONTROL, "no-store");
    }
    headers.set(
        HttpHeaderNames.CONNECTION, keep ? HttpHeaderValues.KEEP_ALIVE : HttpHeaderValues.CLOSE);
    ChannelFuture written = ctx.writeAndFlush(response);
    if (!keep) {
      closing = true;
      written.addListener(last);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
    if (event instanceof IdleStateEvent) {
      if (!busy || (sending != null && !sending.moved())) {
        ctx.close();
      }
    } else if (event instanceof RequestDeadline.Missed) {
      refuse(
          ctx,
          Problem.of(
              408,
              "request-timeout",
              "The request took too long to arrive",
              "expected within " + limits.requestTime().toSeconds() + " s"));
    } else {
      super.userEventTriggered(ctx, event);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    switch (cause) {
      case IOException e -> ctx.close();
      // The client broke off in the middle of a request.
      case PrematureChannelClosureException e -> ctx.close();
      case DecoderException e -> refuse(ctx, Problem.badRequest("this is no HTTP/1.1 request"));
      default -> {
        log.error("web: connection from {} failed", ctx.channel().remoteAddress(), cause);
        ctx.close();
      }
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    dropWaiting();
    ctx.fireChannelInactive();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    dropWaiting();
  }

  private void dropWaiting() {
    waiting.forEach(FullHttpRequest::release);
    waiting.clear();
  }
}
