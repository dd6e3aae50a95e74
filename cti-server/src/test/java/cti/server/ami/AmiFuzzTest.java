package cti.server.ami;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.engine.Engine;
import cti.core.engine.EngineInput;
import cti.core.engine.EngineSettings;
import cti.core.engine.GatewayInput;
import cti.core.engine.MemberAddressing;
import cti.core.id.GatewayId;
import cti.server.fuzz.Fuzz;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Recorded transcripts with damage, cut at random: whatever a gateway says, the decoder hands on
 * messages or one protocol fault, every message can be read, nothing in it upsets the engine, and a
 * snapshot brings the engine back.
 */
class AmiFuzzTest {
  private static final GatewayId GATEWAY = new GatewayId("gw1");
  private static final Instant NOW = Instant.parse("2026-11-21T20:00:00Z");
  private final Fuzz fuzz =
      new Fuzz(
          4_000,
          "\r\n\r\n",
          "\n",
          ":",
          "Event: ",
          "Event: Hangup\r\n",
          "Event: UserEvent\r\nUserEvent: CtiAgentResult\r\nExtension: ",
          "Event: QueueMember\r\n",
          "Response: ",
          "Uniqueid: ",
          "DestUniqueid:\r\n",
          "Queue:  \r\n",
          "Linkedid: " + "9".repeat(200) + "\r\n",
          "Timestamp: 99999999999999999999.9",
          "Timestamp: -1",
          "Duration: 99:99:99",
          "Cause: 2147483648",
          "\0",
          "\uFFFD员工0001",
          " ",
          "",
          "-1",
          "9".repeat(30),
          "x".repeat(5_000));

  @Test
  void whateverAGatewaySaysIsSurvived() throws IOException {
    List<byte[]> transcripts = transcripts();
    fuzz.run(
        random -> {
          byte[] said = transcripts.get(random.nextInt(transcripts.size()));
          byte[] heard = fuzz.damaged(part(said, random), random);
          Read read = read(heard, random);
          assertTrue(read.faults().size() <= 1, () -> "faults " + read.faults());
          read.faults().forEach(fault -> assertInstanceOf(AmiProtocolException.class, fault));
          judge(read.messages());
        });
  }

  /** Some messages from anywhere in it: the damage is to be dense. */
  private static byte[] part(byte[] transcript, Random random) {
    int most = 6_000;
    if (transcript.length <= most) {
      return transcript;
    }
    byte[] head = "Asterisk Call Manager/11.0.0\r\n".getBytes(StandardCharsets.UTF_8);
    int from = random.nextInt(transcript.length - most);
    byte[] out = new byte[head.length + most];
    System.arraycopy(head, 0, out, 0, head.length);
    System.arraycopy(transcript, from, out, head.length, most);
    return out;
  }

  private record Read(List<AmiMessage> messages, List<Throwable> faults) {}

  private static Read read(byte[] bytes, Random random) {
    List<Throwable> faults = new ArrayList<>();
    EmbeddedChannel channel =
        new EmbeddedChannel(
            new AmiDecoder(new AmiBounds(4_096, 65_536, 1_000, 1_000), () -> 1L, new AmiCounters()),
            new ChannelInboundHandlerAdapter() {
              @Override
              public void exceptionCaught(ChannelHandlerContext context, Throwable fault) {
                faults.add(fault);
              }
            });
    int most = 1 + random.nextInt(4_096);
    for (int at = 0; at < bytes.length; ) {
      int length = Math.min(1 + random.nextInt(most), bytes.length - at);
      channel.writeInbound(Unpooled.copiedBuffer(bytes, at, length));
      at += length;
    }
    List<AmiMessage> messages = new ArrayList<>();
    for (Object next = channel.readInbound(); next != null; next = channel.readInbound()) {
      if (next instanceof AmiMessage message) {
        messages.add(message);
      }
    }
    channel.finishAndReleaseAll();
    return new Read(messages, faults);
  }

  private static void judge(List<AmiMessage> messages) {
    AmiTranslator translator = new AmiTranslator(GATEWAY);
    Engine engine =
        new Engine(
            new EngineSettings(GATEWAY, Set.of("cti-hotline"), MemberAddressing.SHIPPED),
            number -> List.of());
    tell(engine, nothing());
    for (AmiMessage message : messages) {
      message.headers().forEach(header -> message.getAll(header.name()));
      assertTrue(message.toString().startsWith("["));
      translator.input(message, NOW).ifPresent(input -> tell(engine, input));
    }
    tell(engine, new AmiSnapshot(GATEWAY).of("22", messages, messages, NOW));
    tell(engine, nothing());
    assertEquals(List.of(), List.copyOf(engine.state().calls()), "calls without a channel");
  }

  private static GatewayInput.Snapshot nothing() {
    return new GatewayInput.Snapshot(GATEWAY, NOW, "22", List.of(), List.of(), List.of());
  }

  private static void tell(Engine engine, EngineInput input) {
    try {
      engine.handle(input, NOW).events().forEach(engine::apply);
    } catch (RuntimeException e) {
      throw new AssertionError("the engine could not handle " + input, e);
    }
  }

  private static List<byte[]> transcripts() throws IOException {
    List<byte[]> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/ami"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".txt")).sorted().toList()) {
        all.add(Files.readAllBytes(file));
      }
    }
    return Collections.unmodifiableList(all);
  }
}
