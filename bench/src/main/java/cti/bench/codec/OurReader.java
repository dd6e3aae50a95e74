package cti.bench.codec;

import cti.server.ami.AmiBounds;
import cti.server.ami.AmiCounters;
import cti.server.ami.AmiDecoder;
import cti.server.ami.AmiMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;

/** Our decoder, with the headers read that most inputs of the engine need. */
final class OurReader {
  /** What a read of the link's socket brings at most. */
  private static final int READ_BYTES = 64 * 1024;

  private static final String[] HEADERS = {
    "Event", "Timestamp", "Uniqueid", "Linkedid", "Channel", "CallerIDNum", "Exten", "Queue"
  };

  private long characters;
  private int events;

  /**
   * Reads a stream to its end.
   *
   * @return events read
   */
  int read(byte[] stream) {
    events = 0;
    EmbeddedChannel channel =
        new EmbeddedChannel(
            new AmiDecoder(AmiBounds.DEFAULT, System::nanoTime, new AmiCounters()), new Take());
    ByteBuf whole = Unpooled.wrappedBuffer(stream);
    while (whole.isReadable()) {
      channel.writeInbound(whole.readRetainedSlice(Math.min(READ_BYTES, whole.readableBytes())));
    }
    whole.release();
    channel.finishAndReleaseAll();
    return events;
  }

  /** What the headers had in all: nothing of the work can be left out. */
  long characters() {
    return characters;
  }

  private final class Take extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object read) {
      if (read instanceof AmiMessage message && message.isEvent()) {
        events++;
        for (String name : HEADERS) {
          String value = message.get(name);
          characters += value == null ? 0 : value.length();
        }
      }
    }
  }
}
