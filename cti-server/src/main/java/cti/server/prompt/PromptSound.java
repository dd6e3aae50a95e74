package cti.server.prompt;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Sound as the gateway plays it: 8 kHz, 16 bit, mono, as samples without a head. Immutable by
 * agreement: nobody writes into the array.
 */
record PromptSound(short[] samples) {
  static final int RATE = 8_000;
  private static final int HEAD = 44;

  /** Of a full swing: what placeholders are made to as well (-3 dB). */
  private static final double LOUDEST = 0.708;

  /** A recording is made louder by no more: what is that low is noise. */
  private static final double MOST_GAIN = 16;

  /** Below it nobody hears anything (-46 dB). */
  private static final int SILENT = 160;

  private static final int WINDOW = RATE / 50;

  /** What is left before the first word and behind the last. */
  private static final int PAUSE = RATE / 5;

  /** A WAV file as the gateway plays it; empty where it is another kind of file. */
  static Optional<PromptSound> ofWav(byte[] file) {
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    if (file.length < HEAD || !word(in, 0).equals("RIFF") || !word(in, 8).equals("WAVE")) {
      return Optional.empty();
    }
    boolean fits = false;
    int at = 12;
    while (at + 8 <= file.length) {
      String chunk = word(in, at);
      long length = Integer.toUnsignedLong(in.getInt(at + 4));
      at += 8;
      if (chunk.equals("fmt ") && at + 16 <= file.length) {
        fits =
            in.getShort(at) == 1
                && in.getShort(at + 2) == 1
                && in.getInt(at + 4) == RATE
                && in.getShort(at + 14) == 16;
      } else if (chunk.equals("data")) {
        return fits
            ? Optional.of(ofPcm(Arrays.copyOfRange(file, at, end(at, length, file.length))))
            : Optional.empty();
      }
      if (length > file.length) {
        return Optional.empty();
      }
      at += (int) (length + (length & 1));
    }
    return Optional.empty();
  }

  /** A length of 0 was not written yet, one beyond the file never came. */
  private static int end(int at, long length, int size) {
    return length == 0 || at + length > size ? size : (int) (at + length);
  }

  /** Samples of two bytes each, the lower one first. */
  static PromptSound ofPcm(byte[] bytes) {
    short[] samples = new short[bytes.length / 2];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(samples);
    return new PromptSound(samples);
  }

  private static String word(ByteBuffer in, int at) {
    byte[] four = new byte[4];
    in.get(at, four);
    return new String(four, StandardCharsets.ISO_8859_1);
  }

  /** One behind the other. */
  static PromptSound joined(List<PromptSound> sounds) {
    short[] all = new short[sounds.stream().mapToInt(sound -> sound.samples.length).sum()];
    int at = 0;
    for (PromptSound sound : sounds) {
      System.arraycopy(sound.samples, 0, all, at, sound.samples.length);
      at += sound.samples.length;
    }
    return new PromptSound(all);
  }

  Duration length() {
    return Duration.ofMillis(samples.length * 1_000L / RATE);
  }

  boolean silent() {
    return peak(0, samples.length) < SILENT;
  }

  private int peak(int from, int to) {
    int peak = 0;
    for (int i = from; i < to; i++) {
      peak = Math.max(peak, Math.abs(samples[i]));
    }
    return peak;
  }

  /** As loud as the placeholders, so that prompts that follow one another sound alike. */
  PromptSound levelled() {
    double gain =
        Math.min(MOST_GAIN, LOUDEST * Short.MAX_VALUE / Math.max(1, peak(0, samples.length)));
    short[] level = new short[samples.length];
    for (int i = 0; i < level.length; i++) {
      level[i] = (short) Math.round(samples[i] * gain);
    }
    return new PromptSound(level);
  }

  /** Without the silence before the first word and behind the last, but for a short pause. */
  PromptSound trimmed() {
    int loud = Math.max(SILENT, peak(0, samples.length) / 32);
    int first = 0;
    while (first < samples.length && peak(first, windowEnd(first)) < loud) {
      first += WINDOW;
    }
    if (first >= samples.length) {
      return this;
    }
    int last = samples.length;
    while (last > first && peak(Math.max(first, last - WINDOW), last) < loud) {
      last -= WINDOW;
    }
    return new PromptSound(
        Arrays.copyOfRange(
            samples, Math.max(0, first - PAUSE), Math.min(samples.length, last + PAUSE)));
  }

  private int windowEnd(int from) {
    return Math.min(samples.length, from + WINDOW);
  }

  /** The whole file, head and sound. */
  byte[] wav() {
    int bytes = samples.length * 2;
    ByteBuffer out = ByteBuffer.allocate(HEAD + bytes).order(ByteOrder.LITTLE_ENDIAN);
    out.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + bytes);
    out.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    out.putShort((short) 1).putShort((short) 1).putInt(RATE).putInt(RATE * 2);
    out.putShort((short) 2).putShort((short) 16);
    out.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(bytes);
    out.asShortBuffer().put(samples);
    return out.array();
  }

  static String sha256(byte[] file) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
