package cti.server.web.stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import cti.server.web.http.Json;
import cti.server.web.stream.Parcel.Part;
import cti.server.web.stream.Parcel.Span;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes of parcels, as a WebSocket decoder reads them. */
class ParcelTest {
  private static List<String> read(Parcel parcel) {
    EmbeddedChannel client =
        new EmbeddedChannel(
            new WebSocket13FrameDecoder(
                WebSocketDecoderConfig.newBuilder()
                    .expectMaskedFrames(false)
                    .maxFramePayloadLength(1 << 20)
                    .build()));
    assertEquals(parcel.length(), parcel.bytes().readableBytes());
    client.writeInbound(parcel.bytes());
    List<String> texts = new ArrayList<>();
    for (Object frame = client.readInbound(); frame != null; frame = client.readInbound()) {
      TextWebSocketFrame text = (TextWebSocketFrame) frame;
      texts.add(text.text());
      text.release();
    }
    client.finishAndReleaseAll();
    return texts;
  }

  private static Part part(String key, String json) {
    return new Part(key, json.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 125, 126, 4_090, 65_535, 65_536, 100_000})
  void everyLengthHasItsHeader(int length) {
    String text = "x".repeat(length);
    assertEquals(
        List.of(text, "{}", text),
        read(Parcel.messages(List.of(part("", text), part("", "{}"), part("", text)), 0)));
  }

  @Test
  void changesAreWrittenAsTheFrameIs() {
    List<ServerFrame> frames =
        List.of(
            new ServerFrame.Pong(Instant.EPOCH),
            new ServerFrame.Fault(4400, "bad frame", "员工0001"),
            new ServerFrame.Pong(Instant.EPOCH.plusSeconds(1)));
    List<Part> parts = frames.stream().map(frame -> new Part("", Json.bytes(frame))).toList();
    byte[] expected = Json.bytes(new ServerFrame.Changes(7, 12, frames));
    String text = read(Parcel.changes(new Span(7, 12), parts)).getFirst();
    assertEquals(new String(expected, StandardCharsets.UTF_8), text);
    assertEquals(
        "{\"type\":\"changes\",\"after\":7,\"seq\":12,\"frames\":[]}",
        read(Parcel.changes(new Span(7, 12), List.of())).getFirst());
  }

  @Test
  void bytesAreTheSameForEverybody() {
    Parcel parcel = Parcel.messages(List.of(part("", "y".repeat(9_000))), 0);
    byte[] first = ByteBufUtil.getBytes(parcel.bytes());
    assertArrayEquals(first, ByteBufUtil.getBytes(parcel.bytes()));
  }

  @Test
  void whatNewerOnesMakeSuperfluousIsLeftOut() {
    Parcel parcel =
        Parcel.changes(
            new Span(0, 4), List.of(part("a", "1"), part("", "2"), part("b", "3"), part("a", "4")));
    Set<String> newer = new HashSet<>(Set.of("b"));
    assertEquals(
        List.of("{\"type\":\"changes\",\"after\":0,\"seq\":4,\"frames\":[2,4]}"),
        read(parcel.without(newer)));
    assertEquals(Set.of("a", "b"), newer);
    Parcel alone = Parcel.message("5".getBytes(StandardCharsets.UTF_8));
    assertSame(alone, alone.without(newer));
  }
}
