package cti.server.ami;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Our decoder and asterisk-java's reader find the same messages with the same values. */
class AmiDecoderComparisonTest {
  static Stream<Path> transcripts() throws IOException {
    return AmiDecoderTest.transcripts();
  }

  @ParameterizedTest
  @MethodSource("transcripts")
  void sameMessagesInARecordedTranscript(Path file) throws Exception {
    byte[] stream = AmiDecoderTest.readAll(file);
    List<Map<String, List<String>>> expected = ReferenceReader.read(stream);
    assertTrue(expected.size() >= 2, "challenge and login at least in " + file);
    assertEquals(expected, decode(stream));
  }

  @Test
  void sameMessagesWithOddValues() throws Exception {
    byte[] stream =
        ("Asterisk Call Manager/11.0.0\r\n"
                + "Response: Success\r\nMessage: Command output follows\r\n"
                + "Output: a: b: c\r\nOutput:\r\nOutput:   wide\r\n\r\n"
                + "Event: VarSet\r\nVariable: X\r\nValue:\r\nTight:value\r\nno colon\r\n"
                + "CallerIDName: 梅州厂 员工0003\r\nChanVariable: A=1\r\nChanVariable: B=\r\n\r\n"
                + "\r\n\r\n"
                + "Event: OriginateResponse\r\nResponse: Failure\r\nActionID: x-1\r\n\r\n")
            .getBytes(StandardCharsets.UTF_8);
    List<Map<String, List<String>>> expected = ReferenceReader.read(stream);
    assertEquals(3, expected.size());
    assertEquals(expected, decode(stream));
  }

  private static List<Map<String, List<String>>> decode(byte[] stream) {
    EmbeddedChannel channel =
        new EmbeddedChannel(new AmiDecoder(AmiBounds.DEFAULT, () -> 0, new AmiCounters()));
    channel.writeInbound(Unpooled.wrappedBuffer(stream));
    assertInstanceOf(AmiBanner.class, channel.readInbound());
    List<Map<String, List<String>>> messages = new ArrayList<>();
    for (AmiMessage read = channel.readInbound(); read != null; read = channel.readInbound()) {
      Map<String, List<String>> attributes = new LinkedHashMap<>();
      for (AmiHeader header : read.headers()) {
        attributes
            .computeIfAbsent(header.name().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
            .add(header.value().strip());
      }
      messages.add(attributes);
    }
    return messages;
  }
}
