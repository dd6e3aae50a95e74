package cti.server.ami;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * Cuts the byte stream of one connection into an {@link AmiBanner} and then {@link AmiMessage}s,
 * handed on in the order of the stream. A message ends at an empty line; lines end with CRLF, a
 * bare LF is taken too. Past a bound, or where the first line is no banner, it hands on one {@link
 * AmiProtocolException} and reads no further.
 *
 * <p>Bytes are searched eight at a time for line ends, each byte once, however the stream is cut
 * into reads; headers are left for {@link AmiMessage} to find.
 */
public final class AmiDecoder extends ChannelInboundHandlerAdapter {
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long LINE_ENDS = 0x0A0A0A0A0A0A0A0AL;
  private static final long LOW_BITS = 0x7F7F7F7F7F7F7F7FL;
  private static final int INITIAL_BYTES = 16 * 1024;
  private static final int KEPT_BYTES = 256 * 1024;
  private static final int SHOWN_CHARACTERS = 60;

  private final int maxLineBytes;
  private final int maxMessageBytes;
  private final LongSupplier nanoTime;
  private final AmiCounters counters;

  private byte[] buffer = new byte[INITIAL_BYTES];
  private int end;
  private int messageStart;
  private int lineStart;
  private int[] lines = new int[64];
  private int lineCount;
  private boolean greeted;
  private boolean failed;

  /**
   * @param nanoTime the monotonic clock that stamps messages
   * @param counters gets the bytes, events and responses read
   */
  public AmiDecoder(AmiBounds bounds, LongSupplier nanoTime, AmiCounters counters) {
    this.maxLineBytes = bounds.maxLineBytes();
    this.maxMessageBytes = bounds.maxMessageBytes();
    this.nanoTime = nanoTime;
    this.counters = counters;
  }

  /** Bytes of a message whose end has not come yet. */
  int pendingBytes() {
    return end - messageStart;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object read) {
    if (!(read instanceof ByteBuf bytes)) {
      context.fireChannelRead(read);
      return;
    }
    int searchFrom = end;
    try {
      if (failed) {
        return;
      }
      append(bytes);
    } finally {
      bytes.release();
    }
    try {
      search(context, searchFrom);
    } catch (AmiProtocolException failure) {
      failed = true;
      buffer = new byte[0];
      end = 0;
      messageStart = 0;
      context.fireExceptionCaught(failure);
    }
  }

  private void append(ByteBuf bytes) {
    int length = bytes.readableBytes();
    if (length > buffer.length - end) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, end + length));
    }
    bytes.readBytes(buffer, end, length);
    end += length;
    counters.bytesRead.add(length);
  }

  private void search(ChannelHandlerContext context, int searchFrom) {
    long now = nanoTime.getAsLong();
    int at = searchFrom;
    for (; at <= end - Long.BYTES; at += Long.BYTES) {
      long word = (long) WORD.get(buffer, at) ^ LINE_ENDS;
      // The high bit of each byte that was LF; exact, unlike the shorter subtract-and-mask form.
      long found = ~(((word & LOW_BITS) + LOW_BITS) | word | LOW_BITS);
      while (found != 0) {
        lineEnd(context, at + (Long.numberOfTrailingZeros(found) >>> 3), now);
        found &= found - 1;
      }
    }
    for (; at < end; at++) {
      if (buffer[at] == '\n') {
        lineEnd(context, at, now);
      }
    }
    checkLine(end - lineStart - 1);
    checkMessage(end - messageStart - 2);
    dropHandedOn();
  }

  private void lineEnd(ChannelHandlerContext context, int lineFeed, long now) {
    boolean carriageReturn = lineFeed > lineStart && buffer[lineFeed - 1] == '\r';
    int length = lineFeed - lineStart - (carriageReturn ? 1 : 0);
    checkLine(length);
    if (!greeted) {
      AmiBanner banner = banner(length);
      greeted = true;
      nextMessage(lineFeed + 1);
      context.fireChannelRead(banner);
    } else if (length > 0) {
      if (lineCount == lines.length) {
        lines = Arrays.copyOf(lines, lineCount * 2);
      }
      lines[lineCount++] = lineStart - messageStart;
      lineStart = lineFeed + 1;
      checkMessage(lineStart - messageStart);
    } else if (lineCount > 0) {
      AmiMessage message = message(now);
      nextMessage(lineFeed + 1);
      context.fireChannelRead(message);
    } else {
      nextMessage(lineFeed + 1);
    }
  }

  private AmiMessage message(long now) {
    byte[] bytes = Arrays.copyOfRange(buffer, messageStart, lineStart);
    int[] starts = Arrays.copyOf(lines, lineCount + 1);
    starts[lineCount] = bytes.length;
    AmiMessage message = new AmiMessage(bytes, starts, now);
    switch (message.type()) {
      case EVENT -> counters.events.increment();
      case RESPONSE -> counters.responses.increment();
      case UNKNOWN -> counters.unknownMessages.increment();
    }
    return message;
  }

  private AmiBanner banner(int length) {
    String line = new String(buffer, lineStart, length, StandardCharsets.UTF_8);
    if (!line.startsWith(AmiBanner.PREFIX) || line.length() == AmiBanner.PREFIX.length()) {
      throw new AmiProtocolException(
          "the first line is '"
              + shown(line)
              + "': expected '"
              + AmiBanner.PREFIX
              + "<version>'; is this the port of an Asterisk manager interface?");
    }
    return new AmiBanner(line.substring(AmiBanner.PREFIX.length()).strip());
  }

  private void nextMessage(int start) {
    messageStart = start;
    lineStart = start;
    lineCount = 0;
  }

  /** Moves the start of an unfinished message to the front; there is mostly little or none. */
  private void dropHandedOn() {
    if (messageStart == 0) {
      return;
    }
    int pending = end - messageStart;
    byte[] target =
        buffer.length > KEPT_BYTES && pending < INITIAL_BYTES ? new byte[INITIAL_BYTES] : buffer;
    System.arraycopy(buffer, messageStart, target, 0, pending);
    buffer = target;
    lineStart -= messageStart;
    messageStart = 0;
    end = pending;
  }

  private void checkLine(int length) {
    if (length > maxLineBytes) {
      throw new AmiProtocolException(
          "a line of the gateway is longer than maxLineBytes = "
              + maxLineBytes
              + "; its header is '"
              + headerName()
              + "'");
    }
  }

  private void checkMessage(int length) {
    if (length > maxMessageBytes) {
      throw new AmiProtocolException(
          "a message of the gateway is longer than maxMessageBytes = "
              + maxMessageBytes
              + "; it has "
              + lineCount
              + " lines so far");
    }
  }

  /** Only the name: a value may be nobody's business. */
  private String headerName() {
    int most = Math.min(end, lineStart + SHOWN_CHARACTERS);
    for (int at = lineStart; at < most; at++) {
      if (buffer[at] == ':') {
        return shown(new String(buffer, lineStart, at - lineStart, StandardCharsets.UTF_8));
      }
    }
    return "(none)";
  }

  private static String shown(String line) {
    String start = line.length() > SHOWN_CHARACTERS ? line.substring(0, SHOWN_CHARACTERS) : line;
    return start.replaceAll("\\p{Cntrl}", "?");
  }
}
