package cti.bench.console;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/**
 * One console: the WebSocket upgrade and frames by hand (RFC 6455), so that hundreds of them cost
 * little beside the server that is measured. It looks at the first bytes of a frame only, and at
 * the whole of a pop.
 */
final class ConsoleSocket extends ByteToMessageDecoder {
  private static final int OPCODE_TEXT = 1;
  private static final int OPCODE_CLOSE = 8;
  private static final int OPCODE_PING = 9;
  private static final int OPCODE_PONG = 10;
  private static final int LOOKED_AT = 128;
  private static final String CHANGED_AT = "\"reason\":\"" + AskedTimes.REASON;
  private static final String EVENT = "\"event\":\"";
  private static final String LIVE = "GatewayLive\"";
  private static final String END = "CallCleared\"";
  private static final String NOT_READY = "AgentNotReady\"";
  private static final byte[] HEADERS_END = {'\r', '\n', '\r', '\n'};

  private final String request;
  private final String subscription;
  private final Tally tally;
  private boolean upgraded;
  private boolean live;
  private boolean settled;
  private boolean open;
  private long seq;
  private long gaps;
  private long callsEnded;
  private long changes;
  private int closeCode = 1006;

  /**
   * @param token of a session
   * @param subscription the frame that it sends first
   */
  ConsoleSocket(int port, String token, String subscription, Tally tally) {
    this.request =
        "GET /api/v1/stream HTTP/1.1\r\nHost: 127.0.0.1:"
            + port
            + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nAuthorization: Bearer "
            + token
            + "\r\n\r\n";
    this.subscription = subscription;
    this.tally = tally;
    // A frame of 100 KiB that comes in parts is not copied once a part.
    setCumulator(COMPOSITE_CUMULATOR);
  }

  boolean open() {
    return open;
  }

  boolean live() {
    return live && open;
  }

  /** Frames with the end of a call. */
  long callsEnded() {
    return callsEnded;
  }

  /** Changes of agents that it was told of. */
  long changes() {
    return changes;
  }

  void forgetChanges() {
    changes = 0;
  }

  /** The last record that it was told of. */
  long seq() {
    return seq;
  }

  /** Frames that do not follow on what it was told before. */
  long gaps() {
    return gaps;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    open = true;
    tally.opened(this);
    ctx.writeAndFlush(bytes(ctx, request));
  }

  @Override
  protected void handlerRemoved0(ChannelHandlerContext ctx) {
    if (open) {
      open = false;
      settle();
      tally.closed(closeCode);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) throws Exception {
    super.channelInactive(ctx);
    if (open) {
      open = false;
      settle();
      tally.closed(closeCode);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    tally.failed(cause);
    ctx.close();
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    if (!upgraded) {
      upgrade(ctx, in);
      return;
    }
    int start = in.readerIndex();
    if (in.readableBytes() < 2) {
      return;
    }
    int opcode = in.readByte() & 0x0F;
    long length = in.readByte() & 0x7F;
    int more = length == 126 ? 2 : length == 127 ? 8 : 0;
    if (in.readableBytes() < more) {
      in.readerIndex(start);
      return;
    }
    length = more == 2 ? in.readUnsignedShort() : more == 8 ? in.readLong() : length;
    if (in.readableBytes() < length) {
      in.readerIndex(start);
      return;
    }
    frame(ctx, opcode, in.readSlice((int) length));
  }

  private void settle() {
    if (!settled) {
      settled = true;
      tally.settled();
    }
  }

  private void upgrade(ChannelHandlerContext ctx, ByteBuf in) {
    int end =
        in.toString(StandardCharsets.US_ASCII)
            .indexOf(new String(HEADERS_END, StandardCharsets.US_ASCII));
    if (end < 0) {
      return;
    }
    String headers = in.readCharSequence(end + 4, StandardCharsets.US_ASCII).toString();
    if (!headers.startsWith("HTTP/1.1 101")) {
      throw new IllegalStateException("no upgrade but: " + headers.lines().findFirst().orElse(""));
    }
    upgraded = true;
    send(ctx, OPCODE_TEXT, subscription);
  }

  private void frame(ChannelHandlerContext ctx, int opcode, ByteBuf payload) {
    switch (opcode) {
      case OPCODE_PING -> send(ctx, OPCODE_PONG, payload.toString(StandardCharsets.UTF_8));
      case OPCODE_CLOSE -> {
        closeCode = payload.readableBytes() >= 2 ? payload.readUnsignedShort() : 1005;
        ctx.close();
      }
      default -> text(payload);
    }
  }

  private void text(ByteBuf payload) {
    tally.frame(payload.readableBytes());
    String begin =
        payload.toString(
            payload.readerIndex(),
            Math.min(LOOKED_AT, payload.readableBytes()),
            StandardCharsets.UTF_8);
    if (begin.startsWith("{\"type\":\"call\"") && begin.contains("\"event\":\"CallCleared\"")) {
      callsEnded++;
    } else if (begin.startsWith("{\"type\":\"changes\"")) {
      changes(begin, payload);
    } else if (begin.startsWith("{\"type\":\"live\"")) {
      settle();
      live = true;
      seq = number(begin, "\"seq\":");
    } else if (begin.startsWith("{\"type\":\"pop\",")) {
      String pop = payload.toString(StandardCharsets.UTF_8);
      tally.pop(value(pop, "\"id\":\""), Instant.parse(value(pop, "\"at\":\"")));
    }
  }

  private void changes(String begin, ByteBuf payload) {
    if (number(begin, "\"after\":") > seq) {
      gaps++;
    }
    seq = number(begin, "\"seq\":");
    // As Latin 1 it is copied and searched, not decoded; once, for it may be hundreds of KiB.
    String frames = payload.toString(StandardCharsets.ISO_8859_1);
    int at = frames.indexOf(EVENT);
    while (at >= 0) {
      int next = frames.indexOf(EVENT, at + EVENT.length());
      event(frames, at + EVENT.length(), next < 0 ? frames.length() : next);
      at = next;
    }
  }

  /** A frame inside: what happened stands first, then the view. */
  private void event(String frames, int from, int to) {
    if (frames.startsWith(END, from)) {
      callsEnded++;
    } else if (frames.startsWith(LIVE, from)) {
      tally.gatewayLive();
    } else if (frames.startsWith(NOT_READY, from)) {
      int reason = frames.indexOf(CHANGED_AT, from, to);
      if (reason >= 0) {
        changes++;
        tally.stateChanged((int) digits(frames, reason + CHANGED_AT.length()));
      }
    }
  }

  private static long number(String json, String before) {
    return digits(json, json.indexOf(before) + before.length());
  }

  private static long digits(String json, int from) {
    long number = 0;
    for (int i = from; i < json.length() && Character.isDigit(json.charAt(i)); i++) {
      number = number * 10 + (json.charAt(i) - '0');
    }
    return number;
  }

  private static String value(String json, String before) {
    int from = json.indexOf(before) + before.length();
    return json.substring(from, json.indexOf('"', from));
  }

  /** A frame of a client is masked; a mask of zeros leaves the payload as it is. */
  private static void send(ChannelHandlerContext ctx, int opcode, String text) {
    byte[] payload = text.getBytes(StandardCharsets.UTF_8);
    ByteBuf out = ctx.alloc().buffer(payload.length + 8);
    out.writeByte(0x80 | opcode);
    if (payload.length < 126) {
      out.writeByte(0x80 | payload.length);
    } else {
      out.writeByte(0x80 | 126).writeShort(payload.length);
    }
    out.writeInt(0).writeBytes(payload);
    ctx.writeAndFlush(out);
  }

  private static ByteBuf bytes(ChannelHandlerContext ctx, String text) {
    byte[] all = text.getBytes(StandardCharsets.US_ASCII);
    return ctx.alloc().buffer(all.length).writeBytes(all);
  }
}
