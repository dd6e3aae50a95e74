package cti.server.web.stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What goes to clients in one write: text messages with their WebSocket headers (RFC 6455, 5.2),
 * made once for all who get it. Immutable, except that the bytes are made when the first one wants
 * them. Thread-safe.
 */
final class Parcel {
  private static final int TEXT = 0x81;
  private static final int WORTH_DIRECT = 512;
  private static final byte[] COMMA = ",".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] END = "]}".getBytes(StandardCharsets.US_ASCII);

  private final List<Part> parts;
  private final Optional<Span> gathered;
  private final long receivedNanos;
  private final int length;
  private volatile ByteBuffer wire;

  /**
   * A frame as JSON.
   *
   * @param key what a later frame of the same key makes superfluous; empty for none
   */
  record Part(String key, byte[] json) {}

  /** The records that a frame {@code changes} stands for: those after {@code after}. */
  record Span(long after, long seq) {}

  private Parcel(List<Part> parts, Optional<Span> gathered, long receivedNanos) {
    this.parts = List.copyOf(parts);
    this.gathered = gathered;
    this.receivedNanos = receivedNanos;
    this.length = gathered.map(this::messageLength).orElseGet(this::messagesLength);
  }

  /**
   * A message for each part.
   *
   * @param receivedNanos as in PushSink, of the oldest of them; 0 where nothing of it is news
   */
  static Parcel messages(List<Part> parts, long receivedNanos) {
    return new Parcel(parts, Optional.empty(), receivedNanos);
  }

  static Parcel message(byte[] json) {
    return messages(List.of(new Part("", json)), 0);
  }

  /** One message of type {@code changes} with all parts. */
  static Parcel changes(Span span, List<Part> parts) {
    return new Parcel(parts, Optional.of(span), 0);
  }

  /** Messages in it. */
  int messages() {
    return gathered.isPresent() ? 1 : parts.size();
  }

  /** Bytes of it. */
  int length() {
    return length;
  }

  long receivedNanos() {
    return receivedNanos;
  }

  /**
   * Without the parts that newer ones make superfluous.
   *
   * @param newer keys of what comes later; those of this parcel are added
   * @return itself where nothing is
   */
  Parcel without(Set<String> newer) {
    List<Part> kept = new ArrayList<>(parts.size());
    for (Part part : parts.reversed()) {
      if (part.key().isEmpty() || newer.add(part.key())) {
        kept.add(part);
      }
    }
    if (kept.size() == parts.size()) {
      return this;
    }
    Collections.reverse(kept);
    return new Parcel(kept, gathered, receivedNanos);
  }

  /** Frames in it. */
  int size() {
    return parts.size();
  }

  /** Bytes for one client; they are shared, so that nobody may write into them. */
  ByteBuf bytes() {
    ByteBuffer made = wire;
    if (made == null) {
      made = make();
      wire = made;
    }
    return Unpooled.wrappedBuffer(made.duplicate());
  }

  private ByteBuffer make() {
    // Outside of the heap sockets take it as it is, where each write from the heap is a copy first;
    // worth the making where many get it.
    ByteBuffer out =
        gathered.isPresent() && length >= WORTH_DIRECT
            ? ByteBuffer.allocateDirect(length)
            : ByteBuffer.allocate(length);
    if (gathered.isPresent()) {
      byte[] head = head(gathered.get());
      header(out, payload(head));
      out.put(head);
      for (int i = 0; i < parts.size(); i++) {
        if (i > 0) {
          out.put(COMMA);
        }
        out.put(parts.get(i).json());
      }
      out.put(END);
    } else {
      for (Part part : parts) {
        header(out, part.json().length);
        out.put(part.json());
      }
    }
    return out.flip().asReadOnlyBuffer();
  }

  private static byte[] head(Span span) {
    return ("{\"type\":\"changes\",\"after\":"
            + span.after()
            + ",\"seq\":"
            + span.seq()
            + ",\"frames\":[")
        .getBytes(StandardCharsets.US_ASCII);
  }

  private int payload(byte[] head) {
    int commas = Math.max(0, parts.size() - 1);
    return head.length + jsonLength() + commas + END.length;
  }

  private int messageLength(Span span) {
    int payload = payload(head(span));
    return headerLength(payload) + payload;
  }

  private int messagesLength() {
    int all = 0;
    for (Part part : parts) {
      all += headerLength(part.json().length) + part.json().length;
    }
    return all;
  }

  private int jsonLength() {
    int all = 0;
    for (Part part : parts) {
      all += part.json().length;
    }
    return all;
  }

  private static int headerLength(int payload) {
    return payload < 126 ? 2 : payload < 65_536 ? 4 : 10;
  }

  private static void header(ByteBuffer out, int payload) {
    out.put((byte) TEXT);
    if (payload < 126) {
      out.put((byte) payload);
    } else if (payload < 65_536) {
      out.put((byte) 126).putShort((short) payload);
    } else {
      out.put((byte) 127).putLong(payload);
    }
  }
}
