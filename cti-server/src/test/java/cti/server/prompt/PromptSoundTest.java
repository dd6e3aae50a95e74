package cti.server.prompt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PromptSoundTest {
  private static PromptSound tone(int milliseconds, int loudness) {
    short[] samples = new short[milliseconds * 8];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) (loudness * Math.sin(i / 3.0));
    }
    return new PromptSound(samples);
  }

  private static PromptSound joined(PromptSound... parts) {
    int length = Arrays.stream(parts).mapToInt(part -> part.samples().length).sum();
    short[] all = new short[length];
    int at = 0;
    for (PromptSound part : parts) {
      System.arraycopy(part.samples(), 0, all, at, part.samples().length);
      at += part.samples().length;
    }
    return new PromptSound(all);
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    PromptSound sound = tone(700, 5_000);
    PromptSound read = PromptSound.ofWav(sound.wav()).orElseThrow();
    assertArrayEquals(sound.samples(), read.samples());
    assertEquals(Duration.ofMillis(700), read.length());
  }

  @Test
  void otherRatesChannelsAndFilesAreNotTheGateways() {
    byte[] wav = tone(700, 5_000).wav();
    for (int at : new int[] {0, 8, 20, 22, 24, 34}) {
      byte[] other = wav.clone();
      other[at] ^= 2;
      assertEquals(Optional.empty(), PromptSound.ofWav(other), "byte " + at);
    }
    assertEquals(Optional.empty(), PromptSound.ofWav(new byte[10]));
    for (int length = 0; length < 60; length++) {
      PromptSound.ofWav(Arrays.copyOf(wav, length));
    }
  }

  @Test
  void aHeadWhoseLengthWasNotWrittenHasAllThatFollows() {
    byte[] wav = tone(700, 5_000).wav();
    Arrays.fill(wav, 40, 44, (byte) 0);
    assertEquals(Duration.ofMillis(700), PromptSound.ofWav(wav).orElseThrow().length());
    Arrays.fill(wav, 40, 44, (byte) -1);
    assertEquals(Duration.ofMillis(700), PromptSound.ofWav(wav).orElseThrow().length());
  }

  @Test
  void quietAndLoudBecomeAlikeAndNoiseStaysLow() {
    for (int loudness : new int[] {2_000, 32_000}) {
      int peak = peak(tone(700, loudness).levelled());
      assertTrue(peak > 22_000 && peak < 24_000, loudness + " became " + peak);
    }
    assertTrue(peak(tone(700, 100).levelled()) < 2_000);
    assertTrue(tone(700, 100).silent());
    assertTrue(!tone(700, 2_000).silent());
  }

  private static int peak(PromptSound sound) {
    int peak = 0;
    for (short sample : sound.samples()) {
      peak = Math.max(peak, Math.abs(sample));
    }
    return peak;
  }

  @Test
  void silenceAroundTheWordsGoes() {
    PromptSound said = joined(tone(1_500, 20), tone(600, 9_000), tone(3_000, 20));
    assertEquals(1_000, said.trimmed().length().toMillis(), 45);
    PromptSound tight = tone(600, 9_000);
    assertEquals(600, tight.trimmed().length().toMillis());
    PromptSound nothing = tone(600, 10);
    assertEquals(600, nothing.trimmed().length().toMillis());
  }
}
