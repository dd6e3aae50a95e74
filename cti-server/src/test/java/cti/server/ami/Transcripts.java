package cti.server.ami;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The recorded transcripts of the real gateway, as the link reads them. */
final class Transcripts {
  private Transcripts() {}

  /**
   * The messages of a transcript.
   *
   * @param name of its file, without the ending
   * @param bytesAtATime how many bytes a read of the socket gives
   */
  static List<AmiMessage> messages(String name, int bytesAtATime) throws IOException {
    byte[] bytes;
    try (InputStream in = Transcripts.class.getResourceAsStream("/ami/" + name + ".txt")) {
      bytes = in.readAllBytes();
    }
    EmbeddedChannel channel =
        new EmbeddedChannel(new AmiDecoder(AmiBounds.DEFAULT, () -> 1L, new AmiCounters()));
    for (int at = 0; at < bytes.length; at += Math.min(bytesAtATime, bytes.length)) {
      int length = Math.min(bytesAtATime, bytes.length - at);
      channel.writeInbound(Unpooled.copiedBuffer(bytes, at, length));
    }
    List<Object> out = new ArrayList<>();
    for (Object next = channel.readInbound(); next != null; next = channel.readInbound()) {
      out.add(next);
    }
    channel.finishAndReleaseAll();
    return out.stream()
        .filter(AmiMessage.class::isInstance)
        .map(AmiMessage.class::cast)
        .collect(Collectors.toList());
  }
}
