package cti.server.recording;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** WAV files as the gateway writes them: PCM, 16 bit, 8 kHz, one channel. */
public final class WavSamples {
  private WavSamples() {}

  /** A closed file of so many milliseconds, each byte of sound another. */
  public static byte[] closed(int millis) {
    return file(millis * 16, millis * 16);
  }

  /** As the gateway leaves it when it dies: the head says nothing of the length. */
  static byte[] open(int millis) {
    return file(millis * 16, 0);
  }

  private static byte[] file(int bytes, int said) {
    ByteBuffer file = ByteBuffer.allocate(44 + bytes).order(ByteOrder.LITTLE_ENDIAN);
    file.put(ascii("RIFF")).putInt(said == 0 ? 0 : said + 36).put(ascii("WAVE"));
    file.put(ascii("fmt ")).putInt(16).putShort((short) 1).putShort((short) 1);
    file.putInt(8_000).putInt(16_000).putShort((short) 2).putShort((short) 16);
    file.put(ascii("data")).putInt(said);
    for (int i = 0; i < bytes; i++) {
      file.put((byte) (i * 31 + (i >> 8)));
    }
    return file.array();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
