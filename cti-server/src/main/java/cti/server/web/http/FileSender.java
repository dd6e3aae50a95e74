package cti.server.web.http;

import cti.server.web.http.ByteRanges.Span;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.DefaultFileRegion;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Sends a {@link FileAnswer}: file regions, which the system copies from disk to socket. */
final class FileSender {
  private final List<DefaultFileRegion> regions = new ArrayList<>();
  private long seen = -1;

  /** Writes all of it; completes when the last byte is with the system, or the socket failed. */
  ChannelFuture send(ChannelHandlerContext ctx, FileAnswer answer, boolean keep, boolean head) {
    String boundary = UUID.randomUUID().toString();
    boolean several = answer.spans().size() > 1;
    DefaultHttpResponse response =
        new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(answer.status()));
    HttpHeaders headers = response.headers();
    headers.set(
        HttpHeaderNames.CONTENT_TYPE,
        several ? "multipart/byteranges; boundary=" + boundary : answer.mediaType());
    headers.set(HttpHeaderNames.CONTENT_LENGTH, length(answer, boundary));
    if (answer.status() == 206 && !several) {
      headers.set(HttpHeaderNames.CONTENT_RANGE, contentRange(answer, answer.spans().getFirst()));
    }
    SecurityHeaders.add(headers);
    answer.headers().forEach(header -> headers.add(header.name(), header.value()));
    if (!headers.contains(HttpHeaderNames.CACHE_CONTROL)) {
      headers.set(HttpHeaderNames.CACHE_CONTROL, "no-store");
    }
    headers.set(
        HttpHeaderNames.CONNECTION, keep ? HttpHeaderValues.KEEP_ALIVE : HttpHeaderValues.CLOSE);
    ctx.write(response);
    if (!head) {
      for (Span span : answer.spans()) {
        if (several) {
          ctx.write(text(partHead(answer, span, boundary)));
        }
        DefaultFileRegion region =
            new DefaultFileRegion(answer.file().toFile(), span.first(), span.length());
        // Released by its write; only its count of bytes is read here.
        regions.add(region);
        ctx.write(region).addListener(written -> closeWhereFailed(ctx, written.isSuccess()));
      }
      if (several) {
        ctx.write(text(end(boundary)));
      }
    }
    return ctx.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
  }

  /** A file that vanished half-way: the length was promised, so the connection must end. */
  private static void closeWhereFailed(ChannelHandlerContext ctx, boolean written) {
    if (!written) {
      ctx.close();
    }
  }

  /** Whether anything was sent since this was asked last. */
  boolean moved() {
    long now = regions.stream().mapToLong(DefaultFileRegion::transferred).sum();
    boolean moved = now != seen;
    seen = now;
    return moved;
  }

  private static long length(FileAnswer answer, String boundary) {
    long length = answer.spans().stream().mapToLong(Span::length).sum();
    if (answer.spans().size() > 1) {
      for (Span span : answer.spans()) {
        length += partHead(answer, span, boundary).length();
      }
      length += end(boundary).length();
    }
    return length;
  }

  private static DefaultHttpContent text(String ascii) {
    return new DefaultHttpContent(
        Unpooled.wrappedBuffer(ascii.getBytes(StandardCharsets.US_ASCII)));
  }

  private static String partHead(FileAnswer answer, Span span, String boundary) {
    return "\r\n--"
        + boundary
        + "\r\nContent-Type: "
        + answer.mediaType()
        + "\r\nContent-Range: "
        + contentRange(answer, span)
        + "\r\n\r\n";
  }

  private static String end(String boundary) {
    return "\r\n--" + boundary + "--\r\n";
  }

  private static String contentRange(FileAnswer answer, Span span) {
    return "bytes " + span + "/" + answer.size();
  }
}
