package cti.server.web.softphone;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/** Makes WebSocket connections to the gateway, one for each phone in a browser. */
final class SipLines implements AutoCloseable {
  /** As much as one message of SIP may have; Asterisk takes no more. */
  static final int MESSAGE_BYTES = 65_536;

  static final String PROTOCOL = "sip";
  private static final int CONNECT_MILLIS = 3_000;

  private final URI address;
  private final SslContext tls;
  private final EventLoopGroup threads =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("cti-sip-io"), NioIoHandler.newFactory());

  /**
   * @throws IllegalArgumentException where the certificate cannot be read
   */
  SipLines(SipLineSettings settings) {
    this.address = settings.address();
    this.tls = address.getScheme().equals("wss") ? tls(settings) : null;
  }

  private static SslContext tls(SipLineSettings settings) {
    try {
      SslContextBuilder builder =
          SslContextBuilder.forClient().endpointIdentificationAlgorithm("HTTPS");
      settings.trustCertificate().ifPresent(file -> builder.trustManager(file.toFile()));
      return builder.build();
    } catch (SSLException e) {
      throw new IllegalArgumentException(
          "gateway.softphone.trust-certificate: " + e.getMessage(), e);
    }
  }

  private int port() {
    return address.getPort() > 0 ? address.getPort() : tls != null ? 443 : 80;
  }

  /** A connection that reads nothing yet; fails where the gateway cannot be reached. */
  CompletionStage<Channel> connect() {
    CompletableFuture<Channel> connected = new CompletableFuture<>();
    new Bootstrap()
        .group(threads)
        .channel(NioSocketChannel.class)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
        .handler(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel channel) {
                if (tls != null) {
                  channel
                      .pipeline()
                      .addLast(tls.newHandler(channel.alloc(), address.getHost(), port()));
                }
                channel
                    .pipeline()
                    .addLast(new HttpClientCodec())
                    .addLast(new HttpObjectAggregator(8_192))
                    .addLast(
                        new WebSocketClientProtocolHandler(
                            WebSocketClientProtocolConfig.newBuilder()
                                .webSocketUri(address)
                                .subprotocol(PROTOCOL)
                                .maxFramePayloadLength(MESSAGE_BYTES)
                                .handshakeTimeoutMillis(CONNECT_MILLIS)
                                .handleCloseFrames(false)
                                .build()))
                    .addLast(new WebSocketFrameAggregator(MESSAGE_BYTES))
                    .addLast("greeting", new Greeting(connected));
              }
            })
        .connect(address.getHost(), port())
        .addListener(
            done -> {
              if (!done.isSuccess()) {
                connected.completeExceptionally(done.cause());
              }
            });
    return connected;
  }

  /** Waits for the end of the handshake; then the connection is its new owner's. */
  private static final class Greeting extends ChannelInboundHandlerAdapter {
    private final CompletableFuture<Channel> connected;

    Greeting(CompletableFuture<Channel> connected) {
      this.connected = connected;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
      if (event == ClientHandshakeStateEvent.HANDSHAKE_COMPLETE) {
        ctx.channel().config().setAutoRead(false);
        connected.complete(ctx.channel());
      } else if (event == ClientHandshakeStateEvent.HANDSHAKE_TIMEOUT) {
        connected.completeExceptionally(
            new IllegalStateException("the gateway did not answer the handshake"));
        ctx.close();
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      connected.completeExceptionally(cause);
      ctx.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      connected.completeExceptionally(new IllegalStateException("the gateway hung up"));
    }
  }

  @Override
  public void close() {
    threads.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5_000);
  }
}
