package cti.bench.codec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What the real gateway sent, as one stream: one greeting, then all recordings again and again. */
record Transcripts(byte[] bytes, int events) {
  private static final List<String> RECORDINGS =
      List.of(
          "abandoned-while-ringing",
          "abandoned-while-waiting",
          "answered-agent-hangs-up",
          "answered-caller-hangs-up",
          "busy-then-next-agent",
          "caller-hangs-up-in-menu",
          "join-empty",
          "key-pressed-in-menu",
          "queue-full",
          "rejected-then-next-agent",
          "ring-no-answer-four-times-then-timeout",
          "ring-no-answer-then-next-agent",
          "snapshot-one-in-talk-one-waiting",
          "timeout-in-queue",
          "two-callers-two-agents",
          "unavailable-then-next-agent");

  /** All recordings, {@code times} over. */
  static Transcripts read(int times) throws IOException {
    ByteArrayOutputStream once = new ByteArrayOutputStream();
    int events = 0;
    for (String name : RECORDINGS) {
      String text = text(name);
      String body = text.substring(text.indexOf("\r\n") + 2);
      once.write(body.getBytes(StandardCharsets.UTF_8));
      events += body.split("(?m)^Event: ", -1).length - 1;
    }
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    stream.write("Asterisk Call Manager/11.0.0\r\n".getBytes(StandardCharsets.UTF_8));
    for (int i = 0; i < times; i++) {
      once.writeTo(stream);
    }
    return new Transcripts(stream.toByteArray(), events * times);
  }

  private static String text(String name) throws IOException {
    try (InputStream in =
        Transcripts.class.getClassLoader().getResourceAsStream("ami/" + name + ".txt")) {
      if (in == null) {
        throw new IOException("no recording ami/" + name + ".txt on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
