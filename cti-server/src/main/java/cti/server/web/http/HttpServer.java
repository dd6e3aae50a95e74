package cti.server.web.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The listening socket, its connections and the two I/O threads. */
public final class HttpServer {
  static final int TARGET_BYTES = 4_096;

  /** Of any body; what a route takes is checked before. */
  private static final int MOST_BYTES = 64 << 20;

  private final Dispatcher dispatcher;
  private final HttpLimits limits;
  private final ClientAddress clients;
  private final HttpConnection.StreamStart streams;
  private final EventLoopGroup threads =
      new MultiThreadIoEventLoopGroup(
          2, new DefaultThreadFactory("cti-web-io"), NioIoHandler.newFactory());
  private final ChannelGroup connections = new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE);
  private final Semaphore uploads = new Semaphore(1);
  private Channel listener;

  public HttpServer(
      Dispatcher dispatcher, HttpLimits limits, ClientAddress clients, StreamOpener streams) {
    this.dispatcher = dispatcher;
    this.limits = limits;
    this.clients = clients;
    this.streams = streams::open;
  }

  /**
   * Turns a connection whose request asked for it into a stream; takes over the request. Nobody is
   * signed in where the route is open to everybody.
   */
  @FunctionalInterface
  public interface StreamOpener {
    void open(ChannelHandlerContext ctx, FullHttpRequest request, Optional<SignedIn> who);
  }

  /**
   * Listens.
   *
   * @return the port, which the system chose where {@code port} is 0
   * @throws PortInUseException where it cannot; nothing is left behind
   */
  public int start(String address, int port) {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(threads)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, 512)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(
                ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(32_768, 65_536))
            .childHandler(new Pipeline());
    ChannelFuture bound =
        bootstrap.bind(new InetSocketAddress(address, port)).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      stopThreads();
      throw new PortInUseException(address, port, bound.cause());
    }
    listener = bound.channel();
    return ((InetSocketAddress) listener.localAddress()).getPort();
  }

  /** Takes no more connections; those that are open stay. */
  public void stopListening() {
    if (listener != null) {
      listener.close().awaitUninterruptibly(2_000);
    }
  }

  /** Closes what is still open and ends the threads. */
  public void stop() {
    connections.close().awaitUninterruptibly(2_000);
    stopThreads();
  }

  private void stopThreads() {
    threads.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5_000);
  }

  public int connections() {
    return connections.size();
  }

  private final class Pipeline extends ChannelInitializer<SocketChannel> {
    @Override
    protected void initChannel(SocketChannel channel) {
      if (connections.size() >= limits.connections()) {
        channel.close();
        return;
      }
      connections.add(channel);
      HttpConnection connection = new HttpConnection(dispatcher, limits, clients, streams);
      RequestDeadline deadline = new RequestDeadline(limits.requestTime());
      channel
          .pipeline()
          .addLast("deadline", deadline)
          .addLast(
              "idle", new IdleStateHandler(0, 0, limits.idle().toMillis(), TimeUnit.MILLISECONDS))
          .addLast("codec", new HttpServerCodec(TARGET_BYTES, limits.headerBytes(), 8_192))
          .addLast(
              "room", new BodyRoom(dispatcher, limits.bodyBytes(), uploads, connection, deadline))
          .addLast("whole", new WholeRequest(MOST_BYTES, connection))
          .addLast(
              "arrived",
              new ChannelInboundHandlerAdapter() {
                @Override
                public void channelRead(ChannelHandlerContext ctx, Object message) {
                  deadline.arrived();
                  ctx.fireChannelRead(message);
                }
              })
          .addLast("connection", connection);
    }
  }

  /** Gathers a request; {@link BodyRoom} stands before it. */
  private static final class WholeRequest extends HttpObjectAggregator {
    private final int limit;
    private final HttpConnection connection;

    WholeRequest(int limit, HttpConnection connection) {
      super(limit);
      this.limit = limit;
      this.connection = connection;
    }

    @Override
    protected void handleOversizedMessage(ChannelHandlerContext ctx, HttpMessage oversized) {
      connection.refuse(
          ctx,
          Problem.of(
              413,
              "body-too-large",
              "The body is too large",
              "expected at most " + limit + " bytes"));
    }
  }
}
