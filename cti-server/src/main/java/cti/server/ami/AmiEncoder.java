package cti.server.ami;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.MessageToByteEncoder;

/** Writes actions. What must not stand in a header was refused when the action was made. */
@Sharable
final class AmiEncoder extends MessageToByteEncoder<AmiRequest> {
  AmiEncoder() {
    super(AmiRequest.class);
  }

  @Override
  protected void encode(ChannelHandlerContext context, AmiRequest request, ByteBuf out) {
    encode(request, out);
  }

  static void encode(AmiRequest request, ByteBuf out) {
    line("Action", request.action().name(), out);
    line("ActionID", request.actionId(), out);
    for (AmiHeader header : request.action().headers()) {
      line(header.name(), header.value(), out);
    }
    out.writeByte('\r').writeByte('\n');
  }

  private static void line(String name, String value, ByteBuf out) {
    ByteBufUtil.writeUtf8(out, name);
    out.writeByte(':').writeByte(' ');
    ByteBufUtil.writeUtf8(out, value);
    out.writeByte('\r').writeByte('\n');
  }
}
