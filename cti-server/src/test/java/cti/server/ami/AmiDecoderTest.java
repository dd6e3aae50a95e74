package cti.server.ami;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmiDecoderTest {
  private static final String BANNER = "Asterisk Call Manager/11.0.0\r\n";
  private static final String STREAM =
      BANNER
          + "Response: Success\r\n"
          + "ActionID: n1-1\r\n"
          + "Message: Authentication accepted\r\n\r\n"
          + "Event: FullyBooted\r\n"
          + "Privilege: system,all\r\n"
          + "Status: Fully Booted\r\n\r\n"
          + "Event: Newchannel\n"
          + "Channel: DAHDI/1-1\n"
          + "CallerIDName: 广州厂 员工0002\n"
          + "Exten:\n\n"
          + "\r\n"
          + "Response: Success\r\n"
          + "Message: Command output follows\r\n"
          + "Output: a: b\r\n"
          + "Output: \r\n\r\n"
          + "Event: Hangup\r\n"
          + "Channel:Local/8001@agents-00000001;2\r\n"
          + "no colon here\r\n\r\n";

  private final AmiCounters counters = new AmiCounters();

  private EmbeddedChannel decoder(AmiBounds bounds) {
    return new EmbeddedChannel(new AmiDecoder(bounds, () -> 42L, counters));
  }

  private static AmiBounds bounds(int line, int message) {
    return new AmiBounds(line, message, 10, 10);
  }

  private static ByteBuf bytes(String text) {
    return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
  }

  private static List<String> received(EmbeddedChannel channel) {
    List<String> all = new ArrayList<>();
    for (Object read = channel.readInbound(); read != null; read = channel.readInbound()) {
      all.add(read.toString());
    }
    return all;
  }

  private List<String> decode(byte[] stream, int... cuts) {
    EmbeddedChannel channel = decoder(AmiBounds.DEFAULT);
    int from = 0;
    for (int cut : cuts) {
      channel.writeInbound(Unpooled.copiedBuffer(stream, from, cut - from));
      from = cut;
    }
    channel.writeInbound(Unpooled.copiedBuffer(stream, from, stream.length - from));
    List<String> all = received(channel);
    channel.finishAndReleaseAll();
    return all;
  }

  private static final List<String> EXPECTED =
      List.of(
          "AmiBanner[version=11.0.0]",
          "[Response: Success | ActionID: n1-1 | Message: Authentication accepted]",
          "[Event: FullyBooted | Privilege: system,all | Status: Fully Booted]",
          "[Event: Newchannel | Channel: DAHDI/1-1 | CallerIDName: 广州厂 员工0002 | Exten: ]",
          "[Response: Success | Message: Command output follows | Output: a: b | Output: ]",
          "[Event: Hangup | Channel: Local/8001@agents-00000001;2]");

  @Test
  void severalInOneReadKeepTheirOrder() {
    assertEquals(EXPECTED, decode(STREAM.getBytes(StandardCharsets.UTF_8)));
    assertEquals(3, counters.events());
    assertEquals(2, counters.responses());
    assertEquals(STREAM.getBytes(StandardCharsets.UTF_8).length, counters.bytesRead());
  }

  @Test
  void cutAtEveryByte() {
    byte[] stream = STREAM.getBytes(StandardCharsets.UTF_8);
    for (int cut = 1; cut < stream.length; cut++) {
      assertEquals(EXPECTED, decode(stream, cut), "cut at " + cut);
    }
  }

  @Test
  void cutAtEveryPairOfBytesOfAShortStream() {
    String text = BANNER + "Event: A\r\nX: 1\r\n\r\nEvent: B\r\n\r\n";
    byte[] stream = text.getBytes(StandardCharsets.UTF_8);
    List<String> expected = List.of("AmiBanner[version=11.0.0]", "[Event: A | X: 1]", "[Event: B]");
    for (int first = 1; first < stream.length; first++) {
      for (int second = first; second < stream.length; second++) {
        assertEquals(expected, decode(stream, first, second), first + ", " + second);
      }
    }
  }

  @Test
  void oneByteAtATime() {
    byte[] stream = STREAM.getBytes(StandardCharsets.UTF_8);
    assertEquals(EXPECTED, decode(stream, IntStream.range(1, stream.length).toArray()));
  }

  @Test
  void anyBytesAnyCutsSeeded() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      StringBuilder text = new StringBuilder(BANNER);
      List<String> expected = new ArrayList<>(List.of("AmiBanner[version=11.0.0]"));
      for (int message = 0; message < 1 + random.nextInt(20); message++) {
        StringBuilder shown = new StringBuilder("[Event: E").append(message);
        String end = random.nextBoolean() ? "\r\n" : "\n";
        text.append("Event: E").append(message).append(end);
        for (int header = 0; header < random.nextInt(30); header++) {
          String value = randomValue(random);
          text.append("H").append(header).append(": ").append(value).append(end);
          shown.append(" | H").append(header).append(": ").append(value);
        }
        text.append(end);
        expected.add(shown.append(']').toString());
      }
      byte[] stream = text.toString().getBytes(StandardCharsets.UTF_8);
      int[] cuts = random.ints(random.nextInt(40), 0, stream.length + 1).sorted().toArray();
      assertEquals(expected, decode(stream, cuts), "seed " + seed);
    }
  }

  private static String randomValue(Random random) {
    // Around LF in value and in its high-bit neighbours, which a careless word search mistakes.
    String alphabet = "\t\u000B\u0009\u008A:; =员工厂aZ09\u0000\u0001\u007F\u00FF";
    StringBuilder value = new StringBuilder("v");
    for (int i = 0; i < random.nextInt(200); i++) {
      value.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return value.append('.').toString();
  }

  @Test
  void aMessageLargerThanTheBufferGrowsIt() {
    StringBuilder text = new StringBuilder(BANNER).append("Response: Success\r\n");
    for (int line = 0; line < 30_000; line++) {
      text.append("Output: line ").append(line).append("\r\n");
    }
    text.append("\r\nEvent: Next\r\n\r\n");
    EmbeddedChannel channel = decoder(AmiBounds.DEFAULT);
    byte[] stream = text.toString().getBytes(StandardCharsets.UTF_8);
    for (int from = 0; from < stream.length; from += 1_000) {
      int length = Math.min(1_000, stream.length - from);
      channel.writeInbound(Unpooled.copiedBuffer(stream, from, length));
    }
    assertInstanceOf(AmiBanner.class, channel.readInbound());
    AmiMessage output = channel.readInbound();
    assertEquals(30_000, output.getAll("Output").size());
    assertEquals("line 29999", output.getAll("Output").getLast());
    AmiMessage next = channel.readInbound();
    assertEquals("Next", next.eventName());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 400 Bad Request\r\n",
        "\r\n",
        "SSH-2.0-x\n",
        "Asterisk Call Manager/\r\n",
        "\u0015\u0003\u0001\u0000\u0002\u0002\n"
      })
  void anotherFirstLineIsRefused(String first) {
    EmbeddedChannel channel = decoder(AmiBounds.DEFAULT);
    AmiProtocolException refused =
        assertThrows(AmiProtocolException.class, () -> channel.writeInbound(bytes(first)));
    assertTrue(
        refused.getMessage().contains("expected 'Asterisk Call Manager/"), refused::getMessage);
    assertDoesNotThrow(() -> channel.writeInbound(bytes(BANNER + "Event: X\r\n\r\n")));
    assertNull(channel.readInbound(), "nothing is read after a failure");
  }

  @Test
  void theLongestLineIsTakenAndOneByteMoreIsNot() {
    for (String end : List.of("\n", "\r\n")) {
      String longest = "Value: " + "x".repeat(128 - 7);
      EmbeddedChannel channel = decoder(bounds(128, 4096));
      channel.writeInbound(bytes(BANNER + longest + end + end));
      channel.readInbound();
      AmiMessage taken = channel.readInbound();
      assertEquals(128 - 7, taken.get("Value").length());
      AmiProtocolException refused =
          assertThrows(
              AmiProtocolException.class,
              () -> channel.writeInbound(bytes("Event: X" + end + longest + "x" + end)));
      assertEquals(
          "a line of the gateway is longer than maxLineBytes = 128; its header is 'Value'",
          refused.getMessage());
    }
  }

  @Test
  void aLineThatNeverEndsIsRefusedBeforeItsEnd() {
    EmbeddedChannel channel = decoder(bounds(128, 4096));
    channel.writeInbound(bytes(BANNER));
    assertThrows(
        AmiProtocolException.class,
        () -> {
          for (int i = 0; i < 130; i++) {
            channel.writeInbound(bytes("x"));
          }
        });
  }

  @Test
  void aMessageThatIsTooLongIsRefusedWithTheBound() {
    EmbeddedChannel channel = decoder(bounds(128, 256));
    channel.writeInbound(bytes(BANNER));
    String twoHundred = ("Output: " + "y".repeat(40) + "\r\n").repeat(5);
    assertEquals(250, twoHundred.length());
    channel.writeInbound(bytes(twoHundred + "\r\n"));
    AmiProtocolException refused =
        assertThrows(
            AmiProtocolException.class,
            () -> channel.writeInbound(bytes(twoHundred + "A: 12345\r\n")));
    assertTrue(refused.getMessage().contains("maxMessageBytes = 256"), refused::getMessage);
  }

  static Stream<Path> transcripts() throws IOException {
    Path folder = Path.of("src/test/resources/ami");
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".txt")).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("transcripts")
  void transcriptsReadTheSameWholeAndBytewise(Path file) {
    byte[] stream = readAll(file);
    List<String> whole = decode(stream);
    assertTrue(whole.size() >= 3, "banner, challenge and login at least in " + file);
    assertEquals(whole, decode(stream, IntStream.range(1, stream.length).toArray()));
  }

  static byte[] readAll(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
