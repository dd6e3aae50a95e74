package cti.server.recording;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * What the head of a WAV file (RIFF, PCM) says.
 *
 * @param dataBytes of sound as the head has it; 0 until the writer has closed the file
 * @param bytesPerSecond of sound
 * @param dataBegins where the sound begins in the file
 */
record WavFile(long dataBytes, int bytesPerSecond, long dataBegins) {
  private static final int CHUNKS_AT_MOST = 64;

  /** Reads the head; empty where it is none of PCM. */
  static Optional<WavFile> read(InputStream file) throws IOException {
    DataInputStream in = new DataInputStream(file);
    try {
      if (!id(in).equals("RIFF")) {
        return Optional.empty();
      }
      littleEndian(in);
      if (!id(in).equals("WAVE")) {
        return Optional.empty();
      }
      long at = 12;
      int bytesPerSecond = 0;
      for (int chunk = 0; chunk < CHUNKS_AT_MOST; chunk++) {
        String id = id(in);
        long length = littleEndian(in);
        at += 8;
        if (id.equals("data")) {
          return bytesPerSecond > 0
              ? Optional.of(new WavFile(length, bytesPerSecond, at))
              : Optional.empty();
        }
        long rest = length;
        if (id.equals("fmt ") && length >= 16) {
          int format = in.readUnsignedByte() | in.readUnsignedByte() << 8;
          in.skipNBytes(6);
          bytesPerSecond = (int) littleEndian(in);
          rest -= 12;
          if (format != 1) {
            return Optional.empty();
          }
        }
        in.skipNBytes(rest + (length & 1));
        at += length + (length & 1);
      }
      return Optional.empty();
    } catch (EOFException e) {
      return Optional.empty();
    }
  }

  /** How long the sound is, in a file of that many bytes. */
  Duration length(long fileBytes) {
    long there = Math.max(0, fileBytes - dataBegins);
    long bytes = dataBytes == 0 ? there : Math.min(dataBytes, there);
    return Duration.ofMillis(bytes * 1_000 / bytesPerSecond);
  }

  /** Whether the writer has written how much there is. */
  boolean closed(long fileBytes) {
    return dataBytes > 0 || fileBytes <= dataBegins;
  }

  private static String id(DataInputStream in) throws IOException {
    byte[] four = new byte[4];
    in.readFully(four);
    return new String(four, StandardCharsets.ISO_8859_1);
  }

  private static long littleEndian(DataInputStream in) throws IOException {
    return Integer.toUnsignedLong(Integer.reverseBytes(in.readInt()));
  }
}
