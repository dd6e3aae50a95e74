package cti.server.web.stream;

import cti.core.engine.Reply;
import cti.core.engine.Reply.Accepted;
import cti.core.engine.Reply.Refusal;
import cti.core.port.LatencySink;
import cti.server.web.http.Fault;
import cti.server.web.http.Json;
import cti.server.web.http.Problem;
import cti.server.web.http.RateLimiter;
import cti.server.web.http.SignedIn;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameEncoder;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client's stream. Lives on its I/O thread; {@link #send} may come from anywhere. */
final class StreamSocket extends SimpleChannelInboundHandler<WebSocketFrame>
    implements StreamClient {
  private static final Logger log = LoggerFactory.getLogger(StreamSocket.class);
  private static final int COMMANDS_AT_ONCE = 16;
  private static final int SILENT_PINGS = 3;

  private final SignedIn who;
  private final Services services;
  private final Outbox outbox;
  private final AtomicBoolean draining = new AtomicBoolean();
  private volatile Channel channel;

  /** Where bytes go that are WebSocket frames already. */
  private ChannelHandlerContext behindEncoder;

  private boolean closing;
  private int commandsUnderWay;
  private int unansweredPings;

  /** What streams need from outside. */
  record Services(
      LiveFeed feed,
      CommandsFor commands,
      SessionWatch sessions,
      LatencySink latency,
      StreamRules rules,
      RateLimiter rates,
      Counts counts) {}

  /** What happened to streams, for monitors. */
  record Counts(LongAdder tooSlow, LongAdder coalesced) {
    Counts() {
      this(new LongAdder(), new LongAdder());
    }
  }

  /** Whether sessions last. */
  interface SessionWatch {
    boolean lasts(String sessionKey);

    void used(String sessionKey);
  }

  StreamSocket(SignedIn who, Services services) {
    super(WebSocketFrame.class);
    this.who = who;
    this.services = services;
    this.outbox = new Outbox(services.rules().outbox(), services.counts().coalesced());
  }

  @Override
  public SignedIn who() {
    return who;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    channel = ctx.channel();
    long every = services.rules().pingEvery().toMillis();
    ctx.executor().schedule(() -> heartbeat(ctx, every), every, TimeUnit.MILLISECONDS);
  }

  private void heartbeat(ChannelHandlerContext ctx, long every) {
    if (closing || !channel.isActive()) {
      return;
    }
    if (!services.sessions().lasts(who.sessionKey())) {
      close(CloseCode.SESSION_EXPIRED);
      return;
    }
    if (unansweredPings >= SILENT_PINGS) {
      close(CloseCode.PEER_SILENT);
      return;
    }
    unansweredPings++;
    ctx.writeAndFlush(new PingWebSocketFrame());
    ctx.executor().schedule(() -> heartbeat(ctx, every), every, TimeUnit.MILLISECONDS);
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) {
    if (closing) {
      return;
    }
    unansweredPings = 0;
    switch (frame) {
      case TextWebSocketFrame text -> {
        services.sessions().used(who.sessionKey());
        read(ByteBufUtil.getBytes(text.content()));
      }
      case PingWebSocketFrame ping ->
          ctx.writeAndFlush(new PongWebSocketFrame(ping.content().retain()));
      case PongWebSocketFrame pong -> {
        // It showed that the client is there.
      }
      case CloseWebSocketFrame close -> {
        closing = true;
        outbox.close();
        ctx.writeAndFlush(close.retain()).addListener(ChannelFutureListener.CLOSE);
      }
      default -> close(CloseCode.UNSUPPORTED_DATA);
    }
  }

  private void read(byte[] text) {
    if (!services.sessions().lasts(who.sessionKey())) {
      close(CloseCode.SESSION_EXPIRED);
      return;
    }
    // A frame counts as a request does.
    if (services.rates().take(Optional.of(who), "").isPresent()) {
      close(CloseCode.TRY_AGAIN);
      return;
    }
    ClientFrame frame;
    try {
      frame = ClientFrame.read(text, who, services.feed().views());
    } catch (Fault e) {
      closeAfter(CloseCode.BAD_FRAME, e.problem());
      return;
    }
    switch (frame) {
      case ClientFrame.Subscribe subscribe -> subscribe(subscribe);
      case ClientFrame.Ping() -> {
        if (!services.feed().pong(this)) {
          close(CloseCode.TRY_AGAIN);
        }
      }
      case ClientFrame.Command command -> command(command);
      case ClientFrame.RefusedCommand(String id, Problem problem) ->
          reply(id, new Refusal(problem.type(), problem.detail()));
    }
  }

  private void subscribe(ClientFrame.Subscribe subscribe) {
    for (Topic topic : subscribe.topics()) {
      if (!topic.allowedTo(who.account())) {
        closeAfter(
            CloseCode.FORBIDDEN_TOPIC,
            Problem.forbidden(
                "topic "
                    + topic.name().toLowerCase(Locale.ROOT)
                    + ", expected an agent or a supervisor"));
        return;
      }
    }
    if (!services
        .feed()
        .subscribe(this, subscribe.topics(), subscribe.gather(), subscribe.resume())) {
      close(CloseCode.TRY_AGAIN);
    }
  }

  private void command(ClientFrame.Command command) {
    if (commandsUnderWay >= COMMANDS_AT_ONCE) {
      reply(
          command.id(),
          new Refusal(
              "too-many-commands",
              commandsUnderWay + " commands are under way, expected at most " + COMMANDS_AT_ONCE));
      return;
    }
    commandsUnderWay++;
    CompletableFuture<Reply> reply =
        services.commands().give(who.account(), command.command(), Optional.empty());
    reply.thenAccept(
        answer ->
            channel
                .eventLoop()
                .execute(
                    () -> {
                      commandsUnderWay--;
                      reply(command.id(), answer);
                    }));
  }

  private void reply(String id, Reply reply) {
    ServerFrame frame =
        switch (reply) {
          case Accepted() -> new ServerFrame.CommandReply(id, true, Optional.empty());
          case Refusal(String refusal, String message) ->
              new ServerFrame.CommandReply(
                  id, false, Optional.of(new ServerFrame.Refused(refusal, message)));
        };
    send(Parcel.message(Json.bytes(frame)));
  }

  @Override
  public void send(Parcel parcel) {
    if (!outbox.offer(parcel)) {
      outbox.close();
      channel.eventLoop().execute(() -> close(CloseCode.TOO_SLOW));
    } else if (draining.compareAndSet(false, true)) {
      channel.eventLoop().execute(this::drain);
    }
  }

  private ChannelHandlerContext behindEncoder() {
    if (behindEncoder == null) {
      behindEncoder = channel.pipeline().context(WebSocketFrameEncoder.class);
    }
    return behindEncoder;
  }

  private void drain() {
    draining.set(false);
    boolean wrote = false;
    while (!closing && channel.isWritable()) {
      Parcel parcel = outbox.poll();
      if (parcel == null) {
        break;
      }
      wrote = true;
      ChannelFuture written = behindEncoder().write(parcel.bytes());
      if (parcel.receivedNanos() != 0) {
        written.addListener(
            done -> {
              if (done.isSuccess()) {
                services.latency().record(System.nanoTime() - parcel.receivedNanos());
              }
            });
      }
    }
    if (wrote) {
      channel.flush();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (channel.isWritable()) {
      drain();
    }
    ctx.fireChannelWritabilityChanged();
  }

  /** Says what was wrong, then closes. */
  private void closeAfter(CloseCode code, Problem problem) {
    ServerFrame fault = new ServerFrame.Fault(code.code(), problem.type(), problem.detail());
    channel.write(new TextWebSocketFrame(Unpooled.wrappedBuffer(Json.bytes(fault))));
    close(code);
  }

  /** Closes with a code; a client that does not take it in time is cut off. From any thread. */
  void close(CloseCode code) {
    if (!channel.eventLoop().inEventLoop()) {
      channel.eventLoop().execute(() -> close(code));
      return;
    }
    if (closing) {
      return;
    }
    closing = true;
    if (code == CloseCode.TOO_SLOW) {
      services.counts().tooSlow().increment();
    }
    log.info("web: stream user={} closed: {} {}", who.account().user(), code.code(), code.reason());
    services.feed().unsubscribe(this);
    outbox.close();
    channel
        .writeAndFlush(new CloseWebSocketFrame(code.code(), code.reason()))
        .addListener(
            done -> {
              // Give the client the time to answer the close before the socket goes (RFC 6455,
              // 7.1.1).
              channel.eventLoop().schedule(() -> channel.close(), 200, TimeUnit.MILLISECONDS);
            });
    channel
        .eventLoop()
        .schedule(
            () -> channel.close(),
            services.rules().closeWithin().toMillis(),
            TimeUnit.MILLISECONDS);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    closing = true;
    outbox.close();
    services.feed().unsubscribe(this);
    ctx.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    switch (cause) {
      case IOException e -> ctx.close();
      // The client broke off in the middle of a message.
      case PrematureChannelClosureException e -> ctx.close();
      case TooLongFrameException e -> close(CloseCode.TOO_BIG);
      case CorruptedWebSocketFrameException e -> {
        // The codec has answered with the code of RFC 6455, 7.4.1 and closes.
        closing = true;
        outbox.close();
        services.feed().unsubscribe(this);
      }
      default -> {
        log.error("web: stream user={} failed", who.account().user(), cause);
        ctx.close();
      }
    }
  }
}
