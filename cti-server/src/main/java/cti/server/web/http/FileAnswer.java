package cti.server.web.http;

import cti.server.web.http.ByteRanges.Span;
import java.nio.file.Path;
import java.util.List;

/**
 * Parts of a file as an answer; its bytes go from the disk to the socket and never through the
 * heap.
 *
 * @param status 200 or 206
 * @param size of the whole file
 * @param spans what is sent, in this order; with several the body is multipart/byteranges
 * @param headers to add
 */
public record FileAnswer(
    int status,
    String mediaType,
    Path file,
    long size,
    List<Span> spans,
    List<Answer.Header> headers)
    implements Reaction {
  public FileAnswer {
    spans = List.copyOf(spans);
    headers = List.copyOf(headers);
  }
}
