package cti.server.ami;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the real gateway told in an end-to-end scenario, and what became of its calls on record; see
 * the README beside them.
 */
record Transcript(String name, Path folder) {
  private static final Path RECORDED = Path.of("src/test/resources/ami/scenarios");

  /** Every scenario that was recorded. */
  static List<Transcript> all() throws IOException {
    try (Stream<Path> files = Files.list(RECORDED)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(".txt"))
          .map(file -> new Transcript(file.substring(0, file.length() - 4), RECORDED))
          .sorted((one, other) -> one.name().compareTo(other.name()))
          .toList();
    }
  }

  /** The messages, when so many bytes come with each read. */
  List<AmiMessage> messages(int bytesAtATime) throws IOException {
    byte[] bytes = Files.readAllBytes(folder.resolve(name + ".txt"));
    EmbeddedChannel channel =
        new EmbeddedChannel(new AmiDecoder(AmiBounds.DEFAULT, () -> 1L, new AmiCounters()));
    for (int at = 0; at < bytes.length; at += Math.min(bytesAtATime, bytes.length)) {
      int length = Math.min(bytesAtATime, bytes.length - at);
      channel.writeInbound(Unpooled.copiedBuffer(bytes, at, length));
    }
    List<AmiMessage> messages = new ArrayList<>();
    for (Object next = channel.readInbound(); next != null; next = channel.readInbound()) {
      if (next instanceof AmiMessage message) {
        messages.add(message);
      }
    }
    channel.finishAndReleaseAll();
    return messages;
  }

  /** The calls on record, a block of lines each. */
  List<String> record() throws IOException {
    List<String> calls = new ArrayList<>();
    StringBuilder call = new StringBuilder();
    for (String line : Files.readAllLines(folder.resolve(name + ".record"))) {
      if (line.startsWith("call ") && !call.isEmpty()) {
        calls.add(call.toString());
        call.setLength(0);
      }
      call.append(line).append('\n');
    }
    if (!call.isEmpty()) {
      calls.add(call.toString());
    }
    return calls;
  }

  @Override
  public String toString() {
    return name;
  }
}
