package cti.server.ami;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.Optional;

/** One connection, or one attempt at it: tells its owner what comes, until it is abandoned. */
final class AmiSession extends ChannelInboundHandlerAdapter {
  /** Told on the event loop. */
  interface Owner {
    void connected();

    void greeted(AmiBanner banner);

    void received(AmiMessage message);

    /** The other side closed; the detail says whether a message was cut. */
    void closed(String detail);

    void failed(Throwable cause);
  }

  private final Owner owner;
  private Channel channel;
  private boolean abandoned;

  AmiSession(Owner owner) {
    this.owner = owner;
  }

  boolean wanted() {
    return !abandoned;
  }

  /** Closes the connection, or keeps it from being opened; the owner hears no more of it. */
  void abandon() {
    abandoned = true;
    if (channel != null) {
      channel.close();
    }
  }

  Optional<Channel> channel() {
    return Optional.ofNullable(channel);
  }

  void write(String actionId, AmiAction action) {
    // A write that fails ends the connection, which is told as its end.
    channel.writeAndFlush(new AmiRequest(actionId, action), channel.voidPromise());
  }

  boolean isReading() {
    return channel.config().isAutoRead();
  }

  void reading(boolean on) {
    if (channel != null) {
      channel.config().setAutoRead(on);
    }
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    channel = context.channel();
    if (abandoned) {
      channel.close();
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    if (wanted()) {
      owner.connected();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object read) {
    if (!wanted()) {
      return;
    }
    switch (read) {
      case AmiMessage message -> owner.received(message);
      case AmiBanner banner -> owner.greeted(banner);
      default -> throw new IllegalStateException("the decoder handed on " + read.getClass());
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (wanted()) {
      int pending = context.pipeline().get(AmiDecoder.class).pendingBytes();
      owner.closed(pending == 0 ? "end of stream" : "after " + pending + " bytes of a message");
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (wanted()) {
      owner.failed(cause);
    }
  }
}
