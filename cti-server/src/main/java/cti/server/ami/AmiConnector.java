package cti.server.ami;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.NetUtil;
import java.io.File;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLException;

/** Makes connections with the protocol's handlers in place; all of them on one event loop. */
final class AmiConnector {
  private static final AmiEncoder ENCODER = new AmiEncoder();

  private final AmiLinkConfig config;
  private final EventLoop loop;
  private final LongSupplier nanoTime;
  private final AmiCounters counters;
  private final Optional<SslContext> tls;

  /**
   * @throws IllegalArgumentException where the trust file holds no certificates
   */
  AmiConnector(AmiLinkConfig config, EventLoop loop, LongSupplier nanoTime, AmiCounters counters) {
    this.config = config;
    this.loop = loop;
    this.nanoTime = nanoTime;
    this.counters = counters;
    this.tls = config.endpoint().tls().map(AmiConnector::tls);
  }

  /**
   * Connects. Success shows as the session's channelActive.
   *
   * @param session the last handler of the pipeline
   * @param refused told on the event loop why there is no connection
   */
  void connect(AmiSession session, Consumer<Throwable> refused) {
    String host = config.endpoint().host();
    byte[] literal = NetUtil.createByteArrayFromIpAddressString(host);
    if (literal != null) {
      try {
        open(InetAddress.getByAddress(host, literal), session, refused);
      } catch (UnknownHostException impossible) {
        throw new IllegalStateException("address of " + host, impossible);
      }
      return;
    }
    // A look-up may block for long: never on the event loop, which serves other connections too.
    Thread.ofVirtual()
        .name("ami-lookup-" + host)
        .start(
            () -> {
              try {
                InetAddress address = InetAddress.getByName(host);
                onLoop(
                    () -> {
                      if (session.wanted()) {
                        open(address, session, refused);
                      }
                    });
              } catch (UnknownHostException unknown) {
                onLoop(() -> refused.accept(new UnknownHostException("unknown host " + host)));
              }
            });
  }

  private void onLoop(Runnable task) {
    try {
      loop.execute(task);
    } catch (RejectedExecutionException loopHasEnded) {
      // The process is going down; nobody waits for this connection any more.
      return;
    }
  }

  private void open(InetAddress address, AmiSession session, Consumer<Throwable> refused) {
    AmiTimings timings = config.timings();
    new Bootstrap()
        .group(loop)
        .channel(NioSocketChannel.class)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.SO_KEEPALIVE, true)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) timings.connect().toMillis())
        .option(
            ChannelOption.RECVBUF_ALLOCATOR,
            new AdaptiveRecvByteBufAllocator(2 * 1024, 16 * 1024, 64 * 1024))
        .handler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) {
                tls.ifPresent(context -> channel.pipeline().addLast(tlsHandler(context, channel)));
                channel
                    .pipeline()
                    .addLast(new AmiDecoder(config.bounds(), nanoTime, counters), ENCODER, session);
              }
            })
        .connect(new InetSocketAddress(address, config.endpoint().port()))
        .addListener(
            done -> {
              if (!done.isSuccess()) {
                refused.accept(done.cause());
              }
            });
  }

  private SslHandler tlsHandler(SslContext context, Channel channel) {
    ByteBufAllocator allocator = channel.alloc();
    SslHandler handler =
        context.newHandler(allocator, config.endpoint().host(), config.endpoint().port());
    handler.setHandshakeTimeoutMillis(config.timings().login().toMillis());
    return handler;
  }

  private static SslContext tls(AmiEndpoint.Tls settings) {
    Optional<File> trust = settings.trustFile().map(Path::toFile);
    try {
      return SslContextBuilder.forClient()
          .trustManager(trust.orElse(null))
          .endpointIdentificationAlgorithm(settings.checkHostname() ? "HTTPS" : "")
          .build();
    } catch (SSLException | IllegalArgumentException unusable) {
      throw new IllegalArgumentException(
          "trust file "
              + trust.map(File::getPath).orElse("of the Java runtime")
              + " cannot be used: expected PEM certificates ("
              + unusable.getMessage()
              + ")",
          unusable);
    }
  }
}
