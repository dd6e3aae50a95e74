package cti.testbed.e2e;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A tone as a WAV file, for a browser to hear in place of a microphone. */
final class ToneFile {
  private static final int RATE = 48_000;
  private static final int SECONDS = 10;
  private static final double LOUDNESS = 0.4;

  private ToneFile() {}

  /**
   * Writes it; whole periods, so that it goes on without a click when it is played again.
   *
   * @param hertz a whole number of periods a second
   */
  static Path write(Path file, int hertz) throws IOException {
    int samples = RATE * SECONDS;
    ByteBuffer bytes = ByteBuffer.allocate(44 + samples * 2).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + samples * 2);
    bytes.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    bytes.putShort((short) 1).putShort((short) 1).putInt(RATE).putInt(RATE * 2);
    bytes.putShort((short) 2).putShort((short) 16);
    bytes.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(samples * 2);
    for (int i = 0; i < samples; i++) {
      double value = LOUDNESS * Math.sin(2 * Math.PI * hertz * i / RATE);
      bytes.putShort((short) Math.round(value * Short.MAX_VALUE));
    }
    return Files.write(file, bytes.array());
  }
}
