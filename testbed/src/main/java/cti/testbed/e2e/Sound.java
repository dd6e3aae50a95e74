package cti.testbed.e2e;

import cti.testbed.client.Unexpected;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Locale;

/** The sound of a recording as the gateway writes it: WAV, 8 kHz, 16 bit, one channel. */
final class Sound {
  private static final int RATE = 8_000;
  private static final int HEAD = 44;

  /** Between a tone and silence: either is far from it. */
  private static final double LOUD = 500;

  private final short[] samples;

  private Sound(short[] samples) {
    this.samples = samples;
  }

  static Sound of(byte[] file) {
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    boolean wave =
        file.length > HEAD
            && bytes.getInt(0) == 0x46464952
            && bytes.getInt(24) == RATE
            && bytes.getShort(34) == 16
            && bytes.getShort(22) == 1;
    if (!wave) {
      throw Unexpected.instead("a WAV file of 8 kHz and 16 bit", file.length + " bytes of another");
    }
    short[] samples = new short[(file.length - HEAD) / 2];
    bytes.position(HEAD);
    bytes.asShortBuffer().get(samples);
    return new Sound(samples);
  }

  /** How long a file with so much sound is; the gateway writes it by blocks of 32 KiB. */
  static long bytesOf(Duration time) {
    return HEAD + time.toMillis() * RATE / 1_000 * 2;
  }

  /** The largest sample of 16 bit PCM behind the head of a WAV file. */
  static int loudest(byte[] wav) {
    int loudest = 0;
    for (int i = HEAD; i + 1 < wav.length; i += 2) {
      loudest = Math.max(loudest, Math.abs((short) ((wav[i] & 0xff) | wav[i + 1] << 8)));
    }
    return loudest;
  }

  Duration length() {
    return Duration.ofMillis(samples.length * 1_000L / RATE);
  }

  /** Every tenth of a second between the two is loud. */
  void expectTone(Duration from, Duration to, int hertz) {
    for (int at = index(from); at + RATE / 10 <= index(to); at += RATE / 10) {
      if (loudness(at) < LOUD) {
        throw Unexpected.instead(
            "a tone from %s to %s".formatted(from, to), "silence at " + seconds(at));
      }
    }
    int heard = frequency(index(from), index(to));
    Expect.that("a tone of " + hertz + " Hz", Math.abs(heard - hertz) <= 10, heard + " Hz");
  }

  /** Every tenth of a second between the two is silent. */
  void expectSilence(Duration from, Duration to) {
    for (int at = index(from); at + RATE / 10 <= index(to); at += RATE / 10) {
      if (loudness(at) >= LOUD) {
        throw Unexpected.instead(
            "silence from %s to %s".formatted(from, to), "sound at " + seconds(at));
      }
    }
  }

  private int index(Duration time) {
    return Math.clamp(time.toMillis() * RATE / 1_000, 0, samples.length);
  }

  private static String seconds(int at) {
    return String.format(Locale.ROOT, "%.1f s", (double) at / RATE);
  }

  private double loudness(int from) {
    double sum = 0;
    for (int i = from; i < from + RATE / 10; i++) {
      sum += (double) samples[i] * samples[i];
    }
    return Math.sqrt(sum / (RATE / 10.0));
  }

  /** By its passages through zero upwards. */
  private int frequency(int from, int to) {
    int passages = 0;
    for (int i = from + 1; i < to; i++) {
      if (samples[i - 1] < 0 && samples[i] >= 0) {
        passages++;
      }
    }
    return Math.round((float) passages * RATE / Math.max(1, to - from));
  }
}
